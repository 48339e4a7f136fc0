"""First seats, and what there is beyond, beside pins."""

import numpy as np
import pytest

from tests.matching.wishes import make_wished_problem
from tests.problems import make_free_seats, make_problem
from upwell.matching.certificate import Counts
from upwell.matching.exact import free_seats
from upwell.matching.seats import Seats, beside_pins


def make_seats():
    scores = np.zeros((3, 2), int)
    problem = make_problem(scores, mentor_capacity=[2, 1, 0], mentee_capacity=[3, 1], pins=[[0, 0]])
    return problem, Seats.of(problem)


def kinds(seats):
    parts = seats.first_row, seats.extra_row, seats.first_column, seats.extra_column
    return [part.tolist() for part in parts]


def test_whoever_has_a_pin_has_no_first_seat_left():
    _problem, seats = make_seats()

    assert kinds(seats) == [[0, 1, 0], [1, 0, 0], [0, 1], [2, 0]]
    assert not seats.are_single


def test_a_pair_takes_the_first_seat_and_then_a_further_one():
    seats = make_free_seats(np.array([2]), np.array([2]))

    once, twice = seats.without(0, 0), seats.without(0, 0).without(0, 0)

    assert kinds(once) == [[0], [1], [0], [1]]
    assert kinds(twice) == [[0], [0], [0], [0]]


def test_pairs_mentees_and_mentors_are_counted_by_their_first_seats():
    seats = make_free_seats(np.array([2, 1]), np.array([1, 2]))

    assert seats.counts(np.array([0, 0, 1]), np.array([0, 1, 1])) == Counts(3, 2, 2)


def test_of_a_persons_pairs_the_first_takes_the_first_seat():
    seats = make_free_seats(np.array([2, 1]), np.array([1, 2]))
    rows, columns = np.array([0, 0, 1]), np.array([0, 1, 1])

    assert seats.one_each("mentees", rows, columns).tolist() == [True, True, False]
    assert seats.one_each("mentors", rows, columns).tolist() == [True, False, True]
    assert seats.one_each("pairs", rows, columns).all()


@pytest.mark.parametrize("seed", range(20))
def test_the_check_counts_the_same_seats_by_itself(seed):
    problem = make_wished_problem(np.random.default_rng(seed))

    seats = Seats.of(problem)

    assert [seats.row.tolist(), seats.column.tolist()] == [s.tolist() for s in free_seats(problem)]


def test_pins_are_told_from_other_pairs():
    problem, _seats = make_seats()

    assert beside_pins(problem, np.array([[0, 0], [0, 1], [1, 0]])).tolist() == [False, True, True]
