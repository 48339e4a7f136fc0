"""Who would rather have each other, and pairs that leave nobody such a wish."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from upwell.matching.asking import Asking
from upwell.matching.criteria import Ints
from upwell.matching.problem import Problem
from upwell.matching.ranks import Ranks
from upwell.matching.scoring import Scorer
from upwell.matching.seats import Seats, beside_pins

NEVER = 2**62
"""So welcome is nobody."""


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
    prefers the other to the worst of its counterparts, by rank and then by score. Nobody leaves a
    pin. ``scorer`` covers the whole problem; ``scores`` are those of the pairs.
    """
    n, m = scorer.shape
    ranks = Ranks.of(problem, "mentor"), Ranks.of(problem, "mentee")
    is_loose = beside_pins(problem, pairs)
    rows, columns = pairs[is_loose].T
    seats, lowest = Seats.of(problem), scorer.lowest
    welcome = [scores[is_loose] + side.at(rows, columns) for side in ranks]
    mentor_bar = worst(rows, welcome[0], seats.row, lowest)
    mentee_bar = worst(columns, welcome[1], seats.column, lowest)
    mentor_best, mentee_best = np.full(n, lowest), np.full(m, lowest)
    allowed, blocking = 0, 0
    for some, block in scorer.blocks():
        allowed += int(np.count_nonzero(block > lowest))
        gains = ranks[0].above(block, some, mentor_bar[some, None], lowest)
        gains &= ranks[1].above(block, some, mentee_bar[None], lowest)
        blocking += int(np.count_nonzero(gains))
        mentor_best[some] = block.max(axis=1)
        np.maximum(mentee_best, block.max(axis=0).astype(np.int64), out=mentee_best)
    made = (welcome[0] > mentor_bar[rows]) & (welcome[1] > mentee_bar[columns])
    mentor_can, mentee_can = mentor_best > lowest, mentee_best > lowest
    mentor_can[problem.pins[:, 0]] = True
    mentee_can[problem.pins[:, 1]] = True
    return Survey(
        allowed + len(problem.pins),
        blocking - int(np.count_nonzero(made)),
        mentor_can,
        mentee_can,
    )


def worst(people: Ints, welcome: Ints, seats: Ints, lowest: int) -> Ints:
    """How welcome a pair must be, or more, for each person to want it."""
    bar = np.full(len(seats), NEVER)
    np.minimum.at(bar, people, welcome)
    bar[np.bincount(people, minlength=len(seats)) < seats] = lowest
    return bar


def stable_pairs(problem: Problem, scorer: Scorer) -> Ints:
    """Pairs that no two would both leave for each other; pins are made first and never left.

    Deferred acceptance: mentors ask those they would rather have, one after the other, and a mentee
    keeps the most welcome of those who ask. Without ties it is the best stable assignment for every
    mentor (Gale and Shapley, 1962; with more seats, Roth, 1984). With ties, whoever came first
    stays, and no two would both gain strictly.

    Parameters
    ----------
    scorer : of the whole problem.

    Returns
    -------
    int array, shape (k, 2), mentor and mentee by index, ordered, pins included. The same problem
    gives the same pairs on every machine.

    Notes
    -----
    Mentors look at all pairs in blocks and remember the best few; whoever has asked those all looks
    again, at the mentees who would still take them. Nothing of size mentors · mentees is held.
    """
    seats = Seats.of(problem)
    asking = Asking(scorer, problem, seats.row, seats.column)
    asking.settle()
    return np.unique(np.concatenate([problem.pins, asking.made()]), axis=0)
