"""Prices for everybody, from a sample upwards, and the pass that tests them on every pair."""

import numpy as np

from upwell.matching.candidates import Candidates, every_pair, near_pairs, whole
from upwell.matching.flow import Prices, best_flow, prices_of
from upwell.matching.problem import Ints
from upwell.matching.scoring import Block, Scorer

SMALL = 250_000
"""Up to this many pairs, all of them are candidates."""

SHRINK = 0.4
"""Each sample has this share of the rows and of the columns of the next larger one."""


def starting_prices(scorer: Scorer, row_seats: Ints, column_seats: Ints) -> Prices:
    """Prices for all rows and columns under which no pair is above 0, found on samples.

    A sample is spread evenly over both sides; its optimum prices its own people, and they price the
    others: a column is worth what the best-paying row would give for it.
    """
    n, m = scorer.shape
    if n * m <= SMALL:
        return Prices(0, best_of_each_row(scorer), np.zeros(m, np.int64))
    rows, columns = evenly(n), evenly(m)
    sample = scorer.take(rows, columns)
    seats = row_seats[rows], column_seats[columns]
    prices = starting_prices(sample, *seats)
    candidates = Candidates.of(sample, first_keys(sample, prices))
    chosen = best_flow(candidates, *seats)
    prices = prices_of(candidates, chosen, *seats, prices)
    return extended(scorer, rows, prices)


def first_keys(scorer: Scorer, prices: Prices) -> Ints:
    """The keys of the pairs to begin with."""
    n, m = scorer.shape
    return every_pair(scorer) if n * m <= SMALL else near_pairs(scorer, prices.row, prices.column)


def evenly(n: int) -> Ints:
    return np.unique(np.linspace(0, n - 1, max(1, round(n * SHRINK))).astype(np.int64))


def best_of_each_row(scorer: Scorer) -> Ints:
    best = np.zeros(scorer.shape[0], np.int64)
    for rows, block in scorer.blocks():
        best[rows] = np.maximum(block.max(axis=1), 0)
    return best


def extended(scorer: Scorer, rows: Ints, prices: Prices) -> Prices:
    """Prices for everybody from those of some rows, with no pair above 0."""
    n, m = scorer.shape
    column = np.zeros(m, np.int64)
    for _, block in scorer.take(rows, np.arange(m)).blocks(prices.row, None):
        np.maximum(column, whole(block.max(axis=0)), out=column)
    row, slack = np.empty(n, np.int64), np.full(m, scorer.lowest)
    for here, block in scorer.blocks(None, column):
        row[here] = np.maximum(whole(block.max(axis=1)), prices.t)
        np.subtract(block, row[here, None], out=block, casting="same_kind")
        np.maximum(slack, whole(block.max(axis=0)), out=slack)
    return Prices(prices.t, row, np.maximum(0, column + np.minimum(slack, 0)))


def price_pass(
    scorer: Scorer, prices: Prices, candidates: Candidates, row_seats: Ints, column_seats: Ints
) -> tuple[int, Ints]:
    """Test prices on every pair.

    Returns
    -------
    bound : the most that K pairs can total, less K·t: what the rows gain at best, and the seats.
    keys : pairs that are worth more than their prices and no candidates yet, at most NEW_PER_ROW a
        row, the greatest first. None means that the prices hold for every pair.
    """
    m = scorer.shape[1]
    worth = 0
    found = [np.zeros(0, np.int64)]
    for rows, block in scorer.blocks(prices.row, prices.column):
        most = whole(block.max(axis=1))
        over = prices.row[rows] - prices.t
        worth += gains(block, most, over, row_seats[rows])
        bad = np.flatnonzero(most > 0)
        part = block[bad]
        at, columns = np.nonzero(part > 0)
        keys = rows[bad[at]] * m + columns
        found.append(candidates.new_among(keys, at, whole(part[at, columns])))
    return worth + int(column_seats @ prices.column), np.concatenate(found)


def gains(block: Block, most: Ints, over: Ints, seats: Ints) -> int:
    """The sum of each row's largest positive values of block + over, as many as it has seats."""
    total = int(np.maximum(most + over, 0)[seats == 1].sum())
    for places in np.unique(seats[seats > 1]).tolist():
        same = seats == places
        width = min(places, block.shape[1])
        best = np.partition(block[same], block.shape[1] - width, axis=1)[:, -width:]
        total += int(np.maximum(whole(best) + over[same, None], 0).sum())
    return total
