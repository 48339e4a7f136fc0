"""Proof S2: what is sealed reaches nobody but those who are entitled to it.

Every sealed field of every row holds a token of its own. All pages, files and searches are opened
by everybody, and looked through with the mail, the log lines, the audit log, the cache and all
tables of both databases.
"""

import io
import re
import sys
import zipfile
from contextlib import contextmanager
from itertools import chain
from uuid import uuid4

import pytest
from django.db import connections
from django.http import HttpResponse
from django.urls import clear_url_caches, path, reverse

import upwell.urls
from tests.security.test_s6_mass_assignment import signed_in
from tests.security.walking import address, ask
from tests.security.world import routes
from upwell.audit.models import AuditEntry
from upwell.core.access import READ, SIGNED_IN, Entry, table
from upwell.delivery.models import OutboxMessage
from upwell.pairs.models import MatchRun
from upwell.vault.fields import sealed_fields
from upwell.vault.services import seal, unseal

pytestmark = pytest.mark.django_db

ENTITLED = {
    "pairs.block_list.colleagues": {"mentor"},
    "pairs.run.private_part": set(),
    "pairs.run.unchecked_reason": {"manager"},
}
"""Who finds the texts of a field on some page; everybody else finds them nowhere."""


def test_sealed_texts_reach_those_who_are_entitled_and_nobody_else(world, caplog, capsys):
    tokens = plant()

    hits, requests = crawl(world, tokens)
    hits |= {("log", label) for label in labels_in(caplog.text, tokens)}
    hits |= {("database", label) for label in labels_in(stored(), tokens)}

    allowed = {(name, label) for label, names in ENTITLED.items() for name in names}
    with capsys.disabled():
        sys.stdout.write(
            f"\nS2: {len(tokens)} tokens in {len({*tokens.values()})} sealed fields,"
            f" {requests} answers, {OutboxMessage.objects.count()} messages,"
            f" {AuditEntry.objects.count()} audit entries, {len(caplog.records)} log lines, all"
            f" tables: {len(hits - allowed)} hits for others,"
            f" {len(hits & allowed)} of {len(allowed)} for the entitled\n"
        )
    assert {*tokens.values()} == {field.label for field in ours()} == ENTITLED.keys()
    assert hits - allowed == set()
    assert allowed - hits == set()
    assert requests > 500


def test_the_proof_finds_a_page_that_tells(world):
    def careless(request):
        return HttpResponse(
            unseal(MatchRun.objects.filter(unchecked_reason__isnull=False)[0], NAME)
        )

    tokens = plant()
    with added_route(careless):
        hits, _requests = crawl(world, tokens)

    assert {name for name, _label in hits} > {"mentor", "mentee", "administrator"}


def test_the_proof_finds_a_message_and_a_log_line_that_tell(world, caplog):
    tokens = plant()
    token, label = next(iter(tokens.items()))
    OutboxMessage.objects.filter(pk=world.ids[OutboxMessage]).update(subject=f"Why: {token}")

    assert labels_in(stored(), tokens) == {label}
    assert labels_in(f"published since {token}", tokens) == {label}


NAME = "unchecked_reason"


def ours():
    """The sealed fields of Upwell, without those of models that only tests have."""
    return [field for field in sealed_fields() if field.model.__module__.startswith("upwell.")]


def plant():
    """A token for every sealed field of every row; returns the label of each."""
    tokens = {}
    for field in ours():
        for row in field.model.objects.all():
            token = str(uuid4())  # as good as the id of somebody who has left
            seal(row, **{field.name: token})
            row.save(update_fields=[field.name])
            tokens[token] = field.label
    return tokens


def crawl(world, tokens):
    """Who found which field on any page or in any file, and how many answers there were."""
    hits, requests = set(), 0
    for persona in world.personas:
        client = signed_in(persona)
        for url in pages(world):
            found = labels_in(text_of(ask(client, "GET", url)), tokens)
            requests += 1
            hits |= {(persona.name, label) for label in found}
        for token, label in tokens.items():
            requests += 2
            if found_by_search(client, token) != found_by_search(client, str(uuid4())):
                hits.add((persona.name, label))
    return hits, requests


def pages(world):
    found = {address(world, route, names): route == "account_logout" for route, names in routes()}
    return sorted(found, key=lambda url: found[url])


def found_by_search(client, token):
    """What searching for a token leads to, without the token itself."""
    text = text_of(ask(client, "GET", f"{reverse('desk:search')}?q={token}"))
    main = re.search(r"<main.*</main>", text, re.DOTALL)
    return main[0].replace(token, "") if main else ""


def text_of(answer):
    """Everything in an answer: headers, text, and what is packed inside a workbook."""
    content = answer.getvalue()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b" ".join(map(packed.read, packed.namelist()))
    return f"{dict(answer.headers)} {content.decode(errors='replace')}"


def stored():
    """Every value of every table of both databases, in one text."""
    return " ".join(
        chain.from_iterable(map(str, map(readable, row)) for row in chain(*map(rows, DATABASES)))
    )


DATABASES = ("default", "keys")


def rows(alias):
    with connections[alias].cursor() as cursor:
        for name in connections[alias].introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')
            yield from cursor.fetchall()


def readable(value):
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else value


def labels_in(text, tokens):
    return {
        tokens[token] for token in re.findall(r"\w{8}(?:-\w{4}){3}-\w{12}", text) if token in tokens
    }


@contextmanager
def added_route(view):
    upwell.urls.urlpatterns.append(path("careless/", view, name="careless"))
    table()["careless"] = (Entry("careless", READ, (SIGNED_IN,)),)
    clear_url_caches()
    try:
        yield
    finally:
        del table()["careless"]
        upwell.urls.urlpatterns.pop()
        clear_url_caches()
