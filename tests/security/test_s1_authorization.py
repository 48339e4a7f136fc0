"""Proof S1: every route of the resolver, for everybody, by every method, is as the table says.

What a persona may do is worked out from the audiences that the table names and from the audiences
that the world puts the persona in; the predicates of the table are not asked.
"""

import pytest
from django.http import HttpResponse
from django.urls import clear_url_caches, path
from django.views.decorators.csrf import csrf_exempt

import upwell.urls
from tests.conftest import Client
from tests.security.walking import METHODS, added_route, address, ask, faults_of, sign_in
from tests.security.world import routes
from upwell.core.access import Entry, table
from upwell.pairs.models.runs import MatchRunQuerySet
from upwell.people import second_factor
from upwell.programs.models import CohortQuerySet

pytestmark = pytest.mark.django_db


def test_everybody_reaches_what_the_table_says_and_nothing_else(world, tell):
    results = {str(one): faults_of(world, Client(), one) for one in world.personas}

    faults = [fault for ours, _right in results.values() for fault in ours]
    answers = sum(right for _faults, right in results.values())
    listed = {route for route, _names in routes()}
    tell(
        f"S1: {len(listed)} routes x {len(world.personas)} personas x {len(METHODS)} methods:"
        f" {answers} answers as the table says, {len(faults)} not;"
        f" {len(listed - set(table()))} unlisted routes"
    )
    assert faults == []
    assert listed <= set(table())
    assert answers == len(list(routes())) * len(world.personas) * len(METHODS)


FROM_ANYWHERE = {"people:mail_stop": "the servers of mail programs, with a signed link"}
"""What takes a form without its token, and from whom: it does one harmless thing."""


def taking_forms_from_anywhere(world):
    """Requests made without a token, and those that were not refused for that."""
    asked, faults = 0, []
    for persona in (one for one in world.personas if one.name in {"anonymous", "manager"}):
        client = Client(enforce_csrf_checks=True)
        sign_in(client, persona)
        for route, names in routes():
            answer = ask(client, "POST", address(world, route, names))
            asked += 1
            if answer.status_code != 403 or b"grown too old" not in answer.content:
                faults.append(f"{persona} {route}")
    return asked, faults


def test_no_route_takes_a_form_without_its_token(world, tell):
    asked, faults = taking_forms_from_anywhere(world)

    tell(
        f"S1: {asked} requests without a token, {len(faults)} not refused,"
        f" of routes that may: {', '.join(FROM_ANYWHERE)}"
    )
    assert {*faults} == {
        f"{who} {one}" for who in ("anonymous", "manager") for one in FROM_ANYWHERE
    }
    assert asked == 2 * len(list(routes()))


def test_the_proof_finds_a_route_that_takes_forms_from_anywhere(world):
    with added_route(csrf_exempt(lambda request: HttpResponse()), methods=("POST",)):
        _asked, faults = taking_forms_from_anywhere(world)

    assert {"anonymous careless", "manager careless"} <= {*faults}


def test_the_proof_finds_that_nobody_asks_for_the_second_factor(world, monkeypatch):
    monkeypatch.setattr(second_factor, "second_factor_first", lambda request, person: None)
    persona = next(one for one in world.personas if not one.has_second_factor)

    faults, _right = faults_of(world, Client(), persona)

    assert len(faults) > 100


def test_the_proof_finds_a_route_that_nobody_listed(world, tell):
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
