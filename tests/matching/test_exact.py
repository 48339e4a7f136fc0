"""Scores by their definition, against ones added up pair by pair."""

import numpy as np
import pytest

from tests.matching.oracles import dense
from tests.problems import make_feature_problem, make_problem
from upwell.matching import exact
from upwell.matching.exact import are_pins, exact_blocks, exact_sum, pair_score


@pytest.mark.parametrize("cells", [1, 50, 10_000])
def test_blocks_have_every_pair_once_with_its_score(monkeypatch, cells):
    monkeypatch.setattr(exact, "CELLS", cells)
    problem = make_feature_problem(np.random.default_rng(cells), 20, 12, lists=2)
    scores, allowed = dense(problem)

    blocks = [*exact_blocks(problem)]

    assert [row for rows, *_ in blocks for row in range(20)[rows]] == [*range(20)]
    found, may = (np.concatenate(parts) for parts in zip(*(b[1:] for b in blocks), strict=True))
    assert np.array_equal(may, allowed)
    assert np.array_equal(found[allowed], scores[allowed])


def test_a_pinned_pair_is_in_no_block_and_still_has_a_score():
    problem = make_problem([[3, 4], [5, 6]], pins=[[1, 0]])

    ((_rows, _scores, allowed),) = exact_blocks(problem)

    assert allowed.tolist() == [[True, True], [False, True]]
    assert pair_score(problem, 1, 0) == 5
    assert are_pins(problem, np.array([[1, 0], [0, 0]])).tolist() == [True, False]


def test_a_sum_that_leaves_int64_is_exact():
    values = np.full(5_000, 2**53 - 1)

    assert exact_sum(values) == 5_000 * (2**53 - 1)
