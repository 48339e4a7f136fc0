import numpy as np
import pytest

from tests.matching.oracles import blocking, dense
from tests.problems import make_feature_problem, make_problem
from upwell.matching.solve import solve


@pytest.mark.parametrize("seed", range(30))
def test_blocking_pairs_are_those_found_one_by_one(seed):
    random = np.random.default_rng(seed)
    n, m = random.integers(1, 12, 2)
    rows, columns = random.integers(0, 3, n), random.integers(0, 3, m)
    problem = make_problem(
        random.integers(0, 6, (n, m)),
        random.random((n, m)) < 0.6,
        mentor_capacity=rows,
        mentee_capacity=columns,
    )

    result = solve(problem)

    expected = blocking(*dense(problem), result.pairs.tolist(), rows, columns)
    assert result.survey.blocking_pairs == expected


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
