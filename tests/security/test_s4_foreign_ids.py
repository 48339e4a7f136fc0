"""Proof S4: the id of a row that is not yours gets the very answer that no row gets."""

import re
from itertools import product
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.conftest import Client
from tests.security.walking import ask
from tests.security.world import make_elsewhere, routes
from upwell.core.access import table
from upwell.pairs.models import Pair
from upwell.programs.models import CohortQuerySet, Topic

pytestmark = pytest.mark.django_db

LEAST = 2_000
EVERYWHERE = {"program_managers", "directory_administrators", "importer"}
"""Audiences of the whole organization: no row is foreign to them."""
METHODS = ("GET", "POST")


def cases(world, gone, persona):
    """Every route with an id, each id once of elsewhere, of what was deleted, and at random."""
    names = dict(routes())
    for route, entries in table().items():
        ids = {name: model for entry in entries for name, model in entry.ids.items()}
        rest = dict.fromkeys({*names.get(route, ())} - {*ids}, world.tokens.get(route, "any"))
        codes = {one.code for entry in entries for one in entry.audiences}
        if codes & EVERYWHERE & persona.audiences:
            continue
        for name, model in ids.items():
            for value in (*world.foreign[model], *gone[model], uuid4()):
                if value not in persona.own:
                    rows = {one: world.ids[ids[one]] for one in ids}
                    yield route, rest | rows | {name: value}, name


def answer(client, method, route, values, name):
    """What comes back, without the id itself and without tokens that are new each time."""
    said = ask(client, method, reverse(route, kwargs=values))
    text = said.content.decode(errors="replace") + said.headers.get("Location", "")
    text = text.replace(str(values[name]), "ID")
    return said.status_code, re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def told_apart(world, gone, persona):
    """Requests made, and those whose answer differs from that of a random id."""
    client = Client(raise_request_exception=False)
    client.force_login(persona.person)
    count, faults, nothing = 0, [], {}
    for (route, values, name), method in product(cases(world, gone, persona), METHODS):
        count += 1
        if (route, name, method) not in nothing:  # each request is undone: it stays the same
            nobodys = values | {name: uuid4()}
            nothing[route, name, method] = answer(client, method, route, nobodys, name)
        if answer(client, method, route, values, name) != nothing[route, name, method]:
            faults.append(f"{persona} {method} {route} {name}={values[name]}")
    return count, faults


def lookers(world):
    """Everybody who is signed in and to whom what is elsewhere does not belong."""
    away = {"anonymous", "left", "manager elsewhere"}
    return [one for one in world.personas if one.name not in away]


def test_a_foreign_id_is_as_good_as_none(world, tell):
    gone = {model: [uuid4()] for model in world.foreign} | deleted_ids()
    results = [told_apart(world, gone, persona) for persona in lookers(world)]

    count = sum(made for made, _faults in results)
    faults = [fault for _made, ours in results for fault in ours]
    tell(f"S4: {count} requests with foreign ids, {len(faults)} told apart")
    assert faults == []
    assert count >= LEAST


def deleted_ids():
    """One id of each kind of row that was there and is gone."""
    rows = make_elsewhere()
    ids = {model: [row.pk for row in found] for model, found in rows.items()}
    ids[Topic] = [row.public_id for row in rows[Topic]]
    run = rows[Pair][0].run
    for row in (*rows[Pair], run, run.cohort, run.cohort.program, *rows[Topic]):
        row.delete()
    return ids


def test_the_proof_finds_rows_that_everybody_is_shown(world, monkeypatch):
    monkeypatch.setattr(CohortQuerySet, "managed_by", lambda self, user: self)
    enrolled = next(one for one in world.personas if one.name == "enrolled manager")

    _count, faults = told_apart(world, {model: [] for model in world.foreign}, enrolled)

    assert faults
