"""Scores of blocks of pairs, fast: one matrix product of integer features.

Every number is a whole number that its type holds exactly, so neither the order of additions nor
the machine and its number of cores can change a result.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from upwell.matching.problem import (
    MATRIX_FORBIDDEN,
    SOFT_LIMIT,
    Affinity,
    Ints,
    Matrix,
    Problem,
    Table,
)

Block = NDArray[Any]
"""Whole numbers in float32, float64 or int64, whichever is exact and fast."""

BLOCK_CELLS = 1_500_000
PRICED = -2
"""The last two features carry the prices of a pass."""


@dataclass(frozen=True, eq=False)
class Scorer:
    """The scores of some mentors (rows) against some mentees (columns).

    ``left`` and ``right`` are float32 features of shapes (rows, k + 2) and (columns, k + 2).
    ``matrix`` (int64) is added to their product where the problem has one. ``excluded`` lists the
    columns that each row may not have, as compressed sparse rows: offsets and columns.
    """

    left: NDArray[np.float32]
    right: NDArray[np.float32]
    matrix: Ints | None
    excluded: tuple[Ints, Ints]

    @classmethod
    def of(cls, problem: Problem) -> Self:
        """Every pair of a problem. Pinned pairs count as excluded: their seats are taken."""
        soft = [features(c) for c in problem.criteria if not isinstance(c, Matrix)]
        n, m = len(problem.mentors), len(problem.mentees)
        left = np.hstack([*(rows for rows, _ in soft), np.ones((n, 1)), np.zeros((n, 1))])
        right = np.hstack([*(columns for _, columns in soft), np.zeros((m, 1)), np.ones((m, 1))])
        matrices = [c.scores for c in problem.criteria if isinstance(c, Matrix)]
        banned = np.concatenate([problem.pins, *(e.pairs for e in problem.exclusions)])
        return cls(
            left.astype(np.float32),
            right.astype(np.float32),
            sum(matrices[1:], start=matrices[0]) if matrices else None,
            sparse_rows(np.unique(banned, axis=0), n),
        )

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.left), len(self.right)

    @property
    def lowest(self) -> int:
        """A pair is allowed if its score is above this."""
        return -SOFT_LIMIT if self.matrix is None else MATRIX_FORBIDDEN // 2

    def take(self, rows: Ints, columns: Ints) -> Self:
        """The same scores for some rows and columns only."""
        offsets, excluded = self.excluded
        position = np.full(self.shape[1], -1)
        position[columns] = np.arange(len(columns))
        lengths = np.diff(offsets)[rows]
        new = position[excluded[ranges(offsets[rows], lengths)]]
        pairs = np.column_stack([np.repeat(np.arange(len(rows)), lengths), new])[new >= 0]
        return replace(
            self,
            left=self.left[rows],
            right=self.right[columns],
            matrix=None if self.matrix is None else self.matrix[np.ix_(rows, columns)],
            excluded=sparse_rows(pairs, len(rows)),
        )

    def transposed(self) -> Self:
        """The same scores with columns as rows."""
        offsets, columns = self.excluded
        rows = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
        swap = [*range(self.left.shape[1] + PRICED), -1, -2]
        return replace(
            self,
            left=np.ascontiguousarray(self.right[:, swap]),
            right=np.ascontiguousarray(self.left[:, swap]),
            matrix=None if self.matrix is None else np.ascontiguousarray(self.matrix.T),
            excluded=sparse_rows(np.column_stack([columns, rows]), self.shape[1]),
        )

    def blocks(
        self, row_price: Ints | None = None, column_price: Ints | None = None
    ) -> Iterator[tuple[slice, Block]]:
        """Yield (rows, scores − row price − column price), one block of rows at a time.

        A pair that is not allowed stays far below 0. The array is reused by the next block.
        """
        n, m = self.shape
        if not n or not m:
            return
        p = np.zeros(n, np.int64) if row_price is None else row_price
        v = np.zeros(m, np.int64) if column_price is None else column_price
        largest = int(np.abs(p).max()) + int(np.abs(v).max())
        if self.matrix is None and largest < SOFT_LIMIT:
            yield from self.fast_blocks(p, v)
        else:
            yield from self.wide_blocks(p, v)

    def fast_blocks(self, p: Ints, v: Ints) -> Iterator[tuple[slice, Block]]:
        """Prices ride in the product: exact while all parts stay below 2²⁴."""
        left, right = self.left.copy(), self.right.copy()
        left[:, -1] = -p
        right[:, -2] = -v
        for rows, buffer in row_blocks(*self.shape, np.float32):
            block = np.matmul(left[rows], right.T, out=buffer)
            self.forbid(block, rows)
            yield rows, block

    def wide_blocks(self, p: Ints, v: Ints) -> Iterator[tuple[slice, Block]]:
        """Prices of any size, and matrices, in int64."""
        for rows, buffer in row_blocks(*self.shape, np.float32):
            if self.left.shape[1] + PRICED == 0:
                block = np.zeros(buffer.shape, np.int64)
            else:
                block = np.matmul(self.left[rows], self.right.T, out=buffer).astype(np.int64)
            if self.matrix is not None:
                block += self.matrix[rows]
            self.forbid(block, rows)
            is_forbidden = block <= self.lowest
            block -= p[rows, None]
            block -= v
            block[is_forbidden] = MATRIX_FORBIDDEN
            yield rows, block

    def forbid(self, block: Block, rows: slice) -> None:
        offsets, columns = self.excluded
        first, last = offsets[rows.start], offsets[rows.stop]
        if first < last:
            counts = np.diff(offsets[rows.start : rows.stop + 1])
            block[np.repeat(np.arange(len(counts)), counts), columns[first:last]] = MATRIX_FORBIDDEN

    def scores_at(self, rows: Ints, columns: Ints) -> Ints:
        """The scores of single allowed pairs, int64."""
        total = np.empty(len(rows), np.int64)
        for start in range(0, len(rows), 100_000):
            few = slice(start, start + 100_000)
            products = self.left[rows[few], :PRICED] * self.right[columns[few], :PRICED]
            total[few] = products.sum(axis=1, dtype=np.float64)
        return total if self.matrix is None else total + self.matrix[rows, columns]


def features(criterion: Affinity | Table) -> tuple[Ints, Ints]:
    """Two matrices whose product gives the criterion's part of every pair."""
    if isinstance(criterion, Affinity):
        used = criterion.mentors.any(axis=0) & criterion.mentees.any(axis=0)
        return criterion.mentors[:, used], criterion.mentees[:, used]
    rows, row_class = np.unique(criterion.mentor_class, return_inverse=True)
    columns, column_class = np.unique(criterion.mentee_class, return_inverse=True)
    table = criterion.scores[np.ix_(rows, columns)]
    if not table.any():
        return np.zeros((len(row_class), 0), np.int64), np.zeros((len(column_class), 0), np.int64)
    if len(rows) <= len(columns):
        return one_hot(row_class, len(rows)), table.T[column_class]
    return table[row_class], one_hot(column_class, len(columns))


def one_hot(classes: Ints, count: int) -> Ints:
    return np.eye(count, dtype=np.int64)[classes]


def row_blocks(n: int, m: int, dtype: type) -> Iterator[tuple[slice, Block]]:
    """Slices of rows with a reused array of their size."""
    height = max(1, min(n, BLOCK_CELLS // m))
    buffer: Block = np.empty((height, m), dtype)
    for start in range(0, n, height):
        stop = min(n, start + height)
        yield slice(start, stop), buffer[: stop - start]


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
