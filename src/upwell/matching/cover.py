"""The proof that no assignment has more pairs: a minimum cut, by Kőnig's theorem."""

import numpy as np
from numpy.typing import NDArray

from upwell.matching.candidates import Candidates, whole
from upwell.matching.criteria import Ints
from upwell.matching.scoring import Scorer
from upwell.matching.seats import Both

Bools = NDArray[np.bool_]
Cover = tuple[Bools, Bools]
"""Who of the rows and who of the columns is in a cover."""


def cover_of(candidates: Candidates, chosen: Bools, seats: Both) -> Cover:
    """The rows and columns whose seats, with the chosen pairs that touch neither, number the pairs.

    All rows or all columns that have a candidate, if the choice fills them; else the cut next to
    the rows that still have a free seat: the rows that alternating paths from there do not reach,
    and the columns that they do.
    """
    row_seats, column_seats = seats
    n, m = len(row_seats), len(column_seats)
    count = np.count_nonzero(chosen)
    has_row = np.bincount(candidates.rows, minlength=n) > 0
    has_column = np.bincount(candidates.columns, minlength=m) > 0
    if count == row_seats[has_row].sum():
        return has_row, np.zeros(m, bool)
    if count == column_seats[has_column].sum():
        return np.zeros(n, bool), has_column
    is_reached = np.bincount(candidates.rows[chosen], minlength=n) < row_seats
    columns = np.zeros(m, bool)
    while True:
        columns[candidates.columns[~chosen & is_reached[candidates.rows]]] = True
        back = candidates.rows[chosen & columns[candidates.columns]]
        if is_reached[back].all():
            return ~is_reached, columns
        is_reached[back] = True


def is_one_side(candidates: Candidates, rows: Bools, columns: Bools) -> bool:
    """Whether everybody on one side who has a candidate is covered, which proves itself."""
    return bool(rows[candidates.rows].all() or columns[candidates.columns].all())


def smaller_side(seats: Both) -> Cover:
    """A cover that always holds: everybody on the side with fewer seats."""
    takes_rows = bool(seats[0].sum() <= seats[1].sum())
    return np.full(len(seats[0]), takes_rows), np.full(len(seats[1]), not takes_rows)


def uncovered(scorer: Scorer, candidates: Candidates, rows: Bools, columns: Bools) -> Ints:
    """The keys of allowed pairs that touch neither and are no candidates yet.

    At most NEW_PER_ROW a row, the best first. None means that the cover holds for every pair.
    """
    m = scorer.shape[1]
    open_rows, open_columns = np.flatnonzero(~rows), np.flatnonzero(~columns)
    found = [np.zeros(0, np.int64)]
    for here, block in scorer.take(open_rows, open_columns).blocks():
        at, column = np.nonzero(block > scorer.lowest)
        keys = open_rows[here[at]] * m + open_columns[column]
        found.append(candidates.new_among(keys, at, whole(block[at, column])))
    return np.concatenate(found)


def cover_size(
    candidates: Candidates,
    chosen: Bools,
    seats: Both,
    cover: Cover,
) -> int:
    """The most pairs that a cover allows: its seats, and the chosen pairs it does not touch."""
    rows, columns = cover
    outside = chosen & ~rows[candidates.rows] & ~columns[candidates.columns]
    return int(seats[0][rows].sum() + seats[1][columns].sum() + np.count_nonzero(outside))
