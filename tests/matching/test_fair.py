"""The fair objective: most pairs, then the best lowest scores, then the best total."""

import numpy as np
import pytest

from tests.matching.oracles import best_leximin, every_assignment, most_by_milp
from tests.problems import make_feature_problem, make_problem, make_random_matrix
from upwell.matching import candidates, floor, pricing
from upwell.matching.document import check, document
from upwell.matching.solve import solve
from upwell.matching.verification import verify


@pytest.fixture(params=["all pairs at once", "by samples and prices"])
def way(request, monkeypatch):
    """Small problems are solved over all pairs; the second way treats them like large ones."""
    if request.param == "by samples and prices":
        monkeypatch.setattr(pricing, "SMALL", 4)
        monkeypatch.setattr(floor, "SMALL", 4)
        for name, value in (
            ("TYPICAL", 2),
            ("FEWEST", 1),
            ("MOST", 3),
            ("NEW_PER_ROW", 2),
            ("SAMPLED_PEOPLE", 3),
        ):
            monkeypatch.setattr(candidates, name, value)


def is_proven(problem, result):
    verdict = verify(problem, result.pairs, result.certificate)
    return verdict.is_optimal and (verdict.value, verdict.bound) == (result.value, result.bound)


def best_total_after(made, steps):
    """The best total of those with the fewest pairs at the first step, then at the second …"""
    made = made[made[:, 0] == made[:, 0].max()]
    for score, _bonus in steps:
        at_most = (made <= score).sum(axis=1)
        made = made[at_most == at_most.min()]
    return int(np.where(np.isfinite(made), made, 0).sum(axis=1).max())


@pytest.mark.parametrize("seed", range(20))
def test_the_lowest_scores_are_those_of_every_assignment_looked_at(way, seed):
    random = np.random.default_rng(seed)
    for _ in range(50):
        scores, allowed = make_random_matrix(random, largest=7)
        problem = make_problem(scores, allowed)

        result = solve(problem, objective="fair")

        made, steps = every_assignment(scores, allowed), result.certificate.steps
        best, found = best_leximin(made), np.sort(result.scores)
        lowest = [score for score in np.unique(found) if score in dict(steps)]
        assert len(found) == np.isfinite(best).sum()
        assert result.floor is None or result.floor == best[0]
        assert all(np.sum(found == score) == np.sum(best == score) for score in lowest)
        assert result.value == best_total_after(made, steps)
        assert is_proven(problem, result)


@pytest.mark.parametrize("seed", range(20))
def test_features_are_proven_too(way, seed):
    random = np.random.default_rng(seed)
    problem = make_feature_problem(random, *random.integers(1, 40, 2), lists=seed % 2)

    fair, best = solve(problem, objective="fair"), solve(problem)

    assert is_proven(problem, fair)
    assert len(fair.pairs) == len(best.pairs)
    assert fair.value <= best.value
    assert (fair.floor or 0) >= (best.floor or 0)


@pytest.mark.parametrize("seed", range(12))
def test_with_seats_on_both_sides_the_floor_is_the_highest_that_loses_nobody(way, seed):
    random = np.random.default_rng(seed)
    scores, allowed = random.integers(0, 9, (5, 6)), random.random((5, 6)) < 0.6
    seats = random.integers(0, 4, 5), random.integers(0, 4, 6)
    problem = make_problem(scores, allowed, mentor_capacity=seats[0], mentee_capacity=seats[1])

    result = solve(problem, objective="fair")

    most = most_by_milp(allowed, *seats)
    falling = (f for f in reversed(range(9)) if f in scores)
    highest = next(f for f in falling if most_by_milp(allowed & (scores >= f), *seats) == most)
    assert (result.counts.mentees, result.counts.mentors, result.counts.pairs) == most
    assert result.floor == highest
    assert is_proven(problem, result)


def test_a_document_of_a_fair_result_is_proven_again_and_no_other_floor_is():
    problem = make_feature_problem(np.random.default_rng(3), 30, 20)
    body = document(problem, solve(problem, objective="fair"), {})

    assert check(body, problem, {})[1] == []
    for change in ({"floor": body["floor"] - 1}, {"floor": body["floor"] + 1}, {"steps": []}):
        assert check(body | change, problem, {})[1]
