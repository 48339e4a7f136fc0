import itertools

import numpy as np
import pytest

from tests.matching.oracles import best_by_milp, best_by_scipy, dense
from tests.problems import make_feature_problem, make_ids, make_problem, make_random_matrix
from upwell.matching import candidates, pricing
from upwell.matching.criteria import FORBIDDEN, Table
from upwell.matching.problem import Problem
from upwell.matching.solve import solve
from upwell.matching.verification import verify


@pytest.fixture(params=["all pairs at once", "by samples and prices"])
def way(request, monkeypatch):
    """Small problems are solved over all pairs; the second way treats them like large ones."""
    if request.param == "by samples and prices":
        monkeypatch.setattr(pricing, "SMALL", 4)
        monkeypatch.setattr(candidates, "TYPICAL", 2)
        monkeypatch.setattr(candidates, "FEWEST", 1)
        monkeypatch.setattr(candidates, "MOST", 3)
        monkeypatch.setattr(candidates, "NEW_PER_ROW", 2)
        monkeypatch.setattr(candidates, "SAMPLED_PEOPLE", 3)


def outcome(result):
    return len(result.pairs), result.value


def is_proven(problem, result):
    verdict = verify(problem, result.pairs, result.certificate)
    figures = verdict.value, verdict.bound, verdict.pairs_bound, verdict.allowed_pairs
    stated = result.value, result.bound, result.pairs_bound, result.survey.allowed_pairs
    return verdict.is_optimal and figures == stated


@pytest.mark.parametrize("seed", range(10))
def test_equals_scipy_with_one_seat_each(way, seed):
    """A hundred of 1,000 instances, each solved in both ways."""
    random = np.random.default_rng(seed)
    for _ in range(100):
        scores, allowed = make_random_matrix(random)
        seats = random.integers(0, 2, len(scores)) if random.random() < 0.5 else [1] * len(scores)
        problem = make_problem(scores, allowed, mentor_capacity=seats)

        result = solve(problem)

        assert outcome(result) == best_by_scipy(scores, allowed, seats)
        assert is_proven(problem, result)


@pytest.mark.parametrize("seed", range(8))
def test_equals_integer_programs_with_seats_on_both_sides(way, seed):
    random = np.random.default_rng(100 + seed)
    for _ in range(25):
        scores, allowed = make_random_matrix(random)
        rows, columns = (random.integers(0, 4, length) for length in scores.shape)
        problem = make_problem(scores, allowed, mentor_capacity=rows, mentee_capacity=columns)

        result = solve(problem)

        assert outcome(result) == best_by_milp(scores, allowed, rows, columns)
        assert is_proven(problem, result)


@pytest.mark.parametrize("seed", range(20))
def test_features_give_what_their_dense_scores_give(way, seed):
    random = np.random.default_rng(seed)
    problem = make_feature_problem(random, *random.integers(1, 40, 2))
    scores, allowed = dense(problem)

    result = solve(problem)

    assert outcome(result) == best_by_scipy(scores, allowed, problem.mentor_capacity)
    assert is_proven(problem, result)


@pytest.mark.parametrize("seed", range(5))
def test_lists_of_pairs_give_what_their_dense_scores_give(way, seed):
    random = np.random.default_rng(200 + seed)
    for _ in range(10):
        n, m = random.integers(1, 12, 2)
        seats = random.integers(0, 2, n)
        lists = random.integers(1, 3)
        problem = make_feature_problem(random, n, m, lists=lists, mentor_capacity=seats)

        result = solve(problem)

        assert outcome(result) == best_by_scipy(*dense(problem), seats)
        assert is_proven(problem, result)


@pytest.mark.parametrize("seed", range(20))
def test_pins_are_kept_and_the_rest_is_the_best_around_them(way, seed):
    random = np.random.default_rng(seed)
    scores = random.integers(-5, 50, (8, 7))
    seats = np.array([2] * 8)
    problem = make_problem(scores, mentor_capacity=seats, pins=[[3, 4], [0, 0]])
    left = np.ones((8, 7), bool)
    left[:, [0, 4]] = False

    result = solve(problem)

    left[[0, 3]] = False  # all others can have one of the five mentees left
    pairs, total = best_by_scipy(scores, left, np.ones(8, int))
    assert outcome(result) == (pairs + 2, total + scores[3, 4] + scores[0, 0])
    assert {(3, 4), (0, 0)} <= {tuple(pair) for pair in result.pairs.tolist()}
    assert is_proven(problem, result)


@pytest.mark.parametrize("seed", range(12))
def test_a_pin_takes_the_first_seat_of_both(way, seed):
    random = np.random.default_rng(seed)
    scores, allowed = random.integers(-9, 9, (5, 6)), random.random((5, 6)) < 0.7
    seats = random.integers(1, 4, 5), random.integers(1, 4, 6)
    pins = np.argwhere(allowed)[:1]
    problem = make_problem(
        scores, allowed, mentor_capacity=seats[0], mentee_capacity=seats[1], pins=pins
    )

    result = solve(problem)

    worth = scores + 1_000 * np.isin(np.arange(30).reshape(5, 6), pins @ (6, 1))
    assert outcome(result)[0] == best_by_milp(worth, allowed, *seats)[0]
    assert result.value + 1_000 * len(pins) == best_by_milp(worth, allowed, *seats)[1]
    assert is_proven(problem, result)


@pytest.mark.parametrize(
    ("n", "m", "pairs"), [(60, 60, 60), (5, 900, 5), (900, 5, 5), (1, 1, 1), (300, 299, 299)]
)
def test_all_equal_scores_pair_everybody(way, n, m, pairs):
    table = Table("fit", np.zeros(n, int), np.zeros(m, int), [[7]])
    problem = Problem([f"a{i}" for i in range(n)], [f"b{j}" for j in range(m)], [table])

    result = solve(problem)

    assert outcome(result) == (pairs, 7 * pairs)
    assert is_proven(problem, result)


def test_one_allowed_pair_each_is_found(way):
    problem = make_problem(np.ones((80, 80), int), np.roll(np.eye(80, dtype=bool), 11, axis=1))

    result = solve(problem)

    assert result.pairs.tolist() == [[i, (i + 11) % 80] for i in range(80)]
    assert is_proven(problem, result)


@pytest.mark.parametrize(
    "shape", [(0, 0), (0, 3), (3, 0), (3, 4)], ids=["nobody", "no mentors", "no mentees", "none"]
)
def test_nothing_allowed_is_a_proven_empty_result(way, shape):
    problem = make_problem(np.ones(shape, int), np.zeros(shape, bool))

    result = solve(problem)

    assert outcome(result) == (0, 0)
    assert (result.floor, result.survey.allowed_pairs) == (None, 0)
    assert is_proven(problem, result)


def test_more_pairs_beat_a_better_total(way):
    problem = make_problem([[1_000_000, -1_000_000], [-1_000_000, 0]], [[1, 1], [1, 0]])

    result = solve(problem)

    assert outcome(result) == (2, -2_000_000)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_people_changes_no_figure(seed):
    random = np.random.default_rng(seed)
    scores, allowed = random.integers(0, 20, (30, 25)), random.random((30, 25)) < 0.3
    rows, columns = random.permutation(30), random.permutation(25)

    straight = solve(make_problem(scores, allowed))
    shuffled = solve(make_problem(scores[np.ix_(rows, columns)], allowed[np.ix_(rows, columns)]))

    figures = [(*outcome(r), r.bound, r.survey.allowed_pairs) for r in (straight, shuffled)]
    assert figures[0] == figures[1]


def test_the_same_problem_gives_the_same_pairs_and_prices():
    first, second = (
        solve(make_feature_problem(np.random.default_rng(1), 300, 1_000)) for _ in range(2)
    )

    assert first.pairs.tolist() == second.pairs.tolist()
    assert first.certificate.prices.tolist() == second.certificate.prices.tolist()


@pytest.mark.parametrize("asked", [1, 2, 3])
def test_a_stopped_run_returns_what_it_has_with_bounds_that_hold(way, asked):
    problem = make_feature_problem(np.random.default_rng(3), 60, 50)
    answers = iter([False] * (asked - 1) + [True] * 100)

    stopped = solve(problem, should_stop=lambda: next(answers))

    seats = problem.mentor_capacity, problem.mentee_capacity
    most, _ = best_by_milp(*dense(problem), *seats)
    _, best = best_by_milp(*dense(problem), *seats, pairs=len(stopped.pairs))
    verdict = verify(problem, stopped.pairs, stopped.certificate)
    assert verdict.is_feasible
    assert (verdict.bound, verdict.pairs_bound) == (stopped.bound, stopped.pairs_bound)
    assert len(stopped.pairs) <= most <= stopped.pairs_bound
    assert stopped.value <= best <= stopped.bound


@pytest.mark.parametrize("seed", range(6))
def test_scores_near_the_limit_of_exactness_are_solved_exactly(seed):
    random = np.random.default_rng(seed)
    size = (620, 520)
    languages = np.where(random.random((9, 9)) < 0.5, FORBIDDEN, 0)
    problem = Problem(
        make_ids("a", size[0]),
        make_ids("b", size[1]),
        [
            Table("fit", *make_places(random, size, 40), random.integers(0, 1_000_000, (40, 40))),
            Table("language", *make_places(random, size, 9), languages),
        ],
    )

    result = solve(problem)

    assert is_proven(problem, result)


def make_places(random, size, classes):
    return [random.integers(0, classes, length) for length in size]


def test_progress_is_told_and_ends_without_a_gap():
    told = []

    solve(make_feature_problem(np.random.default_rng(4)), on_progress=told.append)

    assert told[-1].gap == 0
    assert all(a.passes <= b.passes for a, b in itertools.pairwise(told))
