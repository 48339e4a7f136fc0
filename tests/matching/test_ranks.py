"""Ranks as points: any rank outweighs any score, and whoever is not ranked has none."""

import numpy as np
import pytest

from tests.matching.oracles import dense, wishes
from tests.matching.wishes import make_wished_problem
from tests.problems import make_problem
from upwell.matching.criteria import RANK_LIMIT, Ranking
from upwell.matching.ranks import RANK_POINTS, Ranks
from upwell.matching.scoring import Scorer


def test_a_better_rank_is_worth_more_than_every_score():
    ranking = Ranking("mentor", [[1, 0], [0, 1]], [2, 1])
    problem = make_problem(np.zeros((2, 2), int), rankings=[ranking])

    points = Ranks.of(problem, "mentor").at(np.array([0, 1, 0]), np.array([1, 0, 0]))

    assert points.tolist() == [RANK_LIMIT * RANK_POINTS, (RANK_LIMIT - 1) * RANK_POINTS, 0]


def test_the_side_that_ranks_nobody_has_no_entries():
    problem = make_problem(np.zeros((2, 2), int), rankings=[Ranking("mentor", [[0, 0]], [1])])

    ranks = Ranks.of(problem, "mentee")

    assert ranks.at(np.array([0]), np.array([0])).tolist() == [0]
    assert ranks.within(np.array([0, 1]))[0].tolist() == []


@pytest.mark.parametrize("side", ["mentor", "mentee"])
@pytest.mark.parametrize("seed", range(20))
def test_above_a_bar_are_the_allowed_pairs_that_are_more_welcome(seed, side):
    random = np.random.default_rng(seed)
    problem = make_wished_problem(random)
    scores, allowed = dense(problem)
    allowed[tuple(problem.pins.T)] = False
    wanted, scorer = wishes(problem, side), Scorer.of(problem)
    ranks = np.where(np.isfinite(wanted), RANK_LIMIT + 1 + wanted, 0) * RANK_POINTS
    bar = random.choice((scores + ranks).ravel(), (1, scores.shape[1])).astype(np.int64)

    for rows, block in scorer.blocks():
        found = Ranks.of(problem, side).above(block, rows, bar, scorer.lowest)

        assert np.array_equal(found, (allowed & (scores + ranks > bar))[rows])
