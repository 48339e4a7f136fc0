"""Seats of two kinds: everybody's first, and what there is beyond."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from upwell.matching.certificate import Count, Counts
from upwell.matching.criteria import Ints
from upwell.matching.problem import Problem

Both = tuple[Ints, Ints]


@dataclass(frozen=True, eq=False)
class Seats:
    """The seats that pins leave of some mentors (rows) and mentees (columns).

    Each array holds a number for each person; first seats are 0 or 1. Whoever has a pin has no
    first seat left.
    """

    first_row: Ints
    extra_row: Ints
    first_column: Ints
    extra_column: Ints

    @classmethod
    def of(cls, problem: Problem) -> Self:
        return cls(
            *kinds(problem.mentor_capacity, problem.pins[:, 0]),
            *kinds(problem.mentee_capacity, problem.pins[:, 1]),
        )

    @property
    def row(self) -> Ints:
        return self.first_row + self.extra_row

    @property
    def column(self) -> Ints:
        return self.first_column + self.extra_column

    @property
    def are_single(self) -> bool:
        """Whether nobody has an extra seat, so that pairs, mentees and mentors are one number."""
        return not (self.extra_row.any() or self.extra_column.any())

    def take(self, rows: Ints, columns: Ints) -> Self:
        return type(self)(
            self.first_row[rows],
            self.extra_row[rows],
            self.first_column[columns],
            self.extra_column[columns],
        )

    def without(self, row: int, column: int) -> Self:
        """The seats that one pair leaves."""
        first_row, extra_row = less_one(self.first_row, self.extra_row, row)
        first_column, extra_column = less_one(self.first_column, self.extra_column, column)
        return type(self)(first_row, extra_row, first_column, extra_column)

    def counted(self) -> dict[Count, Both]:
        """Of each count, the seats under which it is the most pairs that there can be.

        As many mentees as possible have a mentor where each has their first seat alone, and so for
        mentors. An assignment can have the most of all three at once (Ford and Fulkerson, 1962).
        """
        if self.are_single:
            return {"pairs": (self.row, self.column)}
        return {
            "pairs": (self.row, self.column),
            "mentees": (self.row, self.first_column),
            "mentors": (self.first_row, self.column),
        }

    def counts(self, rows: Ints, columns: Ints) -> Counts:
        """How many first seats, and seats in all, these pairs take."""
        has_row, has_column = np.zeros(len(self.row), bool), np.zeros(len(self.column), bool)
        has_row[rows], has_column[columns] = True, True
        return Counts(
            pairs=len(rows),
            mentees=int(self.first_column[has_column].sum()),
            mentors=int(self.first_row[has_row].sum()),
        )

    def one_each(self, count: Count, rows: Ints, columns: Ints) -> NDArray[np.bool_]:
        """Of these pairs, those that take the seats of one count: a person's first pair alone."""
        if count == "pairs":
            return np.ones(len(rows), bool)
        people, first = (
            (columns, self.first_column) if count == "mentees" else (rows, self.first_row)
        )
        kept = np.zeros(len(people), bool)
        kept[np.unique(people, return_index=True)[1]] = True
        is_one: NDArray[np.bool_] = kept & (first[people] > 0)
        return is_one


def kinds(capacity: Ints, pinned: Ints) -> Both:
    """First and extra seats that are left where these people have a pin each."""
    seats = capacity - np.bincount(pinned, minlength=len(capacity))
    first = (seats > 0).astype(np.int64)
    first[pinned] = 0
    return first, seats - first


def beside_pins(problem: Problem, pairs: Ints) -> NDArray[np.bool_]:
    """Which of the pairs are no pins."""
    width = (len(problem.mentees), 1)
    is_other: NDArray[np.bool_] = ~np.isin(pairs @ width, problem.pins @ width)
    return is_other


def less_one(first: Ints, extra: Ints, person: int) -> Both:
    """First and extra seats without one of a person's, the first if it is there."""
    first, extra = first.copy(), extra.copy()
    (first if first[person] else extra)[person] -= 1
    return first, extra
