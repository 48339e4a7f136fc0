import numpy as np
import pytest

from tests.matching.oracles import best_by_milp
from tests.problems import make_problem
from upwell.matching.candidates import Candidates, every_pair
from upwell.matching.cover import cover_of, cover_size, is_one_side, smaller_side, uncovered
from upwell.matching.flow import most_pairs
from upwell.matching.scoring import Scorer


def make_choice(problem, keys=None):
    scorer = Scorer.of(problem)
    pairs = Candidates.of(scorer, every_pair(scorer) if keys is None else np.array(keys))
    return scorer, pairs, most_pairs(pairs, (problem.mentor_capacity, problem.mentee_capacity))


@pytest.mark.parametrize("seed", range(40))
def test_the_cover_is_as_large_as_the_most_pairs(seed):
    random = np.random.default_rng(seed)
    allowed = random.random((9, 8)) < 0.25
    seats = random.integers(1, 4, 9), random.integers(1, 4, 8)
    problem = make_problem(
        np.zeros((9, 8), int), allowed, mentor_capacity=seats[0], mentee_capacity=seats[1]
    )
    scorer, pairs, chosen = make_choice(problem)

    cover = cover_of(pairs, chosen, seats)

    most, _ = best_by_milp(np.zeros((9, 8)), allowed, *seats)
    assert cover_size(pairs, chosen, seats, cover) == most == np.count_nonzero(chosen)
    assert uncovered(scorer, pairs, *cover).tolist() == []


def test_allowed_pairs_outside_the_cover_are_found():
    problem = make_problem([[1, 1], [1, 1], [1, 1]])
    scorer, pairs, _ = make_choice(problem, keys=[0, 2])

    missed = uncovered(scorer, pairs, np.array([False] * 3), np.array([True, False]))

    assert sorted(missed.tolist()) == [1, 3, 5]


def test_everybody_on_one_side_needs_no_pass():
    problem = make_problem([[1, 1], [1, 1], [1, 1]])
    _, pairs, chosen = make_choice(problem)

    cover = cover_of(pairs, chosen, (problem.mentor_capacity, problem.mentee_capacity))

    assert is_one_side(pairs, *cover)


def test_the_smaller_side_always_covers():
    rows, columns = smaller_side((np.array([1, 2]), np.array([2, 2])))

    assert (rows.tolist(), columns.tolist()) == ([True, True], [False, False])
