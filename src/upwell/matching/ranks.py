"""Whom people would rather have, as numbers that are added to scores."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from upwell.matching.criteria import RANK_LIMIT, Ints, Side
from upwell.matching.problem import Problem
from upwell.matching.sparse import Block, ranges, sparse_rows

RANK_POINTS = 2**40
"""One rank outweighs every difference in score."""


@dataclass(frozen=True, eq=False)
class Ranks:
    """How much more welcome than by score alone some pairs are to one side.

    Compressed rows by mentor: ``offsets``, then ``columns`` (mentees) and ``points`` in order. A
    pair is as welcome as its score and these points together; all others have 0.
    """

    offsets: Ints
    columns: Ints
    points: Ints

    @classmethod
    def of(cls, problem: Problem, side: Side) -> Self:
        """Without a single pair where this side ranks nobody."""
        pairs, points = np.zeros((0, 2), np.int64), np.zeros(0, np.int64)
        for ranking in problem.rankings:
            if ranking.side == side:
                pairs, points = ranking.pairs, (RANK_LIMIT + 1 - ranking.ranks) * RANK_POINTS
        return cls(*sparse_rows(pairs, len(problem.mentors)), points)

    @property
    def rows(self) -> Ints:
        """The mentor of every entry."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    def within(self, rows: Ints) -> tuple[Ints, Ints, Ints]:
        """The entries of some mentors: place in ``rows``, mentee, points."""
        counts = self.offsets[rows + 1] - self.offsets[rows]
        places = ranges(self.offsets[rows], counts)
        return np.repeat(np.arange(len(rows)), counts), self.columns[places], self.points[places]

    def at(self, rows: Ints, columns: Ints) -> Ints:
        """The points of single pairs."""
        if not len(self.columns):
            return np.zeros(len(rows), np.int64)
        m = 1 + max(int(self.columns.max()), int(columns.max(initial=0)))
        keys, wanted = self.rows * m + self.columns, rows * m + columns
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[place] == wanted, self.points[place], 0)

    def above(self, block: Block, rows: Ints, bar: Ints, lowest: int) -> NDArray[np.bool_]:
        """Which allowed pairs of a block of scores are more welcome than a bar.

        ``bar`` has the shape (1, columns) or (rows, 1) and is ``lowest`` or above.
        """
        is_above: NDArray[np.bool_] = block > bar.astype(block.dtype)
        if len(self.columns):
            at, columns, points = self.within(rows)
            scores = block[at, columns].astype(np.int64)
            bars = np.broadcast_to(bar, block.shape)[at, columns]
            is_above[at, columns] = (scores > lowest) & (scores + points > bars)
        return is_above
