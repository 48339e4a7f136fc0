"""Pairs that stand, and what is possible around them."""

import numpy as np
import pytest

from tests.problems import make_problem
from upwell.matching.certificate import Counts
from upwell.matching.standing import Standing


def make_standing(scores, pairs, **options):
    problem = make_problem(scores, **options)
    return Standing.of(problem, np.array(pairs, np.int64).reshape(-1, 2), lambda: False)


def test_keeping_all_matches_whoever_is_left():
    standing = make_standing([[1, 9, 9], [9, 2, 3], [9, 5, 4]], [[0, 0]])

    still = standing.still()

    assert standing.pairs(np.sort(still.found.keys)).tolist() == [[0, 0], [1, 2], [2, 1]]
    assert (still.found.kept, still.found.total, still.bound, still.is_exact) == (1, 9, 9, True)


def test_people_of_pins_take_no_part():
    standing = make_standing([[1, 2], [3, 4]], [[0, 0]], pins=[[1, 1]])

    assert (standing.rows.tolist(), standing.columns.tolist()) == ([0], [0])
    assert standing.pairs(standing.keys).tolist() == [[0, 0]]


def test_a_pair_that_stands_takes_the_first_seats():
    standing = make_standing([[1, 2]], [[0, 1]], mentor_capacity=[2])

    left = standing.seats_left(*standing.ends(standing.keys))

    assert (left.first_row.tolist(), left.extra_row.tolist()) == ([0], [1])
    assert left.first_column.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("allowed", "is_most"), [([[1, 1], [1, 0]], False), ([[1, 0], [1, 0]], True)]
)
def test_whether_more_could_be_placed_is_known_where_all_who_are_free_are_allowed_nobody(
    allowed, is_most
):
    standing = make_standing(np.ones((2, 2), int), [[0, 0]], allowed=np.array(allowed, bool))

    assert standing.is_most(standing.keys) == is_most


def test_counts_of_one_seat_each_are_one_number():
    still = make_standing(np.ones((3, 2), int), [[2, 1]]).still()

    assert still.found.counts == still.most == Counts(2, 2, 2)
