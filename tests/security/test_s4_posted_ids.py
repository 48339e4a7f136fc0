"""Proof S4, of ids in queries and forms: one that is not yours gets the answer that no row gets.

What a view reads is noted while it answers, so that a name that no form holds is found as well.
"""

import re
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from django.http import QueryDict

from tests.security.asking import text_of
from tests.security.test_s4_foreign_ids import deleted_ids
from tests.security.test_s6_mass_assignment import found_forms, sent
from tests.security.walking import address, ask, is_for, signed_in
from tests.security.world import routes
from upwell.core.access import table
from upwell.people.models import Person
from upwell.people.models.imports import PeopleImportQuerySet
from upwell.programs.forms import ManagerForm

pytestmark = pytest.mark.django_db

WHO = {"manager", "mentor"}
NO_IDS = {"csrfmiddlewaretoken", "next"}
"""A token, and the address to go on to, which must be one of this installation."""
METHODS = ("get", "getlist", "__getitem__", "__contains__")


@contextmanager
def noted():
    """The names that are read from queries and forms meanwhile."""
    names = set()

    def noting(read):
        def wrapped(self, name, *others, **options):
            names.add(name)
            return read(self, name, *others, **options)

        return wrapped

    with pytest.MonkeyPatch.context() as patch:
        for method in METHODS:
            patch.setattr(QueryDict, method, noting(getattr(QueryDict, method)))
        yield names
    names -= NO_IDS


def normal(text, value):
    """Without the id itself, tokens, and the time at which a workbook was made, packed or not."""
    kept = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text.replace(str(value), "ID"))
    kept = re.sub(r"'Content-Length': '\d+'", "", kept)
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:]+Z", "", kept)


def answer_to_query(client, url, name, value):
    answer = ask(client, "GET", f"{url}?{name}={value}")
    return answer.status_code, normal(text_of(answer), value)


def answer_to_form(client, form, name, value):
    fields = [(one, other) for one, other in form.fields if one != name]
    answer, told = sent(client, form, [*fields, (name, str(value))])
    said = normal(text_of(answer) + str(answer.flashed), value)
    return answer.status_code, said, told


def queries(world, client, persona):
    """Each page with each name that it reads from its query, as a function of the value."""
    for route, names in routes():
        if not any("GET" in one.methods and is_for(persona, one) for one in table().get(route, ())):
            continue
        url = address(world, route, names)
        with noted() as read:
            ask(client, "GET", url)
        for name in sorted(read):
            yield f"GET {route} {name}", answer_to_query, (client, url, name)


def bodies(world, client, persona):
    """Each form with each name that may be an id: what it offers is one, or it offers nothing."""
    for form in found_forms(world, client, persona):
        with noted() as read:
            sent(client, form, form.fields)
        for name in sorted((read | form.names) - NO_IDS):
            offered = [value for one, value in form.fields if one == name]
            if all(map(is_id, offered)) and name not in form.files:
                yield f"POST {form.action} {name}", answer_to_form, (client, form, name)


def is_id(text):
    try:
        return bool(UUID(text))
    except ValueError:
        return text == ""


def told_apart(world, persona, gone, ask_for):
    """How many ids were given, and where the answer was not that of a random one."""
    client, count, faults = signed_in(persona), 0, set()
    ids = [found[-1] for found in (*world.foreign.values(), *gone.values())]
    for where, answer, given in list(ask_for(world, client, persona)):
        none = answer(*given, uuid4())
        for value in ids:
            if value not in persona.own:
                count += 1
                faults |= {where} if answer(*given, value) != none else set()
    return count, faults


def walk(world, gone, names=WHO, kinds=(queries, bodies)):
    results = [
        told_apart(world, persona, gone, kind)
        for persona in world.personas
        if persona.name in names
        for kind in kinds
    ]
    faults = set().union(*(ours for _count, ours in results))
    return sum(count for count, _faults in results), faults


def test_a_foreign_id_in_a_query_or_a_form_is_as_good_as_none(world, tell):
    count, faults = walk(world, deleted_ids())

    tell(f"S4: {count} ids in queries and forms, {len(faults)} told apart")
    assert faults == set()
    assert count > 500


def test_the_proof_finds_an_import_that_everybody_is_told_about(world, monkeypatch):
    def of_the_list(*given):
        return [one for one in queries(*given) if one[0].startswith("GET people:person_list ")]

    monkeypatch.setattr(PeopleImportQuerySet, "visible_to", lambda self, user: self)

    _count, faults = walk(world, {}, {"manager"}, [of_the_list])

    assert faults == {"GET people:person_list imported"}


def test_the_proof_finds_a_form_that_takes_anybody(world, monkeypatch):
    start = ManagerForm.__init__

    def careless(self, *given, **options):
        start(self, *given, **options)
        self.fields["person"].queryset = Person.objects.all()

    monkeypatch.setattr(ManagerForm, "__init__", careless)

    _count, faults = walk(world, {}, {"manager"}, [bodies])

    assert {fault.split()[2] for fault in faults} == {"person"}
