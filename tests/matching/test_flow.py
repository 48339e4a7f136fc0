import numpy as np
import pytest

from tests.problems import make_free_seats, make_problem, make_random_matrix
from upwell.matching.candidates import Candidates, every_pair
from upwell.matching.flow import Prices, best_flow, prices_of
from upwell.matching.scoring import Scorer


def make_case(random):
    scores, allowed = make_random_matrix(random, largest=12)
    seats = [random.integers(1, 3, length) for length in scores.shape]
    scorer = Scorer.of(make_problem(scores, allowed))
    start = Prices(0, random.integers(0, 50, len(scores)), random.integers(0, 50, len(scores[0])))
    return Candidates.of(scorer, every_pair(scorer)), make_free_seats(*seats), start


@pytest.mark.parametrize("seed", range(30))
def test_prices_hold_for_every_candidate_and_are_tight_where_they_must_be(seed):
    pairs, seats, start = make_case(np.random.default_rng(seed))
    chosen = best_flow(pairs, seats)

    prices = prices_of(pairs, chosen, seats, start)

    slack = prices.row[pairs.rows] + prices.column[pairs.columns] - pairs.scores
    assert np.all(slack[~chosen] >= 0) and np.all(slack[chosen] <= 0)
    assert min(prices.first_row, prices.first_column) >= 0
    rows = np.bincount(pairs.rows[chosen], minlength=len(seats.row))
    first = prices.t - prices.first_row
    assert np.all(prices.row >= np.where(rows > seats.first_row, prices.t, first))
    assert np.all(prices.row[rows < seats.first_row] == first)
    assert np.all(prices.row[rows < seats.row] <= prices.t)
    columns = np.bincount(pairs.columns[chosen], minlength=len(seats.column))
    lowest = np.where(columns > seats.first_column, 0, -prices.first_column)
    assert np.all(prices.column >= lowest)
    assert np.all(prices.column[columns < seats.first_column] == -prices.first_column)
    assert np.all(prices.column[columns < seats.column] <= 0)


def test_a_choice_that_is_not_the_best_has_no_prices():
    scorer = Scorer.of(make_problem([[9, 1], [1, 9]]))
    pairs = Candidates.of(scorer, every_pair(scorer))
    ones = np.ones(2, np.int64)
    crossed = np.array([False, True, True, False])

    with pytest.raises(RuntimeError, match="not the best"):
        prices_of(pairs, crossed, make_free_seats(ones, ones), Prices(0, ones * 9, ones * 0))
