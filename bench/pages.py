"""Each page with 20,000 people: bytes over the wire, queries, and its median server time."""

import argparse
import gzip
import logging
import re
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.children import machine
from bench.installed import Installed, installation

ALLOWED_MS, ALLOWED_KB = 60, 100
REASONS = {
    "pairs:pair_list": "sorts some 6,000 pairs of one cohort by name",
    "people:sign_in_addresses": "compares the addresses of everybody, before many change at once",
    "programs:cohort_detail": "counts the topics of some 15,000 participants of one cohort",
    "programs:participant_add": "counts some 20,000 people by level, office and unit to choose by",
    "desk:home": "counts who of some 6,000 pairs cannot sign in",
    "desk:system": "speaks with the mail server and looks at keys, disk and log, as doctor does",
    "programs:participant_list": "counts and sorts some 15,000 participants of one cohort",
}
"""Why a page may take longer."""
LINKED = re.compile(r'(?:href|src)="/static/([^"?#]+\.(?:css|js|woff2|svg|png))')
IN_STYLES = re.compile(r'url\("?([^")]+\.woff2)"?\)')


@dataclass(frozen=True)
class Opened:
    """A page as somebody sees it; sizes in kB of what goes over the wire, packed."""

    route: str
    persona: str
    is_page: bool
    queries: int
    page: float
    first: float
    ms: float


def run(words: list[str]) -> int:
    """Measure every page; exit status 1 if one is too large, or too slow without a reason."""
    parser = argparse.ArgumentParser(prog="./run bench pages", description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=15, help="requests of each page")
    parser.add_argument("--only", default="", help="routes that contain this")
    asked = parser.parse_args(words)
    logging.disable(logging.WARNING)  # not everybody finds every page
    print(machine())
    with installation(asked.people) as installed:
        print(installed.counts(), "\n")
        print(f"{'route':38}{'as':15}{'queries':>8}{'kB':>8}{'first kB':>10}{'ms':>9}")
        found = []
        for one in opened(installed, asked.rounds, asked.only):
            found.append(one)
            sizes = f"{one.page:8.1f}{one.first:10.1f}" if one.is_page else f"{'(a file)':>18}"
            print(f"{one.route:38}{one.persona:15}{one.queries:8}{sizes}{one.ms:9.1f}", flush=True)
    return verdict(found)


def verdict(found: list[Opened]) -> int:
    pages = [one for one in found if one.is_page]
    slow = [one for one in pages if one.ms > ALLOWED_MS]
    large = [one for one in pages if one.first > ALLOWED_KB]
    print(
        f"\n{len(pages)} pages: {len(slow)} above {ALLOWED_MS} ms,"
        f" {len(large)} above {ALLOWED_KB} kB on first load"
    )
    for one in slow:
        print(f"  {one.route} as {one.persona}: {REASONS.get(one.route, 'no reason known')}")
    return int(bool(large) or any(one.route not in REASONS for one in slow))


def opened(installed: Installed, rounds: int, only: str) -> Iterator[Opened]:
    """Every route of the resolver that somebody can open; for each persona where they differ."""
    from tests.security.world import routes  # noqa: PLC0415 -- needs the setup

    clients = {name: signed_in(person) for name, person in installed.personas.items()}
    sizes = StaticSizes(installed.folder / "static")
    for route, names in routes():
        if only not in route:
            continue
        url = address(installed, route, names)
        for persona, client in clients.items():
            answer = client.get(url) if url else None
            if answer is None or answer.status_code != 200:
                continue
            measured = measure(client, url, rounds, sizes)
            yield Opened(route, persona, **measured)
            if route not in {"desk:home", "desk:search", "people:person_detail"}:
                break


def address(installed: Installed, route: str, names: tuple[str, ...]) -> str | None:
    """Where a route leads for the rows at hand; None where a method or an id is missing."""
    from django.urls import reverse  # noqa: PLC0415 -- needs the setup

    from upwell.core.access import table  # noqa: PLC0415

    entries = table().get(route, ())
    if not any("GET" in entry.methods for entry in entries):
        return None
    models = {name: model for entry in entries for name, model in entry.ids.items()}
    if not set(names) <= models.keys():
        return None
    return reverse(route, kwargs={name: installed.ids[models[name]] for name in names})


def signed_in(person: Any) -> Any:
    """A client as a browser: it takes packed answers, and follows no redirect."""
    from django.test import Client  # noqa: PLC0415 -- needs the setup

    from upwell.people.sign_in import begin_session  # noqa: PLC0415

    client = Client(headers={"accept-encoding": "gzip", "host": "localhost"})
    if person:
        client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        begin_session(session, person, second_factor=True)
        session.save()
    return client


def measure(client: Any, url: str, rounds: int, sizes: "StaticSizes") -> dict[str, Any]:
    from django.db import connection  # noqa: PLC0415 -- needs the setup

    queries: list[str] = []

    def count(execute: Any, sql: str, *others: Any) -> Any:
        queries.append(sql)
        return execute(sql, *others)

    with connection.execute_wrapper(count):
        answer = client.get(url)
        body = b"".join(answer) if answer.streaming else answer.content
    times = []
    for _round in range(rounds):
        start = time.perf_counter()
        client.get(url)
        times.append(time.perf_counter() - start)
    html = gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body
    is_page = answer.headers["Content-Type"].startswith("text/html")
    linked = sizes.of(html.decode()) if is_page else 0
    return {
        "is_page": is_page,
        "queries": len(queries),
        "page": len(body) / 1000,
        "first": (len(body) + linked) / 1000,
        "ms": statistics.median(times) * 1000,
    }


class StaticSizes:
    """The bytes of the static files that a page makes a browser fetch, as they are served."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def of(self, html: str) -> int:
        files = {self.folder / name for name in LINKED.findall(html)}
        fonts = {
            (path.parent / name).resolve()
            for path in files
            if path.suffix == ".css"
            for name in IN_STYLES.findall(path.read_text("utf-8"))
        }
        return sum(self.served(path) for path in {path.resolve() for path in files} | fonts)

    def served(self, path: Path) -> int:
        packed = path.with_name(path.name + ".gz")
        return (packed if packed.exists() else path).stat().st_size
