"""What pairs that were not made would cost, against every assignment looked at."""

import itertools

import numpy as np
import pytest

from tests.matching.oracles import best_by_milp, dense, permutations
from tests.problems import make_feature_problem, make_problem, make_random_matrix
from upwell.matching import arcs, candidates, pricing
from upwell.matching.regret import Residual
from upwell.matching.solve import solve


@pytest.fixture(params=["all pairs", "near pairs"])
def way(request, monkeypatch):
    """Small problems have arcs for all pairs; the second way treats them like large ones."""
    if request.param == "near pairs":
        monkeypatch.setattr(arcs, "SMALL", 4)
        monkeypatch.setattr(candidates, "TYPICAL", 2)
        monkeypatch.setattr(candidates, "SAMPLED_PEOPLE", 3)
    return request.param


def every_choice(scores, allowed):
    """All ways to have most pairs: the column of each row, and the scores of the pairs made."""
    size = max(scores.shape)
    values = np.full((size, size), np.nan)
    values[: scores.shape[0], : scores.shape[1]] = np.where(allowed, scores, np.nan)
    columns = permutations(size)
    made = values[np.arange(size), columns]
    counts = np.isfinite(made).sum(axis=1)
    return columns[counts == counts.max()], made[counts == counts.max()]


def worth(made, steps):
    """The totals with the bonus of each step, and without."""
    plain = np.nansum(made, axis=1)
    return plain + sum(bonus * (made > score).sum(axis=1) for score, bonus in steps), plain


@pytest.mark.parametrize("objective", ["total", "fair"])
@pytest.mark.parametrize("seed", range(10))
def test_regrets_are_those_of_every_assignment_looked_at(way, objective, seed):
    random = np.random.default_rng([seed, way == "all pairs", objective == "fair"])
    for _ in range(25):
        scores, allowed = make_random_matrix(random, largest=7 if seed < 2 else 6)
        problem = make_problem(scores, allowed)
        result = solve(problem, objective=objective)
        residual = Residual.of(problem, result.pairs, result.certificate)

        everybody, _made = every_choice(scores, allowed)
        high = allowed
        if result.certificate.floor is not None:
            high = allowed & (scores >= result.certificate.floor)
        columns, made = every_choice(scores, high)
        stepped, plain = worth(made, result.certificate.steps)
        for i, j in np.argwhere(allowed).tolist():
            found = residual.of_pair(i, j)
            with_it = np.flatnonzero((columns[:, i] == j) & high[i, j])
            if [i, j] in result.pairs.tolist():
                assert found is None
            elif not len(with_it):
                is_lost = not (everybody[:, i] == j).any()
                assert not found.is_exact
                assert (found.loses, found.weakens) in (
                    {(is_lost, not is_lost)}
                    if residual.margin == arcs.EVERYTHING
                    else {(False, False), (False, True)}
                )
            else:
                best = with_it[np.lexsort((plain[with_it], stepped[with_it]))[-1]]
                cost = plain.max() if not result.certificate.steps else result.value
                assert found.is_exact or (way == "near pairs" and not found.loses)
                if not found.is_exact and objective == "fair":
                    assert (found.points, found.weakens) == (0, False)
                elif found.is_exact:
                    assert found.points == cost - plain[best]
                    assert found.weakens == bool(stepped.max() - stepped[best] > found.points)
                else:
                    assert found.points <= stepped.max() - stepped[best]


@pytest.mark.parametrize("seed", range(12))
def test_with_several_seats_a_regret_is_what_a_pin_costs(seed):
    random = np.random.default_rng(seed)
    scores, allowed = random.integers(0, 30, (4, 5)), random.random((4, 5)) < 0.7
    seats = random.integers(1, 4, 4), random.integers(1, 4, 5)
    problem = make_problem(scores, allowed, mentor_capacity=seats[0], mentee_capacity=seats[1])
    result = solve(problem)

    residual = Residual.of(problem, result.pairs, result.certificate)

    for i, j in np.argwhere(allowed).tolist():
        found = residual.of_pair(i, j)
        if found is not None and found.is_exact:
            favored = scores + 10_000 * (np.arange(20).reshape(4, 5) == i * 5 + j)
            with_it = best_by_milp(favored, allowed, *seats)[1] - 10_000
            assert found.points == result.value - with_it


@pytest.mark.parametrize("role", ["mentor", "mentee"])
def test_a_persons_alternatives_are_the_regrets_of_their_pairs_the_least_first(way, role):
    problem = make_feature_problem(np.random.default_rng(1), 14, 12, pins=[[3, 4]], exclusions=[])
    result = solve(problem, objective="fair")
    residual = Residual.of(problem, result.pairs, result.certificate)
    scores, allowed = dense(problem)
    allowed &= scores >= result.certificate.floor

    for person in range(12):
        found = residual.of_person(role, person, most=99)

        mine = allowed[person] if role == "mentor" else allowed[:, person]
        pairs = [(person, o) if role == "mentor" else (o, person) for o in np.flatnonzero(mine)]
        singly = [one for one in itertools.starmap(residual.of_pair, pairs) if one]
        assert sorted(found, key=repr) == sorted(singly, key=repr)
        assert person != (3 if role == "mentor" else 4) or not found
    exact = [one.points for one in residual.of_person(role, 0) if not one.weakens]
    assert exact == sorted(exact)


def test_a_pair_below_the_floor_weakens_the_weakest():
    problem = make_problem([[9, 8], [8, 1]])
    result = solve(problem, objective="fair")

    found = Residual.of(problem, result.pairs, result.certificate).of_pair(1, 1)

    assert (result.floor, found.weakens, found.is_exact, found.score) == (8, True, False, 1)


def test_below_the_floor_no_more_is_claimed_than_is_known():
    """Where not all pairs are arcs, nobody knows whether somebody would be lost."""
    scores = np.random.default_rng(0).integers(4_000, 500_000, (510, 510))
    allowed = np.ones((510, 510), bool)
    allowed[:, 0] = False
    allowed[0, 0] = True
    scores[0, :2] = 4_000, 1
    problem = make_problem(scores, allowed)
    result = solve(problem, objective="fair")

    found = Residual.of(problem, result.pairs, result.certificate).of_pair(0, 1)

    assert len(result.pairs) == 510
    assert (found.score, found.points, found.is_exact) == (1, 0, False)
    assert (found.weakens, found.loses) == (False, False)


def test_what_is_not_proven_the_best_has_no_regrets():
    problem = make_feature_problem(np.random.default_rng(1))
    result = solve(problem, objective="stable")

    with pytest.raises(ValueError, match="only what is proven the best"):
        Residual.of(problem, result.pairs, result.certificate)


def test_where_too_many_are_alike_no_more_is_claimed_than_is_known():
    """Two blocks of people who are all alike, joined by a few pairs that no short list has."""
    allowed = np.zeros((600, 600), bool)
    allowed[:300, :300] = allowed[300:, 300:] = True
    allowed[0, 599] = allowed[599, 0] = True
    problem = make_problem(np.full((600, 600), 5), allowed)
    result = solve(problem)

    residual = Residual.of(problem, result.pairs, result.certificate)

    found = [residual.of_pair(0, 599), residual.of_pair(3, 7), residual.of_pair(599, 0)]
    assert [one.points for one in found if one] == [0] * sum(one is not None for one in found)


@pytest.mark.parametrize("objective", ["total", "fair"])
def test_where_few_are_allowed_whoever_would_be_lost_is_said_to_be(objective):
    allowed = np.zeros((520, 520), bool)
    for shift in range(3):
        allowed |= np.roll(np.eye(520, dtype=bool), shift, axis=1)
    allowed[0] = allowed[:, 0] = False
    allowed[0, 0] = allowed[0, 1] = True
    problem = make_problem(np.where(allowed, 5, 0), allowed)
    result = solve(problem, objective=objective)

    found = Residual.of(problem, result.pairs, result.certificate).of_pair(0, 1)

    assert result.pairs[0].tolist() == [0, 0]
    assert (found.loses, found.points, found.is_exact) == (True, 0, False)


def test_where_all_are_alike_nothing_costs_anything(monkeypatch):
    monkeypatch.setattr(pricing, "SMALL", 4)
    monkeypatch.setattr(arcs, "SMALL", 4)
    monkeypatch.setattr(arcs, "MOST_ARCS", 1)
    problem = make_problem(np.full((12, 12), 5))

    result = solve(problem)
    found = Residual.of(problem, result.pairs, result.certificate).of_person("mentor", 3, most=99)

    assert len(found) == 11
    assert all(one.points == 0 for one in found)
