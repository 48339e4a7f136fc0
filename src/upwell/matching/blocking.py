"""Whether pairs are stable, checked over all pairs apart from the solver.

Like the check of the proof, this shares no code with the solver or with the fast scoring.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from upwell.matching.criteria import RANK_LIMIT, Ints, Side
from upwell.matching.exact import are_pins, exact_blocks, free_seats, pair_score
from upwell.matching.problem import Problem
from upwell.matching.said import said

NOT_RANKED = RANK_LIMIT + 1
ANYBODY = NOT_RANKED + 1
"""The rank that whoever has a free seat would leave behind."""

NOBODY = 0
"""The rank of those whom one would leave for nobody."""


def blocking_pairs(problem: Problem, pairs: Ints) -> int:
    """How many allowed pairs are not made though both would gain strictly.

    Somebody gains by a free seat, or by a better rank, or the same rank and a better score, than
    the worst of their counterparts has; nobody leaves a pin. ``pairs`` has the shape (k, 2) and
    must keep every rule. Time O(mentors · mentees · criteria).
    """
    loose = pairs[~are_pins(problem, pairs)]
    of_mentor, of_mentee = ranks_by(problem, "mentor"), ranks_by(problem, "mentee")
    seats = free_seats(problem)
    mentors = worst_counterparts(problem, loose, 0, of_mentor, seats[0])
    mentees = worst_counterparts(problem, loose, 1, of_mentee, seats[1])
    count = 0
    for rows, scores, allowed in exact_blocks(problem):
        mine = loose[(loose[:, 0] >= rows.start) & (loose[:, 0] < rows.stop)]
        allowed[mine[:, 0] - rows.start, mine[:, 1]] = False
        here = mentors[0][rows, None], mentors[1][rows, None]
        gains = is_better(rank_block(of_mentor, rows, scores.shape), scores, here)
        gains &= is_better(rank_block(of_mentee, rows, scores.shape), scores, mentees)
        count += int((gains & allowed).sum())
    return count


def stability_gaps(problem: Problem, pairs: Ints) -> Iterator[str]:
    """What keeps allowed pairs from being stable."""
    count = blocking_pairs(problem, pairs)
    if count:
        yield said(
            "not stable: pairs that would both rather have each other: %(count)s", count=count
        )


def ranks_by(problem: Problem, side: Side) -> dict[tuple[int, int], int]:
    """The rank of each pair that this side ranked."""
    for ranking in problem.rankings:
        if ranking.side == side:
            listed = zip(ranking.pairs.tolist(), ranking.ranks.tolist(), strict=True)
            return {(i, j): rank for (i, j), rank in listed}
    return {}


def worst_counterparts(
    problem: Problem, pairs: Ints, side: int, ranks: dict[tuple[int, int], int], seats: Ints
) -> tuple[Ints, Ints]:
    """The rank and the score that each person of a side, mentors 0 or mentees 1, would leave."""
    held: list[list[tuple[int, int]]] = [[] for _ in seats]
    for i, j in pairs.tolist():
        rank = ranks.get((i, j), NOT_RANKED)
        held[(i, j)[side]].append((rank, -pair_score(problem, i, j)))
    worst = np.zeros((2, len(seats)), np.int64)
    for person, counterparts in enumerate(held):
        if len(counterparts) < seats[person]:
            worst[:, person] = ANYBODY, 0
        elif counterparts:
            rank, cost = max(counterparts)
            worst[:, person] = rank, -cost
        else:
            worst[:, person] = NOBODY, 0
    return worst[0], worst[1]


def rank_block(ranks: dict[tuple[int, int], int], rows: slice, shape: tuple[int, ...]) -> Ints:
    block = np.full(shape, NOT_RANKED)
    for (i, j), rank in ranks.items():
        if rows.start <= i < rows.stop:
            block[i - rows.start, j] = rank
    return block


def is_better(ranks: Ints, scores: Ints, worst: tuple[Ints, Ints]) -> NDArray[np.bool_]:
    better: NDArray[np.bool_] = (ranks < worst[0]) | ((ranks == worst[0]) & (scores > worst[1]))
    return better
