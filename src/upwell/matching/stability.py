"""Who would rather have each other."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from upwell.matching.problem import MATRIX_LIMIT, Ints, Problem
from upwell.matching.scoring import Scorer


@dataclass(frozen=True, eq=False)
class Survey:
    """What one pass over all pairs says of an assignment.

    ``allowed_pairs`` and ``blocking_pairs`` are counts; ``mentor_can`` and ``mentee_can`` say who
    has an allowed counterpart at all.
    """

    allowed_pairs: int
    blocking_pairs: int
    mentor_can: NDArray[np.bool_]
    mentee_can: NDArray[np.bool_]


def survey(problem: Problem, scorer: Scorer, pairs: Ints, scores: Ints) -> Survey:
    """Count the allowed pairs and, among them, the blocking ones.

    A pair blocks if it is not made and both sides would gain strictly: each has a free seat or
    prefers the other to the worst of its counterparts. ``scorer`` covers the whole problem;
    ``scores`` are those of the pairs.
    """
    n, m = scorer.shape
    mentor_worst = worst(pairs[:, 0], scores, problem.mentor_capacity, scorer.lowest)
    mentee_worst = worst(pairs[:, 1], scores, problem.mentee_capacity, scorer.lowest)
    mentor_best, mentee_best = np.full(n, scorer.lowest), np.full(m, scorer.lowest)
    allowed, blocking = 0, 0
    for rows, block in scorer.blocks():
        allowed += int(np.count_nonzero(block > scorer.lowest))
        gains_mentor = block > mentor_worst[rows, None].astype(block.dtype)
        gains_mentee = block > mentee_worst.astype(block.dtype)
        blocking += int(np.count_nonzero(gains_mentor & gains_mentee))
        mentor_best[rows] = block.max(axis=1)
        np.maximum(mentee_best, block.max(axis=0).astype(np.int64), out=mentee_best)
    made = (scores > mentor_worst[pairs[:, 0]]) & (scores > mentee_worst[pairs[:, 1]])
    is_pin = np.isin(pairs @ (m, 1), problem.pins @ (m, 1))
    mentor_can, mentee_can = mentor_best > scorer.lowest, mentee_best > scorer.lowest
    mentor_can[problem.pins[:, 0]] = True
    mentee_can[problem.pins[:, 1]] = True
    return Survey(
        allowed + len(problem.pins),
        blocking - int(np.count_nonzero(made & ~is_pin)),
        mentor_can,
        mentee_can,
    )


def worst(people: Ints, scores: Ints, seats: Ints, lowest: int) -> Ints:
    """The score that a pair must beat to be welcome to each person."""
    bar = np.full(len(seats), MATRIX_LIMIT)
    np.minimum.at(bar, people, scores)
    bar[np.bincount(people, minlength=len(seats)) < seats] = lowest
    return bar
