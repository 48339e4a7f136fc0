"""What a page shows about somebody is in the access table: the pages hold the canaries of all.

Every person of the world gets texts that occur nowhere else, one for each kind of information.
Every page and file is opened by everybody. Whose canary stands there must be of a kind that an
entry of the table shows there to whoever looks; a name stands wherever anything is shown about
somebody. Every search is asked for every kind, too: whoever may not read it must not find by it.
"""

import re
from dataclasses import replace
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db.models import F
from django.urls import resolve

from tests.security.asking import text_of
from tests.security.html_forms import forms_of
from tests.security.walking import address, ask, is_for, signed_in
from tests.security.world import routes
from upwell.core.access import table
from upwell.people.models import Level, Office, OrgUnit, Person, PersonQuerySet
from upwell.programs.models import Answers, Enrollment

pytestmark = pytest.mark.django_db

NAME = "a name"
KINDS = {
    "name": NAME,
    "title": "people.directory",
    "team": "people.directory",
    "employee_id": "people.directory",
    "contact_email": "people.contact",
    "sign_in_email": "people.sign_in_address",
}
"""The subject that each field of a person belongs to."""
SAID = "programs.availability"
PLACES = {"level": Level, "unit": OrgUnit, "office": Office}
CHOICES = re.compile(
    r"<option.*?</option>|<fieldset.*?</fieldset>|<datalist.*?</datalist>", re.DOTALL
)
"""What a filter offers: all levels, units and offices, whoever is there."""


def test_pages_show_about_others_only_what_the_table_says(world, tell):
    canaries = plant()

    faults, seen, answers = crawl(world, canaries)

    tell(
        f"What pages show: {len(canaries)} canaries, {answers} answers, {len(seen)} kinds of"
        f" information on routes, {len(faults)} not in the table"
    )
    assert faults == set()
    assert {kind for _route, kind in seen} == {*KINDS.values(), SAID}


def test_the_proof_finds_what_an_entry_leaves_out(world, monkeypatch):
    quiet = [
        type(one)(one.route, one.methods, one.audiences, one.ids)
        for one in table()["desk:pair_detail"]
    ]
    monkeypatch.setitem(table(), "desk:pair_detail", tuple(quiet))

    faults, _seen, _answers = crawl(only(world, "mentor"), plant())

    assert ("mentor", "desk:pair_detail", "people.contact") in faults


def only(world, name):
    """The same world, where nobody looks but one."""
    return replace(world, personas=[one for one in world.personas if one.name == name])


def plant():
    """A canary for every person and field; returns whose it is, and of which kind.

    Everybody gets a level, a unit and an office of their own; hours and languages as well.
    """
    canaries = {}
    Level.objects.update(height=F("height") + 10_000)
    for number, person in enumerate(Person.objects.all()):
        values = {}
        for field, kind in KINDS.items():
            text = f"c{uuid4().hex[:24]}"
            values[field] = f"{text}@example.com" if field.endswith("_email") else text
            canaries[text] = (person.pk, kind)
        for field, model in PLACES.items():
            text = f"c{uuid4().hex[:24]}"
            more = {"height": number + 1} if model is Level else {}
            values[field] = model.objects.create(name=text, **more)
            canaries[text] = (person.pk, "people.directory")
        text = f"c{uuid4().hex[:24]}"
        values["languages"] = [text]
        canaries[text] = (person.pk, "people.directory")
        Person.objects.filter(pk=person.pk).update(**values)
    return canaries | dict(plant_said())


def plant_said():
    """What those who take part have named for a cohort, which counts more than the directory."""
    for enrollment in Enrollment.objects.enrolled():
        text = f"c{uuid4().hex[:24]}"
        about = {"enrollment": enrollment, "person": enrollment.person}
        Answers.objects.update_or_create(**about, defaults={"languages": [text]})
        yield text, (enrollment.person_id, SAID)


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
            text = without_all(text_of(ask(client, "GET", address(world, route, names))))
            found = {canaries[word] for word in words_in(text) if word in canaries}
            kinds = {kind for whose, kind in found if whose != own}
            seen |= {(route, kind) for kind in kinds}
            faults |= {(persona.name, route, kind) for kind in kinds - allowed(persona, route)}
    return faults, seen, answers


def without_all(text):
    """A page without what it says of nobody in particular, and of whoever runs things.

    The foot of every page says how to reach those; filters offer every level, unit and office.
    """
    return CHOICES.sub("", re.sub(r"<footer.*</footer>", "", text, flags=re.DOTALL))


def words_in(text):
    """Everything in a text that may be a canary."""
    return {text[at : at + 25] for at in range(len(text)) if text[at] in "cC"} | {
        f"c{text[at + 1 : at + 25]}" for at in range(len(text)) if text[at] == "C"
    }


def allowed(persona, route):
    """The kinds that the table says are shown there to this persona."""
    mine = [entry for entry in table().get(route, ()) if is_for(persona, entry)]
    kinds = {subject.code for entry in mine for subject in entry.shows}
    return kinds | {NAME} if kinds else kinds


def found_by(world, canaries):
    """Which persona finds anything by which kind, and on which route; and how many searches."""
    found, asked = set(), 0
    theirs = {text: kind for text, (pk, kind) in canaries.items() if pk == world.shunned.pk}
    for persona in world.personas:
        client = signed_in(persona)
        for form in searches(world, client, persona):
            route = resolve(form.action.partition("?")[0]).view_name
            nobody = answer(client, form, f"c{uuid4().hex[:24]}")
            for text, kind in theirs.items():
                asked += 1
                if answer(client, form, text) != nobody:
                    found.add((persona, route, kind))
    return found, asked


def searches(world, client, persona):
    """Each form of a page that somebody can open in which one types what to look for."""
    forms = {}
    for route, names in routes():
        if any("GET" in one.methods and is_for(persona, one) for one in table().get(route, ())):
            url = address(world, route, names)
            for form in forms_of(text_of(ask(client, "GET", url)), url):
                if form.method == "get" and "Fresh" in dict(form.fields).values():
                    forms[form.action] = form
    return forms.values()


def answer(client, form, text):
    """What a search for the text leads to, without the text itself."""
    fields = [(name, text) for name, value in form.fields if value == "Fresh"]
    url = f"{form.action.partition('?')[0]}?{urlencode(fields)}"
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text_of(ask(client, "GET", url)))
    said = re.search(r"<main.*</main>", page, re.DOTALL)
    return said[0].replace(text, "") if said else ""


def readable(persona):
    """The kinds that somebody is shown about others on any route; pages about oneself are none."""
    entries = (one for several in table().values() for one in several if is_for(persona, one))
    others = (one for one in entries if {who.code for who in one.audiences} != {"oneself"})
    return {NAME} | {subject.code for entry in others for subject in entry.shows}


def test_nobody_finds_by_what_they_may_not_read(world, tell):
    canaries = plant()

    found, asked = found_by(world, canaries)

    tell(f"What searches find by: {asked} searches, {len(found)} of them found somebody")
    assert {one for one in found if one[2] not in readable(one[0])} == set()
    assert {kind for _persona, _route, kind in found} == {
        NAME,
        "people.directory",
        "people.contact",
        "people.sign_in_address",
    }


def test_the_proof_finds_a_search_by_what_one_may_not_read(world, monkeypatch):
    def careless(self, text, *, by):
        return self.filter(sign_in_email__icontains=text)

    monkeypatch.setattr(PersonQuerySet, "searched", careless)

    found, _asked = found_by(only(world, "manager"), plant())

    faults = {(str(one), kind) for one, _route, kind in found if kind not in readable(one)}
    assert ("manager", "people.sign_in_address") in faults
