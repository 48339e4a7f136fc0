"""Single pairs row by row, compressed: offsets, then the columns of each row in order."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from upwell.matching.criteria import Ints, Listed
from upwell.matching.problem import Problem

Block = NDArray[Any]
"""Whole numbers in float32, float64 or int64, whichever is exact and fast."""


@dataclass(frozen=True, eq=False)
class Singles:
    """Points that single pairs have besides, as compressed sparse rows; each pair once."""

    offsets: Ints
    columns: Ints
    points: Ints

    @classmethod
    def of(cls, problem: Problem) -> Self | None:
        """All lists of a problem in one; None where there are none."""
        lists = [c for c in problem.criteria if isinstance(c, Listed) and len(c.pairs)]
        if not lists:
            return None
        n, m = len(problem.mentors), len(problem.mentees)
        pairs = np.concatenate([c.pairs for c in lists])
        unique, at = np.unique(pairs[:, 0] * m + pairs[:, 1], return_inverse=True)
        points = np.zeros(len(unique), np.int64)
        np.add.at(points, at, np.concatenate([c.points for c in lists]))
        return cls.by_row(unique // m, unique % m, points, n)

    @classmethod
    def by_row(cls, rows: Ints, columns: Ints, points: Ints, n: int) -> Self:
        order = np.lexsort((columns, rows))
        offsets = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=n))])
        return cls(offsets, columns[order], points[order])

    @property
    def rows(self) -> Ints:
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    def of_rows(self, rows: Ints) -> tuple[Ints, Ints, Ints]:
        """The place in ``rows``, the column and the points of every pair of these rows."""
        counts = self.offsets[rows + 1] - self.offsets[rows]
        at = ranges(self.offsets[rows], counts)
        return np.repeat(np.arange(len(rows)), counts), self.columns[at], self.points[at]

    def take(self, rows: Ints, position: Ints) -> Self:
        """These rows alone, with the new position of each column; those below 0 are left out."""
        new, columns, points = self.of_rows(rows)
        is_in = position[columns] >= 0
        return self.by_row(new[is_in], position[columns[is_in]], points[is_in], len(rows))

    def transposed(self, m: int) -> Self:
        return self.by_row(self.columns, self.rows, self.points, m)

    def add_to(self, scores: Block, rows: Ints, columns: Ints, width: int) -> None:
        """Add to the scores of single pairs; ``width`` columns in all."""
        keys, wanted = self.rows * width + self.columns, rows * width + columns
        at = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
        if len(keys):
            scores += np.where(keys[at] == wanted, self.points[at], 0)


def sparse_rows(pairs: Ints, n: int) -> tuple[Ints, Ints]:
    """Compress (row, column) pairs: offsets of shape (n + 1,), and the columns row by row."""
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    counts = np.bincount(pairs[:, 0], minlength=n)
    return np.concatenate([[0], np.cumsum(counts)]), pairs[order, 1]


def ranges(starts: Ints, lengths: Ints) -> Ints:
    """The numbers start, start + 1, … of every range, one range after the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    result: Ints = np.arange(total) + np.repeat(starts - (ends - lengths), lengths)
    return result
