"""The few pairs worth looking at, chosen among all pairs by their price-reduced scores."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from upwell.matching.problem import Ints
from upwell.matching.scoring import Block, Scorer, ranges

PER_PERSON = 12
SAMPLED_PEOPLE = 256
NEW_PER_ROW = 24
KEY_FLOOR = -(2**44)  # below every price-reduced score; times 2¹⁸ columns it still fits in int64


@dataclass(frozen=True, eq=False)
class Candidates:
    """Pairs with their scores, each once, ordered by row and column; ``m`` columns in all."""

    rows: Ints
    columns: Ints
    scores: Ints
    m: int

    @classmethod
    def of(cls, scorer: Scorer, keys: Ints) -> Self:
        """The pairs with these keys (row · m + column), in any order, also repeated."""
        m = scorer.shape[1]
        keys = np.unique(keys)
        rows, columns = keys // m, keys % m
        return cls(rows, columns, scorer.scores_at(rows, columns), m)

    def with_keys(self, scorer: Scorer, keys: Ints) -> Self:
        """These pairs and those with other keys, which are in any order and may repeat."""
        mine = self.keys
        new = type(self).of(scorer, np.setdiff1d(keys, mine))
        at = np.searchsorted(mine, new.keys)
        return type(self)(
            np.insert(self.rows, at, new.rows),
            np.insert(self.columns, at, new.columns),
            np.insert(self.scores, at, new.scores),
            self.m,
        )

    @cached_property
    def keys(self) -> Ints:
        """Ascending."""
        return self.rows * self.m + self.columns

    def __len__(self) -> int:
        return len(self.rows)


def every_pair(scorer: Scorer) -> Ints:
    """The keys of all allowed pairs."""
    return keys_where(scorer, None, None, scorer.lowest)


def keys_where(
    scorer: Scorer, row_price: Ints | None, column_price: Ints | None, above: int
) -> Ints:
    """The keys of all pairs whose price-reduced score is above a bound."""
    m = scorer.shape[1]
    found = [
        np.flatnonzero(block > above) + rows.start * m
        for rows, block in scorer.blocks(row_price, column_price)
    ]
    return np.concatenate([np.zeros(0, np.int64), *found])


def near_pairs(scorer: Scorer, row_price: Ints, column_price: Ints) -> Ints:
    """The keys of each person's best pairs by price-reduced score, at least PER_PERSON of each.

    Whoever has fewer allowed pairs keeps all of them. Prices should leave every pair at 0 or below.
    The margin is set from a sample of rows; whoever falls short is looked at again more widely.
    """
    n, m = scorer.shape
    margin = typical_margin(scorer, row_price, column_price)
    keys = keys_where(scorer, row_price, column_price, -margin - 1)
    few_rows = np.flatnonzero(np.bincount(keys // m, minlength=n) < min(PER_PERSON, m))
    few_columns = np.flatnonzero(np.bincount(keys % m, minlength=m) < min(PER_PERSON, n))
    by_row = best_of_rows(scorer.take(few_rows, np.arange(m)), column_price)
    by_column = best_of_rows(scorer.transposed().take(few_columns, np.arange(n)), row_price)
    return np.concatenate(
        [
            keys,
            few_rows[by_row // m] * m + by_row % m,
            by_column % n * m + few_columns[by_column // n],
        ]
    )


def typical_margin(scorer: Scorer, row_price: Ints, column_price: Ints) -> int:
    """How far below 0 one must go for about PER_PERSON pairs a row, from evenly spaced rows."""
    n, m = scorer.shape
    rows = np.unique(np.linspace(0, n - 1, min(n, SAMPLED_PEOPLE)).astype(np.int64))
    few = scorer.take(rows, np.arange(m))
    wanted = min(len(rows) * PER_PERSON, len(rows) * m) - 1
    kept = [
        np.partition(-block.ravel(), min(wanted, block.size - 1))[: wanted + 1]
        for _, block in few.blocks(row_price[rows], column_price)
    ]
    lowest = np.partition(np.concatenate(kept), wanted)[wanted]
    return int(np.clip(lowest, 0, -scorer.lowest))


def best_of_rows(scorer: Scorer, column_price: Ints) -> Ints:
    """The keys of the PER_PERSON best allowed pairs of each row."""
    m = scorer.shape[1]
    width = min(PER_PERSON, m)
    found = [np.zeros(0, np.int64)]
    for rows, block in scorer.blocks(None, column_price):
        best = largest_first(block, width)
        allowed = np.take_along_axis(block, best, axis=1) > scorer.lowest - column_price.max()
        found.append((best + np.arange(rows.start, rows.stop)[:, None] * m)[allowed])
    return np.concatenate(found)


def largest_first(block: Block, width: int) -> Ints:
    """The columns of the largest values of each row; among equals the first columns.

    The key value · m + (m − column) is unique, so that every machine selects the same.
    """
    m = block.shape[1]
    key = np.maximum(block, KEY_FLOOR).astype(np.int64) * m - np.arange(m)
    if width < m:
        part = np.argpartition(-key, width - 1, axis=1)[:, :width]
    else:
        part = np.broadcast_to(np.arange(m), block.shape)
    return np.sort(part, axis=1)


def limit_per_row(rows: Ints, gains: Ints, limit: int) -> Ints:
    """The positions of each row's ``limit`` largest gains; rows ascend, ties go to the first."""
    order = np.lexsort((-gains, rows))
    counts = np.bincount(rows[order])
    rank = ranges(np.zeros_like(counts), counts)
    return np.sort(order[rank < limit])


def contains(ascending: Ints, values: Ints) -> NDArray[np.bool_]:
    """Which of the values stand in an ascending array."""
    at = np.searchsorted(ascending, values)
    at[at == len(ascending)] = 0
    return ascending[at] == values if len(ascending) else np.zeros(len(values), np.bool_)
