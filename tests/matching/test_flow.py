import numpy as np
import pytest

from tests.problems import make_problem, make_random_matrix
from upwell.matching.candidates import Candidates, every_pair
from upwell.matching.flow import Prices, best_flow, prices_of
from upwell.matching.scoring import Scorer


def make_case(random):
    scores, allowed = make_random_matrix(random, largest=12)
    seats = [random.integers(1, 3, length) for length in scores.shape]
    scorer = Scorer.of(make_problem(scores, allowed))
    start = Prices(0, random.integers(0, 50, len(scores)), random.integers(0, 50, len(scores[0])))
    return Candidates.of(scorer, every_pair(scorer)), *seats, start


@pytest.mark.parametrize("seed", range(30))
def test_prices_hold_for_every_candidate_and_are_tight_where_they_must_be(seed):
    pairs, rows, columns, start = make_case(np.random.default_rng(seed))
    chosen = best_flow(pairs, rows, columns)

    prices = prices_of(pairs, chosen, rows, columns, start)

    slack = prices.row[pairs.rows] + prices.column[pairs.columns] - pairs.scores
    free_rows = np.bincount(pairs.rows[chosen], minlength=len(rows)) < rows
    free_columns = np.bincount(pairs.columns[chosen], minlength=len(columns)) < columns
    assert np.all(slack[~chosen] >= 0) and np.all(slack[chosen] <= 0)
    assert np.all(prices.row >= prices.t) and np.all(prices.row[free_rows] == prices.t)
    assert np.all(prices.column >= 0) and np.all(prices.column[free_columns] == 0)


def test_a_choice_that_is_not_the_best_has_no_prices():
    scorer = Scorer.of(make_problem([[9, 1], [1, 9]]))
    pairs = Candidates.of(scorer, every_pair(scorer))
    seats = np.ones(2, np.int64)
    crossed = np.array([False, True, True, False])

    with pytest.raises(RuntimeError, match="not the best"):
        prices_of(pairs, crossed, seats, seats, Prices(0, seats * 9, seats * 0))
