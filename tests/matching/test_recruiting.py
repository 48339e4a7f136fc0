"""What one more mentor is worth, against the problem solved anew with them."""

from dataclasses import replace

import numpy as np
import pytest

from tests.matching.oracles import best_by_scipy, milp_in_turn
from tests.problems import make_feature_problem, make_problem, make_random_matrix
from upwell.matching import arcs, candidates
from upwell.matching.certificate import Counts
from upwell.matching.criteria import MATRIX_FORBIDDEN
from upwell.matching.recruiting import Recruiting, Worth, one_more_mentor
from upwell.matching.solve import solve


@pytest.fixture(params=["all pairs", "near pairs"])
def way(request, monkeypatch):
    """Small problems have arcs for all pairs; the second way treats them like large ones."""
    if request.param == "near pairs":
        monkeypatch.setattr(arcs, "SMALL", 4)
        monkeypatch.setattr(candidates, "TYPICAL", 2)
        monkeypatch.setattr(candidates, "SAMPLED_PEOPLE", 3)
    return request.param


def make_newcomers(random, scores, count=3):
    """Scores of some new mentors, as wide as those there are, and which pairs they may have."""
    shape = count, scores.shape[1]
    new = random.integers(scores.min() - 2, scores.max() + 3, shape)
    return new, random.random(shape) < random.choice([0.2, 0.6, 1.0])


def joined(scores, allowed, new, may):
    """The scores and allowed pairs with one more mentor."""
    return np.vstack([scores, new]), np.vstack([allowed, may])


@pytest.mark.parametrize("seed", range(10))
def test_one_more_mentor_is_worth_what_solving_anew_finds(way, seed):
    random = np.random.default_rng(seed)
    for _ in range(25):
        scores, allowed = make_random_matrix(random, largest=7)
        problem = make_problem(scores, allowed)
        result = solve(problem)
        new, may = make_newcomers(random, scores)

        found = Recruiting.of(problem, result).worths(np.where(may, new, MATRIX_FORBIDDEN))

        for worth, values, mask in zip(found, new, may, strict=True):
            ones = np.ones(len(scores) + 1, int)
            pairs, total = best_by_scipy(*joined(scores, allowed, values, mask), ones)
            more = pairs - len(result.pairs)
            assert (worth.mentees, worth.mentors, worth.pairs) == (more, more, more)
            assert worth.points == total - result.value


@pytest.mark.parametrize("seed", range(20))
def test_with_several_seats_one_more_mentor_is_worth_what_solving_anew_finds(way, seed):
    random = np.random.default_rng(seed)
    scores, allowed = random.integers(0, 30, (4, 5)), random.random((4, 5)) < 0.6
    seats = random.integers(0, 4, 4), random.integers(0, 4, 5)
    problem = make_problem(scores, allowed, mentor_capacity=seats[0], mentee_capacity=seats[1])
    result = solve(problem)
    new, may = make_newcomers(random, scores)

    found = Recruiting.of(problem, result).worths(np.where(may, new, MATRIX_FORBIDDEN))

    for worth, values, mask in zip(found, new, may, strict=True):
        with_it = joined(scores, allowed, values, mask)
        _, total, made = milp_in_turn(*with_it, np.append(seats[0], 1), seats[1])
        counts = Counts.of(np.argwhere(made))
        assert result.counts == Counts(
            counts.pairs - worth.pairs,
            counts.mentees - worth.mentees,
            counts.mentors - worth.mentors,
        )
        assert worth.points == total - result.value


def test_pins_are_kept():
    problem = make_problem([[9, 1], [1, 9]], pins=[[0, 1]])

    worth = one_more_mentor(problem, solve(problem), [5, 90])

    assert worth == Worth(mentees=0, mentors=0, pairs=0, points=4)


def test_one_more_of_whom_nobody_has_need_is_worth_nothing():
    problem = make_problem([[9, 8], [8, 9]])

    worth = one_more_mentor(problem, solve(problem), [7, MATRIX_FORBIDDEN])

    assert worth == Worth(mentees=0, mentors=0, pairs=0, points=0)


def test_the_first_mentor_of_all_is_worth_their_best_pair():
    problem = make_problem([[9, 8]], mentor_capacity=[0])

    worth = one_more_mentor(problem, solve(problem), [2, 5])

    assert worth == Worth(mentees=1, mentors=1, pairs=1, points=5)


def test_a_mentee_more_may_cost_points():
    problem = make_problem([[100, 1]])

    worth = one_more_mentor(problem, solve(problem), [1, MATRIX_FORBIDDEN])

    assert worth == Worth(mentees=1, mentors=1, pairs=1, points=-98)


@pytest.mark.parametrize("objective", ["fair", "stable"])
def test_only_the_best_total_says_what_one_more_is_worth(objective):
    problem = make_feature_problem(np.random.default_rng(1))

    with pytest.raises(ValueError, match="only the best total"):
        one_more_mentor(problem, solve(problem, objective=objective), [1] * 20)


def test_what_is_not_proven_says_nothing():
    problem = make_problem([[9, 8], [8, 9]])
    result = solve(problem)

    with pytest.raises(ValueError, match="only what is proven the best"):
        one_more_mentor(problem, replace(result, bound=result.bound + 1), [1, 1])


def test_ways_of_many_pairs_are_found_beyond_the_near_ones(monkeypatch):
    monkeypatch.setattr(arcs, "SMALL", 4)
    monkeypatch.setattr(candidates, "TYPICAL", 2)
    monkeypatch.setattr(candidates, "FEWEST", 1)
    random = np.random.default_rng(4)
    scores, allowed = random.integers(0, 90, (40, 44)), random.random((40, 44)) < 0.08
    problem = make_problem(scores, allowed)
    result = solve(problem)
    new, may = make_newcomers(random, scores, 30)

    found = Recruiting.of(problem, result).worths(np.where(may, new, MATRIX_FORBIDDEN))

    anew = [
        best_by_scipy(*joined(scores, allowed, *one), [1] * 41)
        for one in zip(new, may, strict=True)
    ]
    before = len(result.pairs), result.value
    told = [(before[0] + worth.pairs, before[1] + worth.points) for worth in found]
    assert told == anew
