"""A problem kept as bytes, and what pairs would cost in it, as before."""

import numpy as np
import pytest

from tests.problems import make_feature_problem, make_problem
from upwell.matching.criteria import Ranking
from upwell.matching.solve import solve
from upwell.matching.stored import Kept


def make_kept(problem, objective="total"):
    result = solve(problem, objective=objective)
    return Kept.of(problem, result.pairs, result.certificate)


def restored(kept):
    return Kept.from_bytes(kept.to_bytes())


def regrets(kept):
    sides = ("mentor", len(kept.problem.mentors)), ("mentee", len(kept.problem.mentees))
    return [kept.residual.of_person(role, at) for role, count in sides for at in range(count)]


@pytest.mark.parametrize("objective", ["total", "fair"])
@pytest.mark.parametrize("seed", range(5))
def test_what_others_would_cost_is_as_it_was(seed, objective):
    random = np.random.default_rng(seed)
    seats = random.integers(0, 3, 30), random.integers(0, 3, 20)
    kept = make_kept(
        make_feature_problem(
            random, lists=2, mentor_capacity=seats[0], mentee_capacity=seats[1], terms="some"
        ),
        objective,
    )

    again = restored(kept)

    assert regrets(again) == regrets(kept)
    assert (again.pairs == kept.pairs).all()
    assert again.problem.digest() == kept.problem.digest()


def test_a_matrix_of_large_scores_rankings_and_pins_are_as_they_were():
    pairs, ranks = np.array([[0, 0], [1, 1]]), np.array([1, 2])
    problem = make_problem(
        [[10**9, 3], [4, -5]],
        [[True, True], [True, False]],
        rankings=[Ranking("mentee", pairs, ranks)],
        pins=[[0, 1]],
    )

    again = restored(Kept(problem, np.zeros((0, 2), np.int64), None))

    assert again.problem.digest() == problem.digest()
    assert again.residual is None


def test_where_nobody_is_there_nothing_is_lost():
    again = restored(make_kept(make_problem(np.zeros((0, 3), np.int64))))

    assert again.problem.mentees == ("b0", "b1", "b2")
    assert again.residual.of_person("mentee", 0) == ()


def test_what_was_not_made_here_is_refused():
    with pytest.raises(ValueError, match="pickle"):
        Kept.from_bytes(b"\x80\x04]\x94.")
