"""Step by step from keeping every pair to the best of all."""

import numpy as np
import pytest

from tests.matching.oracles import permutations
from tests.problems import make_problem
from upwell.matching.ladder import even
from upwell.matching.standing import Standing


def make_ladder(scores):
    """The ladder of people who all have somebody of their own number."""
    problem = make_problem(scores)
    pairs = np.column_stack([np.arange(len(scores))] * 2)
    standing = Standing.of(problem, pairs, lambda: False)
    return standing.ladder(standing.still(), is_most=True, start=None)


@pytest.mark.parametrize("seed", range(10))
def test_at_most_so_many_moved_is_the_best_of_all_ways_to_do_so(seed):
    scores = np.random.default_rng(seed).integers(0, 40, (5, 5))
    ways = permutations(5)
    totals = scores[np.arange(5), ways].sum(axis=1)
    moved = (ways != np.arange(5)).sum(axis=1)
    ladder = make_ladder(scores)

    for limit in range(6):
        step = ladder.at_most(limit)

        assert step.is_exact
        assert step.found.total == step.bound == totals[moved <= limit].max()
        assert ladder.moved(step.found) <= limit


def test_the_curve_ascends_from_keeping_every_pair_to_the_best_of_all():
    scores = np.random.default_rng(3).integers(0, 40, (8, 8))
    ladder = make_ladder(scores)

    curve = sorted(ladder.curve(6), key=lambda step: ladder.moved(step.found))

    totals = [step.found.total for step in curve]
    assert totals == sorted(totals)
    assert totals[-1] == ladder.at_most(8).found.total
    assert all(step.found.counts == even(8) for step in curve)
