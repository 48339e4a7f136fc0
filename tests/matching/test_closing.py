"""The integer program that closes what prices leave open."""

import numpy as np
import pytest

from tests.matching.oracles import permutations
from tests.problems import make_free_seats
from upwell.matching.certificate import Counts
from upwell.matching.closing import Closing


def make_closing(scores, is_kept, kept, seats=None):
    n, m = scores.shape
    rows, columns = np.divmod(np.arange(n * m), m)
    free = seats or (np.ones(n, int), np.ones(m, int))
    return Closing(rows, columns, scores.ravel(), is_kept.ravel(), make_free_seats(*free), kept)


@pytest.mark.parametrize("seed", range(10))
def test_finds_the_best_total_that_keeps_enough(seed):
    random = np.random.default_rng(seed)
    scores, is_kept = random.integers(-9, 50, (5, 5)), np.eye(5, dtype=bool)
    ways = permutations(5)
    totals = scores[np.arange(5), ways].sum(axis=1)
    kept = (ways == np.arange(5)).sum(axis=1)

    for least in range(6):
        made, is_solved = make_closing(scores, is_kept, least).best(Counts(5, 5, 5))

        assert is_solved
        assert scores.ravel()[made].sum() == totals[kept >= least].max()
        assert is_kept.ravel()[made].sum() >= least


def test_says_where_there_is_no_such_choice():
    closing = make_closing(np.ones((2, 2), int), np.zeros((2, 2), bool), 1)

    assert closing.best(Counts(2, 2, 2)) == (None, True)


def test_gives_up_what_floats_do_not_hold():
    closing = make_closing(np.full((2, 2), 2**53), np.zeros((2, 2), bool), 0)

    assert closing.best(Counts(2, 2, 2)) == (None, False)


def test_counts_mentees_before_mentors_before_pairs():
    seats = np.array([2, 1]), np.array([1, 2])

    most = make_closing(np.zeros((2, 2), int), np.zeros((2, 2), bool), 0, seats).most()

    assert most == Counts(3, 2, 2)
