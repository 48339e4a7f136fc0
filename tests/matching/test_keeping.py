"""Scores in which kept pairs count for more, and the best by them."""

from dataclasses import replace

import numpy as np
import pytest

from tests.matching.oracles import dense
from tests.problems import make_feature_problem, make_problem
from upwell.matching.candidates import every_pair
from upwell.matching.certificate import Counts
from upwell.matching.keeping import Keeping, Search, Weights
from upwell.matching.pricing import starting_prices
from upwell.matching.scoring import Scorer
from upwell.matching.seats import Seats

KEPT = np.array([[0, 1], [2, 0]])


@pytest.mark.parametrize(
    "weights", [Weights(1, 0), Weights(1, 500), Weights(3, 7), Weights(1, 10**12)]
)
def test_a_kept_pair_scores_its_bonus_more_and_every_score_counts_by_its_factor(weights):
    problem = make_feature_problem(np.random.default_rng(1), 8, 6, exclusions=[])
    scores, allowed = dense(problem)
    allowed[tuple(KEPT.T)] = True
    expected = weights.factor * scores
    expected[tuple(KEPT.T)] += weights.bonus

    scorer = replace(Keeping.pairs(Scorer.of(problem), KEPT), weights=weights)

    rows, columns = np.nonzero(dense(problem)[1])
    assert scorer.scores_at(rows, columns).tolist() == expected[rows, columns].tolist()
    for some, block in scorer.blocks():
        found = block[block > scorer.lowest]
        assert found.tolist() == expected[some][dense(problem)[1][some]].tolist()


@pytest.mark.parametrize(
    ("bonus", "kept", "total"), [(0, 0, 16), (5, 0, 16), (6, 2, 10), (10**6, 2, 10)]
)
def test_a_larger_bonus_keeps_more_and_gives_up_more_of_the_total(bonus, kept, total):
    problem = make_problem([[9, 8], [8, 1]])
    scorer, seats = Keeping.pairs(Scorer.of(problem), np.array([[0, 0], [1, 1]])), Seats.of(problem)
    prices = starting_prices(scorer, seats)
    search = Search(scorer, seats, every_pair(scorer), prices, lambda: False)

    found = search.best(Counts(2, 2, 2), Weights(2, bonus))

    assert (found.kept, found.total, found.is_proven) == (kept, total, True)
    assert found.most_total(kept) == total
