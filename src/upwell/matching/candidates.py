"""The few pairs worth looking at, chosen among all pairs by their price-reduced scores."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from upwell.matching.criteria import Ints, distinct
from upwell.matching.scoring import Scorer
from upwell.matching.sparse import Block, ranges

TYPICAL = 32
FEWEST = 12
MOST = 64
SAMPLED_PEOPLE = 256
NEW_PER_ROW = 24
KEY_FLOOR = -(2**44)
"""What is so much less than the best of its row counts as no less: times 2¹⁸ it fits in int64."""


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
        keys = distinct(keys)
        rows, columns = keys // m, keys % m
        scores = scorer.scores_at(rows, columns)
        if scores.min(initial=0) <= scorer.lowest:
            raise RuntimeError("a pair that is not allowed became a candidate")
        return cls(rows, columns, scores, m)

    def with_keys(self, scorer: Scorer, keys: Ints) -> Self:
        """These pairs and those with other keys, which are in any order and may repeat."""
        mine = self.keys
        new = type(self).of(scorer, keys[~contains(mine, keys)])
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

    def new_among(self, keys: Ints, rows: Ints, gains: Ints) -> Ints:
        """Those keys that are no candidates yet, at most NEW_PER_ROW a row, the greatest first.

        ``rows`` ascend; keys of one number there are of one row.
        """
        is_new = ~contains(self.keys, keys)
        return keys[is_new][limit_per_row(rows[is_new], gains[is_new], NEW_PER_ROW)]

    def __len__(self) -> int:
        return len(self.rows)


def every_pair(scorer: Scorer) -> Ints:
    """The keys of all allowed pairs."""
    m = scorer.shape[1]
    found = [
        keys_of(np.flatnonzero(block > scorer.lowest), rows, m) for rows, block in scorer.blocks()
    ]
    return np.concatenate([np.zeros(0, np.int64), *found])


def near_pairs(scorer: Scorer, row_price: Ints, column_price: Ints) -> Ints:
    """The keys of each person's best pairs by price-reduced score, about TYPICAL of them.

    Everybody has at least FEWEST, or all allowed pairs if they have fewer. Prices should leave
    every pair at 0 or below. The margin below 0 is set from a sample of rows; whoever falls short
    is looked at again without one.
    """
    n, m = scorer.shape
    margin = typical_margin(scorer, row_price, column_price)
    keys = best_of_rows(scorer, row_price, column_price, limit=MOST, least=-margin)
    few_rows = np.flatnonzero(np.bincount(keys // m, minlength=n) < min(FEWEST, m))
    few_columns = np.flatnonzero(np.bincount(keys % m, minlength=m) < min(FEWEST, n))
    widely = {"limit": FEWEST, "least": scorer.lowest + 1}
    by_row = best_of_rows(scorer.take(few_rows, np.arange(m)), None, column_price, **widely)
    across = scorer.transposed().take(few_columns, np.arange(n))
    by_column = best_of_rows(across, None, row_price, **widely)
    return np.concatenate(
        [
            keys,
            few_rows[by_row // m] * m + by_row % m,
            by_column % n * m + few_columns[by_column // n],
        ]
    )


def typical_margin(scorer: Scorer, row_price: Ints, column_price: Ints) -> int:
    """How far below 0 one must go for about TYPICAL pairs a row, from evenly spaced rows."""
    n, m = scorer.shape
    rows = np.unique(np.linspace(0, n - 1, min(n, SAMPLED_PEOPLE)).astype(np.int64))
    few = scorer.take(rows, np.arange(m))
    wanted = min(len(rows) * TYPICAL, len(rows) * m) - 1
    kept = [
        np.partition(-block.ravel(), min(wanted, block.size - 1))[: wanted + 1]
        for _, block in few.blocks(row_price[rows], column_price)
    ]
    lowest = np.partition(np.concatenate(kept), wanted)[wanted]
    return int(np.clip(lowest, 0, -scorer.lowest - 1))


def best_of_rows(
    scorer: Scorer, row_price: Ints | None, column_price: Ints, *, limit: int, least: int
) -> Ints:
    """The keys of each row's ``limit`` best pairs by price-reduced score, none below ``least``."""
    n, m = scorer.shape
    found = [
        keys_of(best_of_block(block, rows, n, limit=limit, least=least), rows, m)
        for rows, block in scorer.blocks(row_price, column_price)
    ]
    return np.concatenate([np.zeros(0, np.int64), *found])


def keys_of(flat: Ints, rows: Ints, m: int) -> Ints:
    """The keys of flat positions in a block of these rows."""
    return rows[flat // m] * m + flat % m


def best_of_block(block: Block, rows: Ints, n: int, *, limit: int, least: int) -> Ints:
    """The flat positions of each row's ``limit`` largest values, none below ``least``.

    Among equals a row prefers the columns that follow its own place in the table, so that rows
    which see only equals do not all take the same columns. The key is unique: every machine selects
    the same.
    """
    height, m = block.shape
    bar = np.full(height, least, block.dtype)
    crowded = np.count_nonzero(block >= bar[:, None], axis=1) > limit
    if crowded.any() and limit < m:
        bar[crowded] = np.maximum(
            bar[crowded], np.partition(block[crowded], m - limit, axis=1)[:, m - limit]
        )
    flat = np.flatnonzero(block >= bar[:, None])
    at, columns = flat // m, flat % m
    offsets = rows * m // n
    if np.bincount(at, minlength=1).max() <= limit:
        return flat
    if len(at) <= 2 * limit * height:
        turns = (columns - offsets[at]) % m
        return flat[limit_per_row(at, whole(block.ravel()[flat]), limit, turns)]
    turns = (np.arange(m) - offsets[:, None]) % m
    below = whole(block) - whole(block.max(axis=1, keepdims=True))
    keys = np.maximum(below, KEY_FLOOR) * m - turns
    best = np.argpartition(-keys, limit - 1, axis=1)[:, :limit]
    is_good = np.take_along_axis(block, best, axis=1) >= bar[:, None]
    places = best + np.arange(height)[:, None] * m
    return np.sort(places[is_good])


def limit_per_row(rows: Ints, gains: Ints, limit: int, turns: Ints | None = None) -> Ints:
    """The positions of each row's ``limit`` largest gains; rows ascend.

    Ties go to the lowest of ``turns``, or to the first.
    """
    order = np.lexsort((-gains, rows) if turns is None else (turns, -gains, rows))
    counts = np.bincount(rows[order])
    rank = ranges(np.zeros_like(counts), counts)
    return np.sort(order[rank < limit])


def whole(values: Block) -> Ints:
    """Whole numbers as int64."""
    return values.astype(np.int64)


def contains(ascending: Ints, values: Ints) -> NDArray[np.bool_]:
    """Which of the values stand in an ascending array."""
    at = np.searchsorted(ascending, values)
    at[at == len(ascending)] = 0
    return ascending[at] == values if len(ascending) else np.zeros(len(values), np.bool_)
