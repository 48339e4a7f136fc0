import numpy as np
import pytest

from tests.matching.oracles import best_stable_for_mentors, blocking_by_wishes, dense
from tests.matching.wishes import make_pairs, make_ranking, make_wished_problem
from tests.problems import make_feature_problem, make_problem
from upwell.matching import asking
from upwell.matching.scoring import Scorer
from upwell.matching.solve import solve
from upwell.matching.stability import stable_pairs, survey


@pytest.fixture(params=["at one look", "at many looks"])
def looks(request, monkeypatch):
    """Whether a mentor remembers all mentees, or one or two more at every look."""
    if request.param == "at many looks":
        monkeypatch.setattr(asking, "SHORT_LIST", 1)
        monkeypatch.setattr(asking, "LISTED", 8)
        monkeypatch.setattr(asking, "SAMPLED", 2)


@pytest.mark.parametrize("seed", range(10))
def test_blocking_pairs_are_those_found_one_by_one(seed):
    random = np.random.default_rng(seed)
    for _ in range(100):
        problem = make_wished_problem(random)
        scores, allowed = dense(problem)
        pairs = make_pairs(random, problem, allowed)

        found = survey(problem, Scorer.of(problem), pairs, scores[tuple(pairs.T)])

        expected = blocking_by_wishes(problem, scores, allowed, pairs.tolist())
        assert found.blocking_pairs == len(expected)


@pytest.mark.parametrize("seed", range(10))
def test_no_two_would_leave_stable_pairs_for_each_other(looks, seed):
    random = np.random.default_rng(seed)
    for _ in range(100):
        problem = make_wished_problem(random)
        scores, allowed = dense(problem)

        pairs = stable_pairs(problem, Scorer.of(problem))

        assert blocking_by_wishes(problem, scores, allowed, pairs.tolist()) == []
        assert all(allowed[tuple(pairs.T)])
        assert {tuple(pin) for pin in problem.pins.tolist()} <= {*map(tuple, pairs.tolist())}
        for side, seats in enumerate((problem.mentor_capacity, problem.mentee_capacity)):
            assert np.all(np.bincount(pairs[:, side], minlength=len(seats)) <= seats)


@pytest.mark.parametrize("seed", range(30))
def test_without_ties_mentors_have_the_best_of_all_stable_pairs(looks, seed):
    random = np.random.default_rng(seed)
    n, m = random.integers(1, 5, 2)
    problem = make_problem(
        random.permutation(n * m).reshape(n, m),
        random.random((n, m)) < 0.8,
        rankings=[
            make_ranking(random, side, n, m, is_strict=True) for side in ("mentor", "mentee")
        ],
    )

    pairs = stable_pairs(problem, Scorer.of(problem))

    assert [*map(tuple, pairs.tolist())] == best_stable_for_mentors(problem, *dense(problem))


@pytest.mark.parametrize("seed", range(5))
def test_stable_pairs_and_blocking_ones_are_found_by_features_too(looks, seed):
    random = np.random.default_rng(seed)
    rankings = [make_ranking(random, side, 30, 20) for side in ("mentor", "mentee")]
    problem = make_feature_problem(random, 30, 20, rankings=rankings)
    scorer, (scores, allowed) = Scorer.of(problem), dense(problem)
    others = make_pairs(random, problem, allowed)

    stable = stable_pairs(problem, scorer)
    found = survey(problem, scorer, others, scores[tuple(others.T)])

    assert blocking_by_wishes(problem, scores, allowed, stable.tolist()) == []
    assert found.blocking_pairs == len(
        blocking_by_wishes(problem, scores, allowed, others.tolist())
    )


def test_a_pair_that_both_would_leave_for_is_blocking():
    result = solve(make_problem([[9, 8], [8, 1]]))

    assert result.pairs.tolist() == [[0, 1], [1, 0]]
    assert result.survey.blocking_pairs == 1


def test_a_pin_is_allowed_and_blocks_nothing():
    result = solve(make_problem([[9]], pins=[[0, 0]]))

    assert (result.survey.allowed_pairs, result.survey.blocking_pairs) == (1, 0)


@pytest.mark.parametrize("seed", range(10))
def test_who_has_an_allowed_counterpart_is_found(seed):
    random = np.random.default_rng(seed)
    problem = make_feature_problem(random, 6, 5)
    _, allowed = dense(problem)

    survey = solve(problem).survey

    assert survey.mentor_can.tolist() == allowed.any(axis=1).tolist()
    assert survey.mentee_can.tolist() == allowed.any(axis=0).tolist()
