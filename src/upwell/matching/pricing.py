"""Prices for everybody, from a sample upwards, and the pass that tests them on every pair."""

import numpy as np

from upwell.matching.candidates import Candidates, every_pair, near_pairs, whole
from upwell.matching.criteria import Ints
from upwell.matching.flow import Prices, best_flow, prices_of
from upwell.matching.scoring import Scorer
from upwell.matching.seats import Both, Seats
from upwell.matching.sparse import Block

SMALL = 250_000
"""Up to this many pairs, all of them are candidates."""

SHRINK = 0.4
"""Each sample has this share of the rows and of the columns of the next larger one."""


def starting_prices(scorer: Scorer, seats: Seats) -> Prices:
    """Prices for all rows and columns under which no pair is above 0, found on samples.

    A sample is spread evenly over both sides; its optimum prices its own people, and they price the
    others: a column is worth what the best-paying row would give for it.
    """
    n, m = scorer.shape
    if n * m <= SMALL:
        return Prices(0, best_of_each_row(scorer), np.zeros(m, np.int64))
    rows, columns = evenly(n), evenly(m)
    sample = scorer.take(rows, columns)
    few = seats.take(rows, columns)
    prices = starting_prices(sample, few)
    candidates = Candidates.of(sample, first_keys(sample, prices))
    prices = prices_of(candidates, best_flow(candidates, few), few, prices)
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
        row[here] = np.maximum(whole(block.max(axis=1)), prices.t - prices.first_row)
        np.subtract(block, row[here, None], out=block, casting="same_kind")
        np.maximum(slack, whole(block.max(axis=0)), out=slack)
    column = np.maximum(0, column + np.minimum(slack, 0))
    return Prices(prices.t, row, column, prices.first_row, prices.first_column)


def price_pass(
    scorer: Scorer, prices: Prices, candidates: Candidates, seats: Seats
) -> tuple[int, Ints]:
    """Test prices on every pair.

    Returns
    -------
    worth : what the rows gain at best and the columns' seats are worth. With K·t, less what first
        seats earn, it is the most that as many pairs, mentees and mentors can total.
    keys : pairs that are worth more than their prices and no candidates yet, at most NEW_PER_ROW a
        row, the greatest first. None means that the prices hold for every pair.
    """
    m = scorer.shape[1]
    worth = seats_worth(prices, seats)
    found = [np.zeros(0, np.int64)]
    for rows, block in scorer.blocks(prices.row, prices.column):
        most = whole(block.max(axis=1))
        over = prices.row[rows] - prices.t
        few = seats.first_row[rows], seats.extra_row[rows]
        worth += gains(block, most, over, few, prices.first_row)
        bad = np.flatnonzero(most > 0)
        part = block[bad]
        at, columns = np.nonzero(part > 0)
        keys = rows[bad[at]] * m + columns
        found.append(candidates.new_among(keys, at, whole(part[at, columns])))
    return worth, np.concatenate(found)


def seats_worth(prices: Prices, seats: Seats) -> int:
    """What the seats of all columns are worth at their prices."""
    first = np.maximum(prices.column + prices.first_column, 0)
    return int(seats.first_column @ first + seats.extra_column @ np.maximum(prices.column, 0))


def gains(block: Block, most: Ints, over: Ints, seats: Both, first_price: int) -> int:
    """The sum of what each row gains by its largest values of block + over, one for each seat.

    The first seat earns ``first_price`` besides; from the second on, only positive values count.
    """
    first, extra = seats
    total = int(np.maximum(most + over + first_price, 0)[first > 0].sum())
    for begin, beyond in np.unique(np.stack(seats)[:, extra > 0], axis=1).T.tolist():
        same = (first == begin) & (extra == beyond)
        width = min(begin + beyond, block.shape[1])
        best = np.partition(block[same], block.shape[1] - width, axis=1)[:, -width:]
        best = np.sort(whole(best), axis=1)[:, : width - begin]
        total += int(np.maximum(best + over[same, None], 0).sum())
    return total
