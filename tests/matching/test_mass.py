from itertools import product
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching.test_halls import all_can_be_placed
from upwell.matching.mass import Roster, Source, critical_mass
from upwell.matching.turnout import Assumed, Counted, Rates

SURE = Rates(Assumed(0.6, 0.6, 0.6), Assumed(0.1, 0.1, 0.1))
VAGUE = Rates(Assumed(0.4, 0.6, 0.8), Assumed(0.02, 0.05, 0.15))
NOISE = 0.03
"""More than four standard errors of a chance from 4,000 draws."""


def make_roster(may, *, seats=None, enrolled=False, sources=()):
    may = np.array(may, np.bool_)
    n, m = may.shape
    return Roster(
        may,
        np.ones(n, np.int64) if seats is None else np.array(seats, np.int64),
        np.full(n, enrolled),
        np.full(m, enrolled),
        sources,
    )


def make_source(name, may, people, *, seats=1):
    """A part of the organization whose people may all have the same mentees."""
    return Source(name, np.tile(np.array(may, np.bool_), (people, 1)), seats)


def exact_chance(roster, rates):
    """Over everybody who can be there or not, each set with how likely it is."""
    stays = 1 - rates.leaves.usual
    comes = stays * rates.joins.usual
    enrolled = np.concatenate([roster.mentor_enrolled, roster.mentee_enrolled])
    likely = np.where(enrolled, stays, comes)
    n, total = len(roster.seats), 0.0
    for here in product([False, True], repeat=len(likely)):
        is_here = np.array(here)
        if all_can_be_placed(roster.may, roster.seats, is_here[:n], is_here[n:]):
            total += float(np.where(is_here, likely, 1 - likely).prod())
    return total


@st.composite
def rosters(draw):
    n, m = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    may = rng.random((n, m)) < draw(st.sampled_from([0.5, 0.8, 1]))
    return Roster(may, rng.integers(1, 3, n), rng.random(n) < 0.5, rng.random(m) < 0.5)


@settings(max_examples=25, deadline=None)
@given(rosters())
def test_the_chance_is_that_of_all_who_can_be_there(roster):
    found = critical_mass(roster, SURE)

    assert found.chance_usual == pytest.approx(exact_chance(roster, SURE), abs=NOISE)


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 4), st.integers(0, 2), st.sampled_from([1, 2]))
def test_the_number_to_invite_is_the_smallest_that_reaches_the_goal(mentees, mentors, seats):
    source = make_source("Risk", [True] * mentees, 30, seats=seats)
    roster = make_roster(np.ones((mentors, mentees)), sources=[source])
    goal = 0.8

    found = critical_mass(roster, SURE, goal=goal)

    chances = [
        exact_chance(
            make_roster(np.ones((mentors + more, mentees)), seats=[1] * mentors + [seats] * more),
            SURE,
        )
        for more in (found.most - 1, found.most)
        if more >= 0
    ]
    assert chances[-1] >= goal - NOISE
    assert len(chances) == 1 or chances[0] < goal + NOISE


def test_rates_that_are_not_known_well_ask_for_more():
    roster = make_roster(np.ones((20, 20)), sources=[make_source("Risk", [True] * 20, 90)])

    found = critical_mass(roster, VAGUE)

    assert 0 < found.least < found.most
    assert found.is_reached
    assert found.mentees.low < found.mentees.middle < found.mentees.high
    assert found.places_then.middle > found.places.middle


def test_more_are_asked_where_those_who_lack_somebody_may_have_them():
    may = np.ones((12, 12))
    may[:, :6] = 0
    other = [False] * 6 + [True] * 6
    sources = [make_source("Law", other, 50), make_source("Risk", [True] * 12, 50)]

    found = critical_mass(make_roster(may, sources=sources), SURE)

    assert found.best == ("Risk",)
    assert set(found.where) == {"Risk"}


def test_no_place_is_named_where_it_does_not_matter():
    sources = [make_source(name, [True] * 9, 50) for name in ("Law", "Risk", "Sales")]

    found = critical_mass(make_roster(np.ones((4, 9)), sources=sources), SURE)

    assert found.most > 0
    assert found.best == ()


def test_too_few_people_to_ask_are_told():
    source = make_source("Risk", [True] * 9, 2)

    found = critical_mass(make_roster(np.ones((1, 9)), sources=[source]), SURE)

    assert (found.most, found.is_reached, found.is_enough) == (2, False, False)


def test_enough_people_are_told():
    found = critical_mass(make_roster(np.ones((9, 3)), enrolled=True), SURE)

    assert found.is_enough
    assert (found.least, found.most, found.where) == (0, 0, {})


def test_the_same_roster_gives_the_same_answer():
    roster = make_roster(np.ones((20, 24)), sources=[make_source("Risk", [True] * 24, 90)])

    assert critical_mass(roster, VAGUE, seed=3) == critical_mass(roster, VAGUE, seed=3)


def test_nobody_at_all_is_enough_for_nobody():
    assert critical_mass(make_roster(np.ones((0, 0))), SURE).is_enough


def test_a_thousand_people_take_less_than_two_seconds():
    rng = np.random.default_rng(1)
    of_mentor, of_mentee = rng.integers(0, 8, 550), rng.integers(0, 8, 450)
    may = (of_mentor[:, None] != of_mentee) & (rng.random((550, 450)) < 0.97)
    sources = [make_source(f"Unit {unit}", of_mentee != unit, 90) for unit in range(8)]
    started = process_time()

    critical_mass(make_roster(may, sources=sources), VAGUE)

    assert process_time() - started < 2


@pytest.mark.parametrize(
    ("rate", "low", "high"),
    [
        (Assumed(0.2, 0.5, 0.9), 0.2, 0.9),
        (Counted(30, 40), 0, 1),
        (Assumed(0.5, 0.5, 0.5), 0.5, 0.5),
    ],
    ids=["assumed", "counted", "sure"],
)
def test_rates_are_drawn_around_what_is_usual(rate, low, high):
    drawn = rate.draw(np.random.default_rng(1), 20_000)

    assert low <= drawn.min() <= drawn.max() <= high
    assert drawn.mean() == pytest.approx(rate.usual, abs=0.03)


def test_what_was_counted_is_surer_the_more_people_there_were():
    few, many = (Counted(6 * of, 8 * of).draw(np.random.default_rng(1), 5000) for of in (1, 50))

    assert many.std() < few.std() / 4


def test_what_is_no_rate_is_refused():
    with pytest.raises(ValueError, match="rises"):
        Assumed(0.5, 0.4, 0.6)
    with pytest.raises(ValueError, match="no share"):
        Counted(3, 2)


def test_parts_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="mentors"):
        Roster(np.ones((2, 2), bool), np.ones(3, np.int64), np.ones(2, bool), np.ones(2, bool))
    with pytest.raises(ValueError, match="mentees"):
        make_roster(np.ones((2, 2)), sources=[make_source("Risk", [True], 3)])
