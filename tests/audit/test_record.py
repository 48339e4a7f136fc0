"""Entries are written with what happened, and hold no content."""

import uuid

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, transaction

from tests.factories import make_person
from tests.vault.shelf.models import Letter
from upwell.audit import events
from upwell.audit.models import AuditEntry
from upwell.audit.services import record

pytestmark = pytest.mark.django_db

WRITTEN = "shelf.letter.written"


def test_an_entry_says_who_what_when_and_on_which_object():
    person, letter = make_person(name="Ana"), Letter()

    entry = record(WRITTEN, by=person, on=letter, facts={"pages": 3, "kind": "short.note"})

    found = AuditEntry.objects.get(pk=entry.pk)
    assert (found.by, found.event) == (str(person.pk), WRITTEN)
    assert (found.object_kind, found.object_id) == ("shelf.letter", str(letter.pk))
    assert found.facts == {"pages": 3, "kind": "short.note"}
    assert (found.sequence, found.mac) == (None, "")
    assert str(found) == f"{WRITTEN} shelf.letter {letter.pk}"


def test_the_software_itself_is_called_system():
    assert record(WRITTEN, by=None, on=Letter()).by == "system"


def test_an_entry_goes_with_its_transaction():
    with transaction.atomic():
        record(WRITTEN, by=None, on=Letter())
        transaction.set_rollback(True)

    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="transaction"):
        record(WRITTEN, by=None, on=Letter())


def test_an_event_that_nobody_lists_is_refused():
    with pytest.raises(ValueError, match="audit_events"):
        record("shelf.letter.burnt", by=None, on=Letter())


GOOD = [None, True, 7, -1.5, uuid.uuid4(), str(uuid.uuid4()), "people.import", [1, "a_b"], ("x",)]
BAD = [
    "Ana Berg",
    "not with Bob",
    "Ana",
    "a@b.example",
    "",
    "a" * 41,
    {"deep": 1},
    [["deep"]],
    ["Ana Berg"],
    float("nan"),
    float("inf"),
    10**15,
    b"x",
    range(3),
    list(range(51)),
]


@pytest.mark.parametrize("number", range(len(GOOD)))
def test_facts_are_numbers_codes_and_ids(number):
    entry = record(WRITTEN, by=None, on=Letter(), facts={"fact": GOOD[number]})

    entry.refresh_from_db()
    expected = GOOD[number]
    if isinstance(expected, uuid.UUID):
        expected = str(expected)
    assert entry.facts["fact"] == (list(expected) if isinstance(expected, tuple) else expected)


@pytest.mark.parametrize("number", range(len(BAD)))
def test_facts_are_never_content(number):
    with pytest.raises(ValueError, match="fact") as refused:
        record(WRITTEN, by=None, on=Letter(), facts={"fact": BAD[number]})

    assert "Ana" not in str(refused.value)


def test_names_of_facts_are_short_words_and_there_are_few():
    for facts in ({"Ana Berg": 1}, {f"fact_{number}": 1 for number in range(51)}):
        with pytest.raises(ValueError, match="fact"):
            record(WRITTEN, by=None, on=Letter(), facts=facts)


def test_events_are_those_that_apps_list_and_have_a_text():
    assert {WRITTEN, "audit.head.replaced"} <= set(events.events())
    assert events.text_of(WRITTEN) == "A letter was written"
    assert events.text_of("gone.thing.happened") == "gone.thing.happened"


@pytest.mark.parametrize("code", ["other.letter.read", "shelf.read", "shelf.letter.Read", "x"])
def test_an_event_is_named_after_its_app(code):
    with pytest.raises(ImproperlyConfigured, match="is no event of shelf"):
        events.check("shelf", {code: "A text"})


def test_the_database_refuses_to_edit_what_waits_for_its_seal():
    entry = record(WRITTEN, by=None, on=Letter())

    with pytest.raises(DatabaseError, match="neither changed"), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(by=str(uuid.uuid4()))
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(sequence=1)
