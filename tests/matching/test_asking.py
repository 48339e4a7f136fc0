"""Deferred acceptance on an example that can be followed by hand."""

import numpy as np

from tests.problems import make_problem
from upwell.matching.asking import Asking
from upwell.matching.criteria import Ranking
from upwell.matching.scoring import Scorer
from upwell.matching.seats import Seats

EVERY = np.argwhere(np.ones((3, 3)))
MENTORS = np.array([[1, 2, 3], [2, 1, 3], [1, 2, 3]])
"""The rank that each mentor (row) gives each mentee."""

MENTEES = np.array([[3, 1, 2], [1, 3, 3], [2, 2, 1]])
"""The rank that each mentee (column) gives each mentor (row)."""


def make_asking(**seats):
    rankings = [
        Ranking("mentor", EVERY, MENTORS.ravel()),
        Ranking("mentee", EVERY, MENTEES.ravel()),
    ]
    problem = make_problem(np.zeros((3, 3), int), rankings=rankings, **seats)
    free = Seats.of(problem)
    return Asking(Scorer.of(problem), problem, free.row, free.column)


def pairs(asking):
    asking.settle()
    return sorted(map(tuple, asking.made().tolist()))


def test_mentors_ask_in_turn_and_mentees_keep_whom_they_like_best():
    # Mentors 0 and 2 ask mentee 0, who keeps 2. So 0 asks mentee 1, who gives up 1 for 0. So 1 asks
    # mentee 0, who gives up 2 for 1. Mentor 2 asks mentee 1 in vain, and comes to mentee 2.
    assert pairs(make_asking()) == [(0, 1), (1, 0), (2, 2)]


def test_a_further_seat_lets_a_mentee_keep_two():
    made = pairs(make_asking(mentee_capacity=[2, 1, 1]))

    assert made == [(0, 0), (1, 1), (2, 0)]


def test_mentors_without_a_seat_ask_nobody():
    assert pairs(make_asking(mentor_capacity=[0, 1, 0])) == [(1, 1)]
