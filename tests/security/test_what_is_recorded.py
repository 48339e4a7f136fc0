"""Every form that changes something leaves an entry in the audit log, or says here why not."""

import re
from collections import Counter
from itertools import product

import pytest
from django.urls import resolve

from tests.factories import make_person
from tests.security.test_s6_mass_assignment import found_forms, statements
from tests.security.test_s8_formulas import answer, is_view
from tests.security.walking import signed_in
from tests.security.world import routes
from upwell.audit import services
from upwell.audit.models import AuditEntry
from upwell.audit.services import record
from upwell.sheets.exports import EXPORTS

pytestmark = pytest.mark.django_db

NOT_RECORDED = {
    "account_": "a code asked for, and signing out",
    "mfa_": "recovery codes looked at",
    "people:language_choose": "the own language",
    "people:import_": "a draft: the job that brings the file in records it",
    "programs:topics_": "a draft: the job that brings the file in records it",
    "pairs:pairs_": "a draft: the job that brings the file in records it",
    "programs:about_me": "what somebody tells in private, of which nothing is to tell",
    "pairs:block_": "a private request, of which nothing is to tell",
    "pairs:preview_own": "a private request, too",
    "pairs:run_check": "a proof that changes no pair",
    "desk:": "asks for a job again that has failed",
}


def test_every_form_that_changes_something_is_recorded(world, tell):
    recorded, silent = set(), set()
    for persona in world.personas:
        client = signed_in(persona)
        for form, fields in filled(found_forms(world, client, persona)):
            written = statements(client, form, fields)
            route = resolve(form.action.partition("?")[0]).view_name
            if any(AuditEntry._meta.db_table in sql for sql, _values in written):  # noqa: SLF001 -- a public API of Django
                recorded.add(route)
            elif has_changed(written):
                silent.add(route)

    tell(f"Audit: forms of {len(recorded)} routes recorded")
    assert [one for one in sorted(silent - recorded) if not one.startswith((*NOT_RECORDED,))] == []
    assert len(recorded) > 8


def filled(forms):
    """Each form as it stands, and where it has addresses with others, which change something."""
    for form in forms:
        yield form, form.fields
        others = [(name, re.sub(r".+@", "another@", value)) for name, value in form.fields]
        if others != form.fields:
            yield form, others


def test_every_file_that_is_handed_out_is_recorded(world, client, tell):
    handed_out = Counter()
    for persona in (one for one in world.personas if one.person and one.person.role_kinds):
        client.force_login(persona.person)
        for route, names in routes():
            before = downloads_of(persona.person, route)
            response = answer(world, client, route, names, "csv")
            if response.headers.get("Content-Disposition", "").startswith("attachment"):
                assert downloads_of(persona.person, route) == before + 1, route
                handed_out[route] += 1

    tell(f"Audit: {handed_out.total()} files of {len(handed_out)} routes")
    exports = {view.__name__ for view in EXPORTS.values() if is_view(view)}
    assert exports <= {route.rpartition(":")[2] for route in handed_out}


def downloads_of(person, route):
    found = AuditEntry.objects.filter(event="audit.file.downloaded", by=str(person.pk))
    return found.filter(facts__route=route.replace(":", ".")).count()


def has_changed(written):
    """Whether more than the session and its bookkeeping was written."""
    return any("django_session" not in sql and "last_login" not in sql for sql, _values in written)


WORDS = ["Ann Lee", "Please not with Bob", "ann@example.com", "x" * 500, "Grüße", "a b", "A1"]
SHAPES = [
    lambda text: {"reason": text},
    lambda text: {"reasons": ["code", text]},
    lambda text: {"reasons": (text,)},
    lambda text: {text: 1},
    lambda text: {"reason": {"why": text}},
    lambda text: {"reasons": [[text]]},
    lambda text: {"reason": text.encode()},
]


def recorded_words():
    """What could be written into an entry although somebody may have said it."""
    person, taken = make_person(), []
    for shape, text in product(SHAPES, WORDS):
        facts = shape(text)
        try:
            record("people.role.granted", by=None, on=person, facts=facts)
        except (ValueError, TypeError):
            continue
        taken.append(facts)
    return taken


def test_no_entry_takes_words_of_people(tell):
    taken = recorded_words()

    tell(f"Audit: {len(SHAPES) * len(WORDS)} facts in words, {len(taken)} kept")
    assert taken == []
    assert not AuditEntry.objects.exists()


def test_the_proof_finds_an_entry_that_takes_anything(monkeypatch):
    monkeypatch.setattr(services, "checked", dict)

    assert {"reason": "Ann Lee"} in recorded_words()
