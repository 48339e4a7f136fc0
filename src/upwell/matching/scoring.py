"""Scores of blocks of pairs, fast: one matrix product of integer features.

Every number is a whole number that its type holds exactly, so neither the order of additions nor
the machine and its number of cores can change a result.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from upwell.matching.criteria import (
    FORBIDDEN,
    MATRIX_FORBIDDEN,
    SOFT_LIMIT,
    Affinity,
    Ints,
    Matrix,
    Table,
    each_once,
)
from upwell.matching.features import features, shared_tables
from upwell.matching.problem import Problem
from upwell.matching.sparse import Block, Singles, ranges, sparse_rows

Steps = tuple[tuple[int, int], ...]
BLOCK_CELLS = 1_500_000
PRICED = -2
"""The last two features carry the prices of a pass."""


@dataclass(frozen=True, eq=False)
class Classes:
    """A table of scores that is looked up, not multiplied: for rows that share their class."""

    row: Ints
    column: Ints
    scores: Ints


@dataclass(frozen=True, eq=False)
class Scorer:
    """The scores of some mentors (rows) against some mentees (columns).

    ``left`` and ``right`` are float32 features of shapes (rows, k + 2) and (columns, k + 2); their
    product, the ``looked_up`` tables, the ``singles`` and the ``matrix`` (int64, or None) add up.
    ``excluded`` lists the columns that each row may not have, as compressed sparse rows: offsets
    and columns. Pairs that score less than ``floor`` are not allowed either; each of ``steps``
    (score, bonus) adds its bonus to every pair that scores more.
    """

    left: NDArray[np.float32]
    right: NDArray[np.float32]
    looked_up: tuple[Classes, ...]
    matrix: Ints | None
    excluded: tuple[Ints, Ints]
    singles: Singles | None = None
    floor: int | None = None
    steps: Steps = ()

    @classmethod
    def of(cls, problem: Problem) -> Self:
        """Every pair of a problem. Pinned pairs count as excluded: their seats are taken."""
        n, m = len(problem.mentors), len(problem.mentees)
        looked_up = shared_tables(problem, n)
        soft = [
            features(criterion)
            for criterion in problem.criteria
            if isinstance(criterion, Affinity | Table) and criterion not in looked_up
        ]
        left = np.hstack([*(rows for rows, _ in soft), np.ones((n, 1)), np.zeros((n, 1))])
        right = np.hstack([*(columns for _, columns in soft), np.zeros((m, 1)), np.ones((m, 1))])
        banned = np.concatenate([problem.pins, *(e.pairs for e in problem.exclusions)])
        return cls(
            left.astype(np.float32),
            right.astype(np.float32),
            tuple(Classes(t.mentor_class, t.mentee_class, t.scores) for t in looked_up),
            next((c.scores for c in problem.criteria if isinstance(c, Matrix)), None),
            sparse_rows(each_once(banned, m), n),
            Singles.of(problem),
        )

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.left), len(self.right)

    @property
    def lowest(self) -> int:
        """A pair is allowed if its score, with or without prices, is above this.

        By features, an allowed pair is worth more than −2·SOFT_LIMIT and a forbidden one less than
        FORBIDDEN + 2·SOFT_LIMIT, prices included.
        """
        is_small = self.matrix is None and not self.steps
        return FORBIDDEN // 2 if is_small else MATRIX_FORBIDDEN // 2

    def above(self, floor: int, steps: Steps = ()) -> Self:
        """The same scores, with no pair allowed below this one, and with these steps."""
        return replace(self, floor=floor, steps=steps)

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
            looked_up=tuple(
                Classes(t.row[rows], t.column[columns], t.scores) for t in self.looked_up
            ),
            matrix=None if self.matrix is None else self.matrix[np.ix_(rows, columns)],
            excluded=sparse_rows(pairs, len(rows)),
            singles=self.singles and self.singles.take(rows, position),
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
            looked_up=tuple(Classes(t.column, t.row, t.scores.T) for t in self.looked_up),
            matrix=None if self.matrix is None else np.ascontiguousarray(self.matrix.T),
            excluded=sparse_rows(np.column_stack([columns, rows]), self.shape[1]),
            singles=self.singles and self.singles.transposed(self.shape[1]),
        )

    def blocks(
        self, row_price: Ints | None = None, column_price: Ints | None = None
    ) -> Iterator[tuple[Ints, Block]]:
        """Yield (rows, scores − row price − column price), some rows at a time, each row once.

        A pair that is not allowed stays at or below ``lowest``. The array is reused by the next
        block.
        """
        n, m = self.shape
        if not n or not m:
            return
        p = np.zeros(n, np.int64) if row_price is None else row_price
        v = np.zeros(m, np.int64) if column_price is None else column_price
        is_small = int(np.abs(p).max()) + int(np.abs(v).max()) < SOFT_LIMIT
        if self.matrix is None and self.floor is None and is_small:
            yield from self.products(p, v)
            return
        is_small &= self.matrix is None and not self.steps
        least = FORBIDDEN // 2 + 1 if self.matrix is None else MATRIX_FORBIDDEN // 2 + 1
        least = least if self.floor is None else max(self.floor, least)
        for rows, product in self.products(np.zeros_like(p), np.zeros_like(v)):
            block = product if is_small else product.astype(np.int64)
            if self.matrix is not None:
                block += self.matrix[rows]
                block[product <= FORBIDDEN // 2] = MATRIX_FORBIDDEN
            is_forbidden = block < least
            if self.steps:
                block = stepped(block, self.steps)
            block -= p[rows, None].astype(block.dtype)
            block -= v.astype(block.dtype)
            block[is_forbidden] = MATRIX_FORBIDDEN
            yield rows, block

    def products(self, p: Ints, v: Ints) -> Iterator[tuple[Ints, Block]]:
        """Blocks without the matrix, in float32: exact while all parts stay below 2²⁴.

        Prices and looked-up scores ride in the last features; each block is of rows that share
        their classes.
        """
        order, starts = self.runs()
        left, right = self.left[order], self.right.copy()
        left[:, -1] = -p[order]
        height = max(1, min(len(left), BLOCK_CELLS // len(right)))
        buffer = np.empty((height, len(right)), np.float32)
        for first, last in pairwise([*starts.tolist(), len(order)]):
            right[:, -2] = self.shared_scores(order[first]) - v
            for start in range(first, last, height):
                few = slice(start, min(last, start + height))
                # A BLAS may compute on what stands beside short rows, and raise a flag for it.
                with np.errstate(invalid="ignore"):
                    block = np.matmul(left[few], right.T, out=buffer[: few.stop - few.start])
                if self.singles:
                    at, columns, points = self.singles.of_rows(order[few])
                    block[at, columns] += points
                self.forbid(block, order[few])
                yield order[few], block

    def runs(self) -> tuple[Ints, Ints]:
        """The rows in an order that keeps those of the same classes together, and where each run
        of them starts.
        """
        if not self.looked_up:
            return np.arange(len(self.left)), np.array([0])
        keys = np.column_stack([table.row for table in self.looked_up])
        order = np.lexsort(keys.T)
        changes = np.any(np.diff(keys[order], axis=0) != 0, axis=1)
        return order, np.concatenate([[0], np.flatnonzero(changes) + 1])

    def shared_scores(self, row: int) -> Ints:
        """What the looked-up tables give one row, for each column."""
        total = np.zeros(self.shape[1], np.int64)
        for table in self.looked_up:
            total += table.scores[table.row[row]][table.column]
        return total

    def forbid(self, block: Block, rows: Ints) -> None:
        offsets, columns = self.excluded
        counts = offsets[rows + 1] - offsets[rows]
        if counts.any():
            listed = columns[ranges(offsets[rows], counts)]
            block[np.repeat(np.arange(len(rows)), counts), listed] = MATRIX_FORBIDDEN

    def scores_at(self, rows: Ints, columns: Ints) -> Ints:
        """The scores of single allowed pairs, int64."""
        total = np.empty(len(rows), np.int64)
        for start in range(0, len(rows), 50_000):
            few = slice(start, start + 50_000)
            left, right = self.left[rows[few], :PRICED], self.right[columns[few], :PRICED]
            total[few] = np.einsum("ij,ij->i", left, right)
        for table in self.looked_up:
            total += table.scores[table.row[rows], table.column[columns]]
        if self.singles:
            self.singles.add_to(total, rows, columns, self.shape[1])
        if self.matrix is not None:
            total += self.matrix[rows, columns]
        return stepped(total, self.steps)


def stepped(scores: Ints, steps: Steps) -> Ints:
    """The scores with the bonus of every step that they are above."""
    result = scores.copy()
    for score, bonus in steps:
        result += bonus * (scores > score)
    return result
