"""The arcs of the residual graph: what each single change of a proven assignment would cost."""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array

from upwell.matching.candidates import keys_of, near_pairs, typical_margin
from upwell.matching.criteria import Ints
from upwell.matching.flow import UNREACHED, Taken
from upwell.matching.pricing import SMALL
from upwell.matching.scoring import Scorer

MOST_ARCS = 96
"""If more pairs a person than this are as near to their prices, only each person's best count."""

EVERYTHING = UNREACHED
"""The margin within which all pairs are looked at, where there are few."""

Arcs = tuple[Ints, Ints, Ints]
"""From, to and cost of each."""


def row_prices(taken: Taken, people: Ints, gains: Ints, t: int, first: int) -> Ints:
    """A price for each row that none of its pairs exceeds and all made ones reach."""
    row = np.full(len(taken.first), UNREACHED)
    np.minimum.at(row, people, gains)
    row[taken.extra_free] = np.minimum(row[taken.extra_free], t)
    row[taken.first_free] = first
    return row


def near_arcs(scorer: Scorer, row: Ints, column: Ints, made: Ints) -> tuple[int, Arcs]:
    """The margin, and all pairs within it of their prices that are not made, as arcs."""
    n, m = scorer.shape
    if not n or not m:
        return EVERYTHING, (np.zeros(0, np.int64),) * 3
    margin = EVERYTHING if n * m <= SMALL else typical_margin(scorer, row, column)
    keys = keys_within(scorer, row, column, margin)
    if keys is None:  # too many are alike: of those left out, nothing is known
        margin, keys = -1, near_pairs(scorer, row, column)
    elif margin >= -scorer.lowest - 1:
        margin = EVERYTHING
    keys = np.setdiff1d(keys, made[:, 0] * m + made[:, 1])
    rows, columns = keys // m, keys % m
    costs = row[rows] + column[columns] - scorer.scores_at(rows, columns)
    return margin, (rows, columns + n, costs)


def keys_within(scorer: Scorer, row: Ints, column: Ints, margin: int) -> Ints | None:
    """The keys of all allowed pairs within a margin of their prices; None if there are too many."""
    n, m = scorer.shape
    found, count = [np.zeros(0, np.int64)], 0
    for rows, block in scorer.blocks(row, column):
        least = scorer.lowest + 1 if margin == EVERYTHING else -margin
        found.append(keys_of(np.flatnonzero(block >= least), rows, m))
        count += len(found[-1])
        if margin != EVERYTHING and count > MOST_ARCS * (n + m):
            return None
    return np.concatenate(found)


def seat_arcs(
    taken: tuple[Taken, Taken], row: Ints, column: Ints, levels: tuple[int, int, int]
) -> Iterator[Arcs]:
    """Arcs between people and the seats that they have, could take or could give up.

    ``levels`` are the prices of mentors' first and extra seats, and what a mentee's first earns.
    """
    first, t, earned = levels
    n, m = len(row), len(column)
    rows, columns, seat = np.arange(n), np.arange(n, n + m), n + m
    sides = (
        (seat, taken[0].first_free, taken[0].first, rows, row - first),
        (seat + 1, taken[0].extra_free, taken[0].extra, rows, row - t),
        (seat + 2, taken[1].first, taken[1].first_free, columns, column + earned),
        (seat + 3, taken[1].extra, taken[1].extra_free, columns, column),
    )
    for node, outward, inward, people, over in sides:
        # A mentor takes a seat from its node and gives it back; a mentee the other way round.
        sign = -1 if node < seat + 2 else 1
        nodes = np.full(len(people), node)
        yield nodes[outward], people[outward], (sign * over)[outward]
        yield people[inward], nodes[inward], (-sign * over)[inward]


def graph_of(arcs: list[Arcs], count: int) -> csr_array:
    tails, heads, costs = (np.concatenate(part) for part in zip(*arcs, strict=True))
    if costs.min(initial=0) < 0:
        raise ValueError("only what is proven the best has prices that say what others cost")
    return csr_array((costs.astype(np.float64), (tails, heads)), shape=(count, count))
