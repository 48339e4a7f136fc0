"""Proof S9: of several who choose one person at once, no more win than that person has places.

Somebody with one place has said yes to eight people, and all eight say yes at the same moment. One
of them is in a pair then; all others are told that this one is not available any more, and nothing
of theirs is kept. Each looks for a free place before anything is locked. Behind the lock the room
is looked at once more, and the last word has the constraint on places: it alone is enough, and
without both there are more.
"""

from collections import Counter
from contextlib import contextmanager
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections

from tests.databases import at_once
from tests.pairs.choosing import choose, make_choosing, sheet_of, sides_of
from upwell.pairs.models import ChoiceSheet, Couple, ListEntry, Member, Pair
from upwell.pairs.models.choosing import choices_by_sheet
from upwell.pairs.services import mutual, say_yes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_database")]

ROUNDS, AT_ONCE, CONTROL_ROUNDS = 50, 8, 5
GONE = "They are not available any more."


@pytest.fixture
def tell(tell):
    return lambda text: tell(f"S9 {connection.vendor}, {text}")


def wanted_by_all(**policy):
    """A round in which one mentee has said yes to all mentors."""
    found = make_choosing(AT_ONCE, 1, **policy)
    mentors, (mentee,) = sides_of(found)
    for mentor in mentors:
        choose(found, mentee, mentor)
    return found


def all_at_once(found):
    """What each of the mentors gets who say yes together, once all have seen a free place."""
    gate = Barrier(AT_ONCE)
    mentors, _mentees = sides_of(found)
    entries = {
        one.mentor_id: one.pk for one in ListEntry.objects.filter(round=found).order_by("pk")
    }
    sheets = [(sheet_of(found, mentor), entries[mentor.pk]) for mentor in mentors]
    return at_once(*(waiting(gate, *one) for one in sheets))


def waiting(gate, sheet, entry):
    """Let somebody wait for the others right before anything is locked."""

    def wrapper(execute, sql, *rest):
        is_locking = sql.startswith("BEGIN") or connections["default"].in_atomic_block
        if is_locking and not waited:
            waited.append(True)
            gate.wait(timeout=60)
        return execute(sql, *rest)

    def act():
        with connections["default"].execute_wrapper(wrapper):
            return say_yes(sheet, entry)

    waited = []
    return act


def counted(found, outcomes):
    """How many are in a pair with the mentee, how many were refused as they should, and others."""
    kinds = Counter(kind(outcome) for outcome in outcomes)
    _mentors, (mentee,) = sides_of(found)
    held = Member.objects.filter(place__enrollment=mentee, is_active=True).count()
    return kinds, held


def kind(outcome):
    if isinstance(outcome, Pair):
        return "won"
    is_told = isinstance(outcome, ValidationError) and outcome.message == GONE
    return "told" if is_told else repr(outcome)


@pytest.mark.parametrize(("places", "rounds"), [(1, ROUNDS), (3, 10)])
def test_nobody_has_more_counterparts_than_places(places, rounds, tell):
    totals, over, kept = Counter(), 0, 0
    for _round in range(rounds):
        found = wanted_by_all(capacity={"mentor": 1, "mentee": places})

        kinds, held = counted(found, all_at_once(found))

        totals += kinds
        over += held > places
        couples = Couple.objects.filter(pair__cohort=found.cohort).count()
        assert (kinds["won"], held, couples) == (places, places, places)
        kept += chosen_by_mentors(found)
    tell(
        f"{places} of {AT_ONCE} at once, {rounds} rounds: won {totals['won']}, told so"
        f" {totals['told']}, otherwise {totals.total() - totals['won'] - totals['told']},"
        f" over capacity {over}"
    )
    assert totals == {"won": rounds * places, "told": rounds * (AT_ONCE - places)}
    assert kept == 0
    assert over == 0


def chosen_by_mentors(found):
    """On how many of their sheets something stands: of refused ones nothing, and of pairs."""
    sheets = ChoiceSheet.objects.filter(round=found, enrollment__role="mentor")
    return sum(map(bool, choices_by_sheet(sheets).values()))


@contextmanager
def without_constraint(name="place_taken_once"):
    """A database in which a place can be taken by several; what was taken goes with the control."""
    (constraint,) = (one for one in Member._meta.constraints if one.name == name)  # noqa: SLF001 -- public in all but its name
    with connection.schema_editor() as editor:
        editor.remove_constraint(Member, constraint)
    try:
        yield
    finally:
        Member.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Member, constraint)


@pytest.fixture
def no_second_look(monkeypatch):
    """Without what stands before the constraint."""
    monkeypatch.setattr(mutual, "hold_still", lambda program, prepared: None)
    monkeypatch.setattr(mutual, "check_room", lambda entry, own: None)


@pytest.mark.usefixtures("no_second_look")
def test_the_constraint_alone_is_enough(tell):
    over = 0
    for _round in range(CONTROL_ROUNDS):
        found = wanted_by_all()
        kinds, held = counted(found, all_at_once(found))
        over += held > 1
        assert kinds == {"won": 1, "told": AT_ONCE - 1}

    tell(f"the constraint alone, {CONTROL_ROUNDS} rounds: over capacity {over}")
    assert over == 0


@pytest.mark.usefixtures("no_second_look")
def test_without_the_constraint_there_are_more(tell):
    over = 0
    with without_constraint():
        for _round in range(CONTROL_ROUNDS):
            found = wanted_by_all()
            _kinds, held = counted(found, all_at_once(found))
            over += held > 1

    tell(f"without the constraint, {CONTROL_ROUNDS} rounds: over capacity {over}")
    assert over == CONTROL_ROUNDS
