from dataclasses import replace

import numpy as np
import pytest

from tests.matching.oracles import best_by_scipy, dense
from tests.problems import make_feature_problem, make_problem, make_random_matrix
from upwell.matching import scoring
from upwell.matching.certificate import Certificate
from upwell.matching.criteria import Table
from upwell.matching.exact import pair_score
from upwell.matching.solve import solve
from upwell.matching.verification import verify


def make_certificate(t, prices, mentors=(), mentees=()):
    as_array = [np.array(values, np.int64) for values in (prices, mentors, mentees)]
    return Certificate(t, *as_array)


@pytest.mark.parametrize("seed", range(10))
def test_no_prices_whatever_give_a_bound_below_the_best_total(seed):
    random = np.random.default_rng(seed)
    for _ in range(30):
        scores, allowed = make_random_matrix(random)
        seats = random.integers(1, 3, len(scores))
        problem = make_problem(scores, allowed, mentor_capacity=seats)
        best = solve(problem)
        span = int(np.abs(scores).max()) + 1
        prices = random.integers(0, span, scores.shape[1])
        everybody = range(len(scores))
        proof = make_certificate(int(random.integers(-span, span)), prices, everybody)

        verdict = verify(problem, best.pairs, proof)

        assert verdict.bound >= best_by_scipy(scores, allowed, seats)[1]
        assert verdict.pairs_bound >= len(best.pairs)


def test_a_thousand_by_a_thousand_holds_by_an_independent_check():
    random = np.random.default_rng(5)
    scores = random.integers(0, 1_000_001, (1_000, 1_000))
    result = solve(make_problem(scores))

    t, prices = result.certificate.t, result.certificate.prices
    rows, columns = result.pairs.T
    gains = np.maximum((scores - t - prices).max(axis=1), 0)
    bound = 1_000 * t + gains.sum() + prices.sum()

    assert prices.min() >= 0
    assert sorted(rows) == sorted(columns) == list(range(1_000))
    assert scores[rows, columns].sum() == bound == result.value


@pytest.mark.parametrize(
    ("pairs", "fault"),
    [
        ([[0, 0], [0, 1]], "a0 has 2 counterparts and 1 seats"),
        ([[0, 0], [1, 0]], "b0 has 2 counterparts and 1 seats"),
        ([[0, 0], [0, 0]], "a pair is named twice"),
        ([[0, 2]], "a0 and b2 break: fit"),
        ([[0, 9]], "a pair names somebody who is not in the problem"),
        ([[-1, 0]], "a pair names somebody who is not in the problem"),
        ([0, 1], "the pairs are not a list of mentor and mentee"),
    ],
)
def test_wrong_pairs_are_named(pairs, fault):
    problem = make_problem([[5, 4, 3], [4, 3, 2]], [[1, 1, 0], [1, 1, 1]])

    verdict = verify(problem, np.array(pairs), make_certificate(0, [0, 0, 0], [0, 1]))

    assert verdict.faults[0] == fault
    assert not verdict.is_optimal


@pytest.mark.parametrize("pairs", [[[0.0, 0.0]], [[0.5, 1.0]], [["a0", "b0"]]])
def test_pairs_that_are_no_whole_numbers_are_refused(pairs):
    problem = make_problem([[3, 2]])

    with pytest.raises(ValueError, match="pairs must hold integers"):
        verify(problem, np.array(pairs), make_certificate(0, [0, 0]))


def test_a_pin_left_out_is_named():
    problem = make_problem([[5, 4], [4, 3]], pins=[[1, 0]])

    verdict = verify(problem, np.array([[0, 0]]), make_certificate(0, [0, 0], [0, 1]))

    assert verdict.faults == ("the pinned pair a1 and b0 is missing",)


@pytest.mark.parametrize("t", [0, -(2**62), 2**62])
def test_prices_so_large_that_their_sum_would_wrap_prove_nothing(t):
    scores = np.add.outer(np.arange(4), np.arange(4)) ** 2
    problem = make_problem(scores)
    crossed = np.array([[i, 3 - i] for i in range(4)])
    wrong = int(scores[tuple(crossed.T)].sum())
    forged = make_certificate(t, [2**62, 2**62, 2**62, 2**62 + wrong], range(4))

    verdict = verify(problem, crossed, forged)

    assert wrong < solve(problem).value
    assert verdict.faults == (f"a price is beyond {2**52}",)


def test_the_largest_prices_allowed_are_added_up_exactly():
    problem = make_problem(np.ones((3, 300), int), mentee_capacity=[1000] * 300)
    proof = make_certificate(-(2**52), [2**52] * 300, range(3))

    verdict = verify(problem, np.array([[0, 0]]), proof)

    assert verdict.bound == -(2**52) + 3 + 300 * 1000 * 2**52


@pytest.mark.parametrize(
    ("proof", "fault"),
    [
        (make_certificate(0, [0, -1], [0, 1]), "a price is negative"),
        (make_certificate(0, [0], [0, 1]), "the prices are not one for each mentee"),
        (
            make_certificate(0, [0, 0], [0, 0]),
            "the cover names somebody twice, or who is not in the problem",
        ),
        (
            make_certificate(0, [0, 0], [0, 2]),
            "the cover names somebody twice, or who is not in the problem",
        ),
    ],
)
def test_an_ill_formed_proof_is_named(proof, fault):
    problem = make_problem([[5, 4], [4, 3]])

    verdict = verify(problem, np.array([[0, 0], [1, 1]]), proof)

    assert verdict.faults == (fault,)


def test_a_wrong_coefficient_in_the_fast_scores_is_noticed(monkeypatch):
    problem = make_feature_problem(np.random.default_rng(6))
    true_features = scoring.features

    def wrong_features(criterion):
        left, right = true_features(criterion)
        if isinstance(criterion, Table) and criterion.code == "hours":
            right = right.copy()
            right[:, 0] += 40
        return left, right

    monkeypatch.setattr(scoring, "features", wrong_features)
    result = solve(problem)

    verdict = verify(problem, result.pairs, result.certificate)
    assert result.gap == 0
    assert (verdict.value, verdict.bound) != (result.value, result.bound)


def test_a_wrong_point_in_the_fast_lists_is_noticed(monkeypatch):
    problem = make_feature_problem(np.random.default_rng(6), lists=1)
    singles = scoring.Singles.of(problem)
    wrong = replace(singles, points=singles.points + 40 * (singles.columns == 0))
    monkeypatch.setattr(scoring.Singles, "of", lambda problem: wrong)
    result = solve(problem)

    verdict = verify(problem, result.pairs, result.certificate)
    assert result.gap == 0
    assert (verdict.value, verdict.bound) != (result.value, result.bound)


@pytest.mark.parametrize("seed", range(5))
def test_scores_of_pairs_on_lists_are_the_listed_ones(seed):
    problem = make_feature_problem(np.random.default_rng(seed), 9, 8, lists=2)
    scores, allowed = dense(problem)

    found = {(i, j): pair_score(problem, i, j) for i, j in np.argwhere(allowed).tolist()}

    assert found == {(i, j): scores[i, j] for i, j in found}


@pytest.mark.parametrize("seed", range(5))
def test_allowed_pairs_are_counted_over_all_pairs(seed):
    problem = make_feature_problem(np.random.default_rng(seed), pins=[[2, 3]], exclusions=[])
    result = solve(problem)

    verdict = verify(problem, result.pairs, result.certificate)

    assert verdict.allowed_pairs == dense(problem)[1].sum() == result.survey.allowed_pairs
