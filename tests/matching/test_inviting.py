"""How many more to invite, against people drawn one by one and placed by a maximum matching."""

from time import process_time

import numpy as np
import pytest

from tests.matching.test_halls import all_can_be_placed
from tests.matching.test_mass import SURE, VAGUE, make_roster, make_source
from upwell.matching.arrivals import batches_of
from upwell.matching.mass import Roster, Source, critical_mass
from upwell.matching.turnout import Assumed, Rates

ALL_COME = Rates(Assumed(1, 1, 1), Assumed(0, 0, 0))
NOISE = 0.04
"""About four standard errors of the chance from 600 plays at 95 %, and of one from 4,000 draws."""


def played(roster, rates, where, *, plays=600, seed=1):
    """In which share of the plays everybody is placed: those invited are anybody of their part."""
    rng = np.random.default_rng(seed)
    sources = {one.name: one for one in roster.sources}
    placed = 0
    for _ in range(plays):
        invited = [
            sources[name].may[rng.choice(len(sources[name].may), number, replace=False)]
            for name, number in where.items()
        ]
        seats = [np.full(number, sources[name].seats) for name, number in where.items()]
        may = np.concatenate([roster.may, *invited])
        mentor_enrolled = np.concatenate(
            [roster.mentor_enrolled, np.zeros(len(may) - len(roster.may), np.bool_)]
        )
        here = []
        for is_enrolled in (mentor_enrolled, roster.mentee_enrolled):
            stays, joins = (float(rate.draw(rng, 1)[0]) for rate in (rates.leaves, rates.joins))
            likely = (1 - stays) * np.where(is_enrolled, 1, joins)
            here.append(rng.random(len(is_enrolled)) < likely)
        placed += all_can_be_placed(may, np.concatenate([roster.seats, *seats]), *here)
    return placed / plays


def speakers(mentees, of, among):
    """A part of ``among`` people, ``of`` whom speak the language of the last mentee."""
    may = np.ones((among, mentees), np.bool_)
    may[of:, -1] = False
    return Source("Risk", may, 1)


def test_a_mentee_whom_few_of_a_part_may_mentor_can_be_placed():
    source = speakers(5, 18, 53)
    may = np.ones((7, 5), np.bool_)
    may[:, -1] = False
    roster = make_roster(may, enrolled=True, sources=[source])

    found = critical_mass(roster, SURE)

    assert found.is_reached
    assert 0.95 - NOISE < played(roster, SURE, found.where) < 0.95 + NOISE


@pytest.mark.parametrize("mentees", [1, 3])
def test_whoever_may_have_about_half_of_the_mentees_is_not_counted_as_any(mentees):
    rng = np.random.default_rng(mentees)
    source = Source("Risk", rng.random((200, mentees)) < 0.55, 1)
    roster = make_roster(np.zeros((0, mentees)), sources=[source])

    found = critical_mass(roster, SURE)

    assert found.is_reached
    assert 0.95 - NOISE < played(roster, SURE, found.where) < 0.95 + NOISE


def restricted(seed):
    """More kinds of mentees than there are classes, and parts that must not have some of them."""
    rng = np.random.default_rng(seed)
    m, n, parts = int(rng.integers(10, 40)), int(rng.integers(0, 6)), int(rng.integers(1, 4))
    sources = [
        Source(f"Unit {unit}", rng.random((200, m)) < rng.choice([0.9, 0.95, 1]), 1)
        if rng.random() < 0.5
        else make_source(f"Unit {unit}", rng.random(m) < rng.choice([0.9, 0.97]), 200)
        for unit in range(parts)
    ]
    may = rng.random((n, m)) < 0.9
    met = np.logical_or.reduce(np.concatenate([may, *(one.may for one in sources)]), axis=0)
    kept = [Source(one.name, one.may[:, met], 1) for one in sources]
    return make_roster(may[:, met], enrolled=True, sources=kept)


@pytest.mark.parametrize("seed", range(30))
def test_the_number_to_invite_is_enough_where_parts_must_not_have_everybody(seed):
    roster = restricted(seed)

    found = critical_mass(roster, ALL_COME)

    if found.is_reached:
        assert played(roster, ALL_COME, found.where, plays=60) >= 0.95 - 2 * NOISE


@pytest.mark.parametrize("seed", range(4))
def test_the_number_to_invite_is_enough_with_rates_that_are_not_known(seed):
    roster = restricted(seed)

    found = critical_mass(roster, VAGUE)

    if found.is_reached:
        assert played(roster, VAGUE, found.where, plays=300) >= 0.95 - NOISE


def organization(seed):
    """Rules on units, regions, a language and reporting lines: nearly everybody is of a kind."""
    rng = np.random.default_rng(seed)
    m, parts = 24, 4
    of_mentee, region = rng.integers(0, parts, m), rng.integers(0, 3, m)
    is_rare = np.arange(m) < 2

    def rows(units):
        own, speaks = rng.integers(0, 3, len(units)), rng.random(len(units)) < 0.2
        may = (units[:, None] != of_mentee) & (abs(own[:, None] - region) < 2)
        may &= ~is_rare | speaks[:, None]
        may[np.arange(len(units)), rng.integers(0, m, len(units))] = False
        return may

    sources = [Source(f"Unit {unit}", rows(np.full(90 - unit, unit)), 1) for unit in range(parts)]
    may = rows(rng.integers(0, parts, 5))
    return Roster(may, np.ones(5, np.int64), rng.random(5) < 0.5, rng.random(m) < 0.5, sources)


@pytest.mark.parametrize("seed", range(3))
def test_the_number_to_invite_is_neither_too_small_nor_too_large(seed):
    roster = organization(seed)

    found = critical_mass(roster, VAGUE)

    assert found.is_reached
    assert abs(played(roster, VAGUE, found.where) - 0.95) < 0.05


@pytest.mark.parametrize("seed", range(8))
def test_a_mentee_whom_only_one_part_may_mentor_is_not_forgotten(seed):
    rng = np.random.default_rng(seed)
    may = np.zeros((30, 38), np.bool_)
    may[:, :30] = rng.random((30, 30)) < 0.5
    last = np.arange(38) == 37
    sources = [make_source("Law", ~last, 400), make_source("Risk", last, 400)]
    roster = make_roster(may, enrolled=True, sources=sources)

    found = critical_mass(roster, ALL_COME)

    assert found.is_reached
    assert found.where["Risk"] >= 1
    assert found.most <= 12
    assert played(roster, ALL_COME, found.where, plays=1) == 1


def units_of(count, mentees, people):
    """Parts that must not have the mentees of their own, who are spread evenly."""
    of_mentee = np.arange(mentees) % count
    return [make_source(f"Unit {unit}", of_mentee != unit, people - unit) for unit in range(count)]


def test_the_largest_part_is_not_named_where_others_do_as_well():
    roster = make_roster(np.zeros((0, 20)), enrolled=True, sources=units_of(4, 20, 60))

    found = critical_mass(roster, VAGUE)

    assert found.is_reached
    assert found.best == ()


def test_the_part_where_most_are_is_named_where_it_cannot_be_done_without():
    last = np.arange(20) == 19
    sources = [make_source("Law", ~last, 90), make_source("Risk", last, 90)]

    found = critical_mass(make_roster(np.zeros((0, 20)), sources=sources), SURE)

    assert found.best == ("Law",)
    assert found.where["Law"] > found.where["Risk"]


def test_a_part_that_is_needed_for_few_is_not_named():
    last = np.arange(20) == 19
    sources = [make_source(name, ~last, 90) for name in ("Law", "Sales")]
    sources.append(make_source("Risk", last, 90))

    assert "Risk" not in critical_mass(make_roster(np.zeros((0, 20)), sources=sources), SURE).best


@pytest.mark.parametrize("joins", [0, 0.01, 0.65])
def test_many_people_are_searched_in_seconds_whoever_comes(joins):
    rng = np.random.default_rng(1)
    sources = [make_source(f"Unit {unit}", rng.random(200) < 0.9, 3000) for unit in range(9)]
    roster = make_roster(np.zeros((0, 200)), enrolled=True, sources=sources)
    started = process_time()

    found = critical_mass(roster, Rates(Assumed(joins, joins, joins), Assumed(0.02, 0.05, 0.12)))

    assert found.is_reached == (joins > 0)
    assert process_time() - started < 10


@pytest.mark.parametrize("people", [0, 1, 63, 64, 65, 66, 67, 200, 3000, 100_003])
def test_batches_are_of_everybody_and_few(people):
    found = batches_of(people)

    assert sum(found) == people
    assert len(found) < 64 * 13
    assert set(found[:64]) <= {1}


def test_of_many_kinds_of_people_those_alike_are_one_and_never_told_too_kindly():
    may = np.random.default_rng(1).random((400, 12)) < 0.9

    kinds, counts = Source("Risk", may, 1).kinds()

    assert counts.sum() == 400
    assert len(kinds) <= 16
    assert (counts @ kinds <= may.sum(axis=0)).all()


@pytest.mark.parametrize("mentees", [12, 20])
def test_that_even_all_are_too_few_is_never_told_of_classes_alone(mentees):
    """More kinds of mentees than classes, each of whom anybody may have by half."""
    rng = np.random.default_rng(mentees)
    source = Source("Risk", rng.random((90, mentees)) < 0.5, 1)
    roster = make_roster(np.zeros((0, mentees)), enrolled=True, sources=[source])

    found = critical_mass(roster, SURE)

    assert (found.is_reached, found.best) == (True, ())
    assert played(roster, SURE, found.where) > 0.95 - NOISE
    assert found.most < 90


def test_enough_people_are_told_where_only_classes_say_no():
    may = np.random.default_rng(3).random((60, 20)) < 0.5

    found = critical_mass(make_roster(may, enrolled=True), SURE)

    assert found.is_enough
    assert found.chance >= 0.95
