"""A solve step by step: what is proven after each."""

import numpy as np
import pytest

from tests.problems import make_problem
from upwell.matching.candidates import Candidates
from upwell.matching.flow import best_flow
from upwell.matching.run import Run
from upwell.matching.scoring import Scorer
from upwell.matching.seats import Seats


def make_run(problem, should_stop=lambda: False, told=None):
    report = (lambda progress: None) if told is None else told.append
    run = Run(Scorer.of(problem), Seats.of(problem), should_stop, report)
    run.choose_first()
    return run


def test_counts_are_proven_before_the_total_and_the_total_before_the_floor():
    told = []
    run = make_run(make_problem([[9, 8], [8, 1]]), told=told)

    run.prove_counts()
    assert (run.most, run.is_most) == ({"pairs": 2}, True)
    run.prove_total()
    assert (run.value, run.bound) == (16, 16)
    assert run.raise_floor()
    run.prove_levels()

    assert (run.floor.value, run.best_total, run.levels_proven) == (8, 16, 1)
    assert [step.aim for step in told] == ["total", "total", "fair", "fair"]


@pytest.mark.parametrize("is_known", [True, False])
def test_no_floor_is_raised_before_the_best_total_is_known(is_known):
    run = make_run(make_problem([[9, 8], [8, 1]]))
    run.prove_counts()
    if is_known:
        run.prove_total()

    assert run.raise_floor() == is_known


def test_no_floor_is_raised_where_nobody_can_be_paired():
    run = make_run(make_problem([[1]], [[False]]))
    run.prove_counts()
    run.prove_total()

    assert not run.raise_floor()


def test_levels_that_were_all_equal_at_first_are_found_again_with_more_candidates():
    scores = np.array([[1, 1, 1], [1, 9, 1], [1, 1, 9]])
    run = make_run(make_problem(scores))
    run.prove_counts()
    run.prove_total()
    run.raise_floor()
    low = run.candidates.keys[run.candidates.scores == 1]
    run.candidates = Candidates.of(run.scorer, low)
    run.chosen = best_flow(run.candidates, run.seats)

    run.prove_levels()

    assert run.has_all_steps
    assert [score for score, _bonus in run.scorer.steps] == [1, 8, 9]
    assert run.levels_proven == 2
