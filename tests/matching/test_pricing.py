import numpy as np
import pytest

from tests.matching.oracles import dense
from tests.problems import make_feature_problem, make_free_seats
from upwell.matching import candidates, pricing
from upwell.matching.candidates import Candidates
from upwell.matching.certificate import Certificate
from upwell.matching.flow import Prices
from upwell.matching.pricing import price_pass, starting_prices
from upwell.matching.scoring import Scorer
from upwell.matching.verification import verify

NOBODY = np.zeros(0, np.int64)


def make_case(seed):
    random = np.random.default_rng(seed)
    seats = random.integers(1, 4, 50), random.integers(1, 3, 40)
    problem = make_feature_problem(
        random, 50, 40, mentor_capacity=seats[0], mentee_capacity=seats[1]
    )
    return problem, Scorer.of(problem), make_free_seats(*seats)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("small", [10**6, 30])
def test_starting_prices_leave_no_pair_above_them(seed, small, monkeypatch):
    monkeypatch.setattr(pricing, "SMALL", small)
    monkeypatch.setattr(candidates, "TYPICAL", 3)
    problem, scorer, seats = make_case(seed)
    scores, allowed = dense(problem)

    prices = starting_prices(scorer, seats)

    gains = scores - prices.row[:, None] - prices.column
    assert gains[allowed].max() <= 0
    assert prices.column.min() >= 0 and prices.row.min() >= prices.t - prices.first_row


@pytest.mark.parametrize("seed", range(10))
def test_a_pass_finds_the_bound_that_verify_finds_and_the_pairs_above_their_prices(seed):
    problem, scorer, seats = make_case(seed)
    random = np.random.default_rng(seed)
    prices = Prices(20, random.integers(20, 300, 50), random.integers(-9, 90, 40), 7, 9)

    bound, keys = price_pass(scorer, prices, Candidates.of(scorer, NOBODY), seats)

    proof = Certificate(prices.t, prices.column, NOBODY, NOBODY, first_mentor=7, first_mentee=9)
    assert bound == verify(problem, np.zeros((0, 2), np.int64), proof).bound
    scores, allowed = dense(problem)
    above = allowed & (scores > prices.row[:, None] + prices.column)
    assert set(keys.tolist()) <= set(np.flatnonzero(above).tolist())
    found = np.bincount(keys // 40, minlength=50)
    assert np.array_equal(found, np.minimum(above.sum(axis=1), candidates.NEW_PER_ROW))
