"""Shapes that are hard on solvers and on their numbers, against SciPy's dense optimum."""

import numpy as np
import pytest

from tests.matching.oracles import best_by_milp, best_by_scipy
from tests.problems import make_ids, make_problem
from upwell.matching.blocking import blocking_pairs
from upwell.matching.criteria import MATRIX_LIMIT, Affinity, Exclusion, Table
from upwell.matching.exact import exact_blocks
from upwell.matching.problem import Problem
from upwell.matching.solve import solve
from upwell.matching.verification import verify

MOST = MATRIX_LIMIT - 1


def is_proven(problem, result):
    verdict = verify(problem, result.pairs, result.certificate)
    return verdict.is_optimal and (verdict.value, verdict.bound) == (result.value, result.bound)


def outcome(result):
    return len(result.pairs), result.value


def best_of(scores, allowed=None):
    allowed = np.ones(scores.shape, bool) if allowed is None else allowed
    return best_by_scipy(scores, allowed, np.ones(len(scores), int))


def make_chain(n):
    """Person i may have i and i − 1 of the other side: one path through all of them."""
    return np.eye(n, dtype=bool) | np.eye(n, k=-1, dtype=bool)


def make_heavy_ties(seed):
    """Scores of 0 and 1, and the few pairs that are allowed."""
    random = np.random.default_rng(seed)
    return random.integers(0, 2, (150, 150)), random.random((150, 150)) < 0.03


@pytest.mark.parametrize("objective", ["total", "fair"])
def test_all_equal_scores_among_many(objective):
    problem = make_problem(np.full((300, 350), 7))

    result = solve(problem, objective=objective)

    assert outcome(result) == (300, 2_100) and is_proven(problem, result)


@pytest.mark.parametrize("objective", ["total", "fair"])
@pytest.mark.parametrize("seed", range(4))
def test_heavy_ties(seed, objective):
    scores, allowed = make_heavy_ties(seed)
    problem = make_problem(scores, allowed)

    result = solve(problem, objective=objective)

    # Of two scores, as few as possible at the lower one and the best total are the same.
    assert outcome(result) == best_of(scores, allowed) and is_proven(problem, result)


def make_few_and_very_many():
    random = np.random.default_rng(1)
    n, m = 300, 20_000
    criteria = [
        Affinity("topics", random.integers(0, 4, (n, 6)), random.integers(0, 50, (m, 6))),
        Table("hours", random.integers(0, 4, n), random.integers(0, 4, m), np.eye(4, dtype=int)),
    ]
    line = Exclusion("line", random.integers(0, n, (500, 2)))
    return Problem(make_ids("a", n), make_ids("b", m), criteria, exclusions=[line])


def make_one_each(n=2_000):
    partner = np.random.default_rng(1).permutation(n)
    allowed = np.zeros((n, n), bool)
    allowed[np.arange(n), partner] = True
    return make_problem(np.ones((n, n), int), allowed), partner


def test_few_mentors_and_very_many_mentees():
    problem = make_few_and_very_many()
    blocks = [(block, allowed) for _rows, block, allowed in exact_blocks(problem)]
    scores, allowed = (np.concatenate(parts) for parts in zip(*blocks, strict=True))

    result = solve(problem)

    assert outcome(result) == best_of(scores, allowed) and is_proven(problem, result)


def test_few_mentors_and_very_many_mentees_fairly():
    problem = make_few_and_very_many()
    blocks = [(block, allowed) for _rows, block, allowed in exact_blocks(problem)]
    scores, allowed = (np.concatenate(parts) for parts in zip(*blocks, strict=True))

    result = solve(problem, objective="fair")

    above = allowed & (scores > result.floor)
    assert len(result.pairs) == 300 and is_proven(problem, result)
    assert best_of(np.zeros_like(scores), above)[0] < 300


@pytest.mark.parametrize("objective", ["total", "fair", "stable"])
def test_one_allowed_pair_each_among_two_thousand(objective):
    problem, partner = make_one_each()

    result = solve(problem, objective=objective)

    assert result.pairs[:, 1].tolist() == partner.tolist() and is_proven(problem, result)


@pytest.mark.parametrize(
    "problem",
    [
        make_few_and_very_many(),
        make_problem(np.full((300, 350), 7)),
        make_problem(*make_heavy_ties(0)),
        make_problem(*make_heavy_ties(1)),
    ],
    ids=["few and very many", "all equal", "heavy ties", "other ties"],
)
def test_no_two_would_rather_have_each_other_in_hard_shapes(problem):
    result = solve(problem, objective="stable")

    assert result.survey.blocking_pairs == blocking_pairs(problem, result.pairs) == 0
    assert verify(problem, result.pairs, result.certificate).faults == ()


def test_two_blocks_that_do_not_touch():
    random = np.random.default_rng(1)
    scores = random.integers(-50, 50, (130, 120))
    is_first = np.arange(130)[:, None] < 40, np.arange(120) < 70
    allowed = is_first[0] == is_first[1]
    problem = make_problem(scores, allowed)

    result = solve(problem)

    assert outcome(result) == best_of(scores, allowed) and is_proven(problem, result)
    assert len(result.pairs) == 40 + 50


@pytest.mark.parametrize("seats", [1, 30, 1_000])
def test_a_star_of_one_mentee_whom_all_may_have(seats):
    scores = np.arange(600)[:, None]
    problem = make_problem(scores, mentee_capacity=[seats])

    result = solve(problem)

    taken = min(seats, 600)
    assert outcome(result) == (taken, sum(range(600 - taken, 600))) and is_proven(problem, result)


def test_a_star_beside_which_everybody_has_one_more():
    allowed = np.eye(300, dtype=bool)
    allowed[:, 0] = True
    scores = np.where(np.arange(300) == 0, 1_000, np.arange(300)[:, None])
    problem = make_problem(scores, allowed)

    result = solve(problem)

    assert outcome(result) == best_of(scores, allowed) and is_proven(problem, result)


@pytest.mark.parametrize(
    ("inner", "outer"), [(0, 0), (0, 1), (1, 0), (-MOST, MOST), (MOST, -MOST), (MOST, MOST)]
)
def test_a_chain_of_two_thousand(inner, outer):
    n = 1_000
    problem = make_problem(np.where(np.eye(n, dtype=bool), inner, outer), make_chain(n))

    result = solve(problem)

    assert outcome(result) == (n, n * inner) and is_proven(problem, result)


@pytest.mark.parametrize("seed", range(4))
def test_a_chain_without_its_ends(seed):
    random, n = np.random.default_rng(seed), 400
    scores, allowed = random.integers(-9, 9, (n, n)), make_chain(n)
    allowed[random.integers(0, n, 3)] = False
    problem = make_problem(scores, allowed)

    result = solve(problem)

    assert outcome(result) == best_of(scores, allowed) and is_proven(problem, result)


@pytest.mark.parametrize("objective", ["total", "fair"])
@pytest.mark.parametrize("seed", range(3))
def test_scores_at_both_limits(seed, objective):
    random = np.random.default_rng(seed)
    scores = random.choice([-MOST, 1 - MOST, 0, MOST - 1, MOST], (90, 100))
    problem = make_problem(scores)

    result = solve(problem, objective=objective)

    assert is_proven(problem, result)
    assert len(result.pairs) == 90
    if objective == "total":
        assert outcome(result) == best_of(scores)


@pytest.mark.parametrize("objective", ["total", "fair"])
@pytest.mark.parametrize("seed", range(6))
def test_scores_at_both_limits_with_several_seats(seed, objective):
    random = np.random.default_rng(seed)
    scores = random.choice([-MOST, 0, MOST], (12, 10))
    allowed = random.random((12, 10)) < 0.4
    seats = [random.integers(0, 5, size) for size in (12, 10)]
    problem = make_problem(scores, allowed, mentor_capacity=seats[0], mentee_capacity=seats[1])

    result = solve(problem, objective=objective)

    assert is_proven(problem, result)
    if objective == "total":
        pairs, signs = best_by_milp(scores // MOST, allowed, *seats)
        assert outcome(result) == (pairs, signs * MOST)


def test_the_limits_among_very_many_and_few_allowed():
    random = np.random.default_rng(0)
    allowed = random.random((7, 60_000)) < 0.00005
    allowed[:, :3] = True
    problem = make_problem(random.integers(-MOST, MOST, (7, 60_000)), allowed)

    result = solve(problem, objective="fair")

    assert is_proven(problem, result)
