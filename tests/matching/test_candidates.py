import numpy as np
import pytest

from tests.matching.oracles import dense
from tests.problems import make_feature_problem, make_problem
from upwell.matching import candidates
from upwell.matching.candidates import (
    Candidates,
    best_of_block,
    contains,
    distinct,
    every_pair,
    limit_per_row,
    near_pairs,
)
from upwell.matching.scoring import Scorer


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("dtype", [np.float32, np.int64])
def test_the_best_of_a_block_are_the_largest_and_among_equals_those_next_in_turn(seed, dtype):
    random = np.random.default_rng(seed)
    height, m, limit = random.integers(1, 9), random.integers(1, 40), int(random.integers(1, 6))
    block = random.integers(-3, 4, (height, m)).astype(dtype)
    rows = random.permutation(50)[:height]

    found = best_of_block(block, rows, 50, limit=limit, least=-1)

    for place, row in enumerate(rows):
        turn = row * m // 50
        order = sorted(range(m), key=lambda c: (-block[place, c], (c - turn) % m))
        expected = sorted(c for c in order[:limit] if block[place, c] >= -1)
        assert [key % m for key in found if key // m == place] == expected


@pytest.mark.parametrize("equals", [2, 60], ids=["few", "many"])
def test_the_best_is_found_though_times_the_columns_it_leaves_int64(equals):
    block = np.full((1, 64), -(2**60))
    block[0, :equals] = 7
    block[0, 63] = 2**58 - 2**50

    found = best_of_block(block, np.array([0]), 1, limit=2, least=-(2**59))

    assert found.tolist() == [0, 63]


@pytest.mark.parametrize("seed", range(10))
def test_everybody_keeps_enough_near_pairs_or_all_that_are_allowed(seed, monkeypatch):
    monkeypatch.setattr(candidates, "TYPICAL", 3)
    monkeypatch.setattr(candidates, "FEWEST", 4)
    random = np.random.default_rng(seed)
    problem = make_feature_problem(random, 40, 30)
    _, allowed = dense(problem)
    scorer = Scorer.of(problem)
    highest = np.full(40, 1_000_000)

    keys = np.unique(near_pairs(scorer, highest, np.zeros(30, np.int64)))

    rows, columns = keys // 30, keys % 30
    assert allowed[rows, columns].all()
    assert np.all(np.bincount(rows, minlength=40) >= np.minimum(4, allowed.sum(axis=1)))
    assert np.all(np.bincount(columns, minlength=30) >= np.minimum(4, allowed.sum(axis=0)))


def test_every_pair_is_every_allowed_pair():
    problem = make_feature_problem(np.random.default_rng(1))

    keys = every_pair(Scorer.of(problem))

    assert keys.tolist() == np.flatnonzero(dense(problem)[1]).tolist()


def test_more_keys_are_taken_in_once_and_in_order():
    scorer = Scorer.of(make_problem([[1, 2, 3], [4, 5, 6]]))
    few = Candidates.of(scorer, np.array([5, 0]))

    more = few.with_keys(scorer, np.array([3, 0, 3]))

    assert (more.keys.tolist(), more.scores.tolist()) == ([0, 3, 5], [1, 4, 6])


def test_a_pair_that_is_not_allowed_is_refused_as_a_candidate():
    scorer = Scorer.of(make_problem([[1, 2]], [[1, 0]]))

    with pytest.raises(RuntimeError, match="not allowed"):
        Candidates.of(scorer, np.array([0, 1]))


def test_a_row_keeps_its_largest_gains_and_among_equals_the_first():
    rows, gains = np.array([0, 0, 0, 2, 2]), np.array([5, 7, 5, 1, 1])

    assert limit_per_row(rows, gains, 2).tolist() == [0, 1, 3, 4]
    assert limit_per_row(rows, gains, 1).tolist() == [1, 3]


@pytest.mark.parametrize("values", [[], [3], [3, 1, 3, 2, 1]])
def test_distinct_is_each_value_once_in_order(values):
    found = distinct(np.array(values, np.int64))

    assert found.tolist() == sorted(set(values))


@pytest.mark.parametrize("ascending", [[], [1, 4, 9]])
def test_contains_finds_what_is_there(ascending):
    found = contains(np.array(ascending, np.int64), np.array([0, 1, 5, 9, 10]))

    assert found.tolist() == [value in ascending for value in (0, 1, 5, 9, 10)]
