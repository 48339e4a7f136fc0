import numpy as np
import pytest

from tests.matching.oracles import blocking_by_wishes, dense
from tests.matching.wishes import make_pairs, make_wished_problem
from tests.problems import make_feature_problem, make_problem
from upwell.matching import exact
from upwell.matching.blocking import blocking_pairs, stability_gaps
from upwell.matching.criteria import Ranking


@pytest.mark.parametrize("seed", range(10))
def test_blocking_pairs_are_those_found_one_by_one(seed, monkeypatch):
    monkeypatch.setattr(exact, "CELLS", 12)
    random = np.random.default_rng(seed)
    for _ in range(30):
        problem = make_wished_problem(random)
        scores, allowed = dense(problem)
        pairs = make_pairs(random, problem, allowed)

        count = blocking_pairs(problem, pairs)

        assert count == len(blocking_by_wishes(problem, scores, allowed, pairs.tolist()))


@pytest.mark.parametrize("seed", range(3))
def test_blocking_pairs_of_features_are_those_found_one_by_one(seed):
    random = np.random.default_rng(seed)
    problem = make_feature_problem(random, 12, 9, mentee_capacity=random.integers(0, 3, 9))
    scores, allowed = dense(problem)
    pairs = make_pairs(random, problem, allowed)

    count = blocking_pairs(problem, pairs)

    assert count == len(blocking_by_wishes(problem, scores, allowed, pairs.tolist()))


@pytest.mark.parametrize(
    ("ranks", "gaps"),
    [
        ([1, 2], ["not stable: pairs that would both rather have each other: 1"]),
        ([1, 1], ["not stable: pairs that would both rather have each other: 1"]),
        ([2, 1], []),
    ],
)
def test_a_better_rank_comes_before_a_better_score(ranks, gaps):
    ranking = Ranking("mentee", [[0, 0], [1, 0]], ranks)
    problem = make_problem([[9], [8]], rankings=[ranking])

    assert list(stability_gaps(problem, np.array([[1, 0]]))) == gaps
