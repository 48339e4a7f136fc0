"""Proof S1: every route of the resolver, for everybody, by every method, is as the table says.

What a persona may do is worked out from the audiences that the table names and from the audiences
that the world puts the persona in; the predicates of the table are not asked.
"""

import sys

import pytest
from django.http import HttpResponse
from django.urls import clear_url_caches, path

import upwell.urls
from tests.conftest import Client
from tests.security.walking import METHODS, faults_of
from tests.security.world import routes
from upwell.core.access import Entry, table
from upwell.pairs.models.runs import MatchRunQuerySet
from upwell.programs.models import CohortQuerySet

pytestmark = pytest.mark.django_db


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
