"""Proof S1: every route of the resolver, for everybody, by every method, is as the table says.

What a persona may do is worked out from the audiences that the table names and from the audiences
that the world puts the persona in; the predicates of the table are not asked.
"""

import sys
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import clear_url_caches, path, reverse

import upwell.urls
from tests.conftest import Client
from tests.security.world import make_world, routes
from upwell.core.access import Entry, table
from upwell.pairs.models.runs import MatchRunQuerySet
from upwell.programs.models import CohortQuerySet

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.IMPORTS_DIR = tmp_path / "imports"
    settings.DATA_DIR = tmp_path
    settings.LOGO = "logo.png"
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")


@pytest.fixture
def world(run_jobs):
    return make_world(run_jobs)


def address(world, route, names):
    """Where a route leads for the rows at hand; an id that no entry declares is nobody's."""
    ids = {name: model for entry in table().get(route, ()) for name, model in entry.ids.items()}
    values = {name: world.ids[ids[name]] if name in ids else uuid4() for name in names}
    return reverse(route, kwargs=values)


def expected(persona, route, method):
    """What the table promises: "in", "wrong method", "sign in" or "not found"."""
    entries = table().get(route, ())
    mine = [entry for entry in entries if is_for(persona, entry)]
    if mine:
        return "in" if any(method in entry.methods for entry in mine) else "wrong method"
    return "sign in" if "signed_in" not in persona.audiences else "not found"


def is_for(persona, entry):
    codes = {audience.code for audience in entry.audiences}
    if "oneself" in codes and not entry.ids:  # a page about whoever opens it
        codes.add("signed_in")
    return not codes.isdisjoint(persona.audiences)


def found(response):
    """What the answer amounts to, in the words of ``expected``."""
    if response.status_code == 302 and "/accounts/login/?next=" in response.headers["Location"]:
        return "sign in"
    return {403: "not found", 404: "not found", 405: "wrong method"}.get(response.status_code, "in")


def ask(client, method, url):
    """The answer, with everything undone that the request did; also a sign-out."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = client.generic(method, url)
        response.close()
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def faults_of(world, client, persona):
    """Every answer of a persona that is not what the table promises, and how many were right."""
    if persona.person:
        client.force_login(persona.person)
    faults, right = [], 0
    for route, names in routes():
        url = address(world, route, names)
        for method in METHODS:
            answer = ask(client, method, url)
            wanted, got = expected(persona, route, method), found(answer)
            if is_as_promised(wanted, got, answer, known=is_known(route, method)):
                right += 1
            else:
                said = f"{got} ({answer.status_code}), not {wanted}"
                faults.append(f"{persona} {method} {route}: {said}")
    return faults, right


def is_known(route, method):
    return any(method in entry.methods for entry in table().get(route, ()))


def is_as_promised(wanted, got, answer, *, known):
    if answer.status_code >= 500 or (answer.status_code == 403 and answer.resolver_match.kwargs):
        return False
    # Which comes first, the row or the method, tells nobody anything.
    return got == wanted or (not known and got in {"not found", "wrong method", "sign in"})


def test_everybody_reaches_what_the_table_says_and_nothing_else(world, capsys):
    results = {str(one): faults_of(world, Client(), one) for one in world.personas}

    faults = [fault for ours, _right in results.values() for fault in ours]
    answers = sum(right for _faults, right in results.values())
    listed = {route for route, _names in routes()}
    with capsys.disabled():
        sys.stdout.write(
            f"\nS1: {len(listed)} routes x {len(world.personas)} personas x {len(METHODS)} methods:"
            f" {answers} answers as the table says, {len(faults)} not;"
            f" {len(listed - set(table()))} unlisted routes\n"
        )
    assert faults == []
    assert listed <= set(table())
    assert answers == len(list(routes())) * len(world.personas) * len(METHODS)


def test_the_proof_finds_a_route_that_nobody_listed(world, capsys):
    upwell.urls.urlpatterns.append(
        path("unlisted/", lambda request: HttpResponse(), name="unlisted")
    )
    clear_url_caches()
    try:
        listed = {route for route, _names in routes()}
        client = Client()
        client.force_login(world.personas[-1].person)

        assert listed - set(table()) == {"unlisted"}
        assert client.get("/unlisted/").status_code == 404
    finally:
        upwell.urls.urlpatterns.pop()
        clear_url_caches()


@pytest.mark.parametrize("guard", ["table", "rows"])
def test_the_proof_finds_a_guard_that_is_gone(world, monkeypatch, guard):
    """Somebody else's manager, once a guard of one kind is taken away everywhere."""
    if guard == "table":
        monkeypatch.setattr(Entry, "admits", lambda self, user: True)
    else:
        monkeypatch.setattr(CohortQuerySet, "managed_by", lambda self, user: self)
        monkeypatch.setattr(MatchRunQuerySet, "managed_by", lambda self, user: self)
    persona = next(one for one in world.personas if one.name == "enrolled manager")

    faults, _right = faults_of(world, Client(), persona)

    assert len(faults) > 3
