"""What a page shows about somebody is in the access table: the pages hold the canaries of all.

Every person of the world gets texts that occur nowhere else, one for each kind of information.
Every page and file is opened by everybody. Whose canary stands there must be of a kind that an
entry of the table shows there to whoever looks.
"""

import re
import sys
from uuid import uuid4

import pytest

from tests.security.test_s2_canaries import text_of
from tests.security.test_s6_mass_assignment import signed_in
from tests.security.walking import address, ask, is_for
from tests.security.world import routes
from upwell.core.access import table
from upwell.people.models import Person

pytestmark = pytest.mark.django_db

KINDS = {
    "title": "people.directory",
    "team": "people.directory",
    "employee_id": "people.directory",
    "contact_email": "people.contact",
    "sign_in_email": "people.sign_in_address",
}
"""The subject that each field of a person belongs to."""


def test_pages_show_about_others_only_what_the_table_says(world, capsys):
    canaries = plant()

    faults, seen, answers = crawl(world, canaries)

    with capsys.disabled():
        sys.stdout.write(
            f"\nWhat pages show: {len(canaries)} canaries, {answers} answers, {len(seen)} kinds of"
            f" information on routes, {len(faults)} not in the table\n"
        )
    assert faults == set()
    assert {kind for _route, kind in seen} == {*KINDS.values()}


def test_the_proof_finds_what_an_entry_leaves_out(world, monkeypatch):
    quiet = [
        type(one)(one.route, one.methods, one.audiences, one.ids)
        for one in table()["desk:pair_detail"]
    ]
    monkeypatch.setitem(table(), "desk:pair_detail", tuple(quiet))

    faults, _seen, _answers = crawl(world, plant())

    assert ("mentor", "desk:pair_detail", "people.contact") in faults


def plant():
    """A canary for every person and field; returns whose it is, and of which kind."""
    canaries = {}
    for person in Person.objects.all():
        for field, kind in KINDS.items():
            text = f"c{uuid4().hex[:24]}"
            value = f"{text}@example.com" if field.endswith("_email") else text
            Person.objects.filter(pk=person.pk).update(**{field: value})
            canaries[text] = (person.pk, kind)
    return canaries


def crawl(world, canaries):
    """Who found what on which route against the table, what was found at all, and the answers."""
    faults, seen, answers = set(), set(), 0
    for persona in world.personas:
        if persona.person:
            persona.person.refresh_from_db()
        client = signed_in(persona)
        own = persona.person.pk if persona.person else None
        for route, names in routes():
            if route == "account_logout":
                continue
            answers += 1
            text = without_hosts(text_of(ask(client, "GET", address(world, route, names))))
            found = {canaries[word] for word in words_in(text) if word in canaries}
            kinds = {kind for whose, kind in found if whose != own}
            seen |= {(route, kind) for kind in kinds}
            faults |= {(persona.name, route, kind) for kind in kinds - allowed(persona, route)}
    return faults, seen, answers


def without_hosts(text):
    """A page without its foot, which says on every page how to reach those who run things."""
    return re.sub(r"<footer.*</footer>", "", text, flags=re.DOTALL)


def words_in(text):
    """Everything in a text that may be a canary."""
    return {text[at : at + 25] for at in range(len(text)) if text[at] == "c"}


def allowed(persona, route):
    """The kinds that the table says are shown there to this persona."""
    mine = [entry for entry in table().get(route, ()) if is_for(persona, entry)]
    return {subject.code for entry in mine for subject in entry.shows}
