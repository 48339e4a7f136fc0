"""Lighthouse on sign-in, home, the result of a match and a list: the median score of some runs."""

import argparse
import json
import logging
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.children import machine
from bench.installed import Installed, installation
from bench.pages import address, signed_in

ROOT = Path(__file__).parents[1]
VERSION = "12.8.2"
AT_LEAST = 98
CATEGORIES = ("performance", "accessibility", "best-practices")
PAGES = (
    ("account_login", "nobody"),
    ("desk:home", "manager"),
    ("desk:home", "mentee"),
    ("pairs:run_detail", "manager"),
    ("people:person_list", "manager"),
    ("desk:pair_detail", "mentee"),
)
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def run(words: list[str]) -> int:
    """Measure each page; exit status 1 where a median is too low."""
    parser = argparse.ArgumentParser(prog="./run bench lighthouse", description=__doc__)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", default="", help="routes that contain this")
    asked = parser.parse_args(words)
    logging.disable(logging.WARNING)
    command = [str(tool()), *options()]
    print(f"{machine()}; Lighthouse {VERSION}, its phone and its slow network")
    port = free_port()
    with installation(asked.people, port=port) as installed, served(installed, port):
        print(installed.counts(), "\n")
        print(f"{'route':24}{'as':10}" + "".join(f"{name:>16}" for name in CATEGORIES))
        lowest = 100.0
        for route, persona in PAGES:
            if asked.only in route:
                place = f"http://localhost:{port}{path_of(installed, route)}"
                words = [*command, place, *cookie_of(installed.personas[persona])]
                found = scores(route, words, asked.runs)
                told = "".join(f"{score:16.0f}" for score in found)
                print(f"{route:24}{persona:10}{told}", flush=True)
                lowest = min(lowest, *found)
    print(f"\nlowest median: {lowest:.0f} (at least {AT_LEAST})")
    return int(lowest < AT_LEAST)


def tool() -> Path:
    """Lighthouse, installed once by npm into the folder var."""
    folder = ROOT / "var" / f"lighthouse-{VERSION}"
    command = folder / "node_modules" / ".bin" / "lighthouse"
    if not command.exists():
        npm = shutil.which("npm") or sys.exit("Lighthouse needs Node and npm: apt install npm")
        folder.mkdir(parents=True, exist_ok=True)
        words = [npm, "install", "--no-audit", "--no-fund", "--silent", f"lighthouse@{VERSION}"]
        subprocess.run(words, cwd=folder, check=True)
    return command


def options() -> list[str]:
    return [
        f"--only-categories={','.join(CATEGORIES)}",
        "--output=json",
        "--output-path=stdout",
        "--quiet",
        f"--chrome-flags={' '.join(FLAGS)}",
    ]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def served(installed: Installed, port: int) -> Iterator[None]:
    """The web server as users start it, without a worker."""
    command = [sys.executable, "-m", "upwell", "serve", "--no-worker", "--workers", "1"]
    server = subprocess.Popen(
        [*command, "--port", str(port)], cwd=installed.folder, stdout=subprocess.DEVNULL
    )
    try:
        for _try in range(300):
            if answers(f"http://localhost:{port}/accounts/login/"):
                break
            time.sleep(0.1)
        else:
            sys.exit("the server did not start")
        yield
    finally:
        server.terminate()
        server.wait()


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except (OSError, urllib.error.URLError):
        return False


def path_of(installed: Installed, route: str) -> str:
    from tests.security.world import routes  # noqa: PLC0415 -- needs the setup

    return address(installed, route, dict(routes())[route]) or sys.exit(f"{route} is no page")


def cookie_of(person: Any) -> list[str]:
    """The option that signs somebody in."""
    from django.conf import settings  # noqa: PLC0415 -- needs the setup

    name = settings.SESSION_COOKIE_NAME
    cookies = signed_in(person).cookies
    value = f"{name}={cookies[name].value}" if name in cookies else ""
    return [f"--extra-headers={json.dumps({'Cookie': value})}"] if value else []


def scores(route: str, words: list[str], runs: int) -> list[float]:
    """The median of each category; what lowers one is told on standard error."""
    reports = [report(words) for _run in range(runs)]
    tell_faults(route, reports[-1])
    return [
        statistics.median(one["categories"][name]["score"] * 100 for one in reports)
        for name in CATEGORIES
    ]


def report(words: list[str]) -> dict[str, Any]:
    chromium = shutil.which("chromium") or sys.exit(
        "Lighthouse needs Chromium: apt install chromium"
    )
    environment = os.environ | {"CHROME_PATH": chromium}
    child = subprocess.run(words, env=environment, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(child.stdout)
    return found


def tell_faults(route: str, found: dict[str, Any]) -> None:
    for name in CATEGORIES:
        for part in found["categories"][name]["auditRefs"]:
            audit = found["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                sys.stderr.write(f"  {route}: {audit['title']} {audit.get('displayValue', '')}\n")
