"""People put into classes, and tables over the classes of two sides."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from upwell.matching.criteria import Ints, Table

Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True)
class Classes(Generic[Value]):
    """What the people of one side have: each value once, and where each person's stands.

    Class 0 is for people of whom it is not known; the value of class c is ``values[c - 1]``.
    """

    values: tuple[Value, ...]
    member: Ints

    @property
    def unknown(self) -> list[int]:
        """The indices of those of whom it is not known."""
        return [int(index) for index in np.flatnonzero(self.member == 0)]


def classes(column: Sequence[Value | None], rows: Sequence[int]) -> Classes[Value]:
    """The classes of one side. None means not known."""
    found: dict[Value | None, int] = {None: 0}
    member = [found.setdefault(column[row], len(found)) for row in rows]
    values = tuple(value for value in found if value is not None)
    return Classes(values, np.array(member, np.int64))


@dataclass(frozen=True, eq=False)
class Grid:
    """Points by class of the mentor and class of the mentee. Class 0 is for the unknown."""

    mentor_class: Ints
    mentee_class: Ints
    points: Ints

    def table(self, code: str, *, is_private: bool) -> Table:
        """As a criterion, without classes that nobody is in, and with equal classes made one."""
        rows, mentor_class = merged(self.points, self.mentor_class)
        columns, mentee_class = merged(rows.T, self.mentee_class)
        return Table(code, mentor_class, mentee_class, columns.T, is_private)


def merged(points: Ints, member: Ints) -> tuple[Ints, Ints]:
    used, member = np.unique(member, return_inverse=True)
    rows, row_of = np.unique(points[used], axis=0, return_inverse=True)
    return rows, row_of.reshape(-1)[member.reshape(-1)]


def grid(mentors: Classes[Value], mentees: Classes[Value], points: Ints) -> Grid:
    """A grid of the points of known values; 0 where one is unknown."""
    padded = np.zeros((len(mentors.values) + 1, len(mentees.values) + 1), np.int64)
    padded[1:, 1:] = points
    return Grid(mentors.member, mentees.member, padded)


def common(
    mentors: Classes[str], mentees: Classes[str]
) -> tuple[tuple[str, ...], tuple[Ints, Ints]]:
    """The values that both sides have, and each person's class: 0, its place from 1, or the last.

    The last class is for all that only one side has, however many values they are.
    """
    shared = tuple(sorted(set(mentors.values) & set(mentees.values)))
    place = {value: index for index, value in enumerate(shared, start=1)}
    first, second = (
        np.array([0, *(place.get(value, len(place) + 1) for value in side.values)])[side.member]
        for side in (mentors, mentees)
    )
    return shared, (first, second)


def equality(mentors: Classes[str], mentees: Classes[str], *, same: int, different: int) -> Grid:
    """A grid of what one value on both sides gives, and two different ones."""
    shared, (mentor_class, mentee_class) = common(mentors, mentees)
    points = np.full((len(shared) + 2, len(shared) + 2), different, np.int64)
    np.fill_diagonal(points[:-1, :-1], same)
    points[0] = points[:, 0] = 0
    return Grid(mentor_class, mentee_class, points)


def equal_pairs(mentors: Classes[str], mentees: Classes[str]) -> Ints:
    """The pairs with one value on both sides, by index of mentor and mentee. Shape (k, 2)."""
    shared, member = common(mentors, mentees)
    rows, columns = (grouped(classes, len(shared) + 2) for classes in member)
    blocks = [
        np.array(np.meshgrid(rows[place], columns[place], indexing="ij")).reshape(2, -1).T
        for place in range(1, len(shared) + 1)
    ]
    return np.concatenate([np.zeros((0, 2), np.int64), *blocks])


def grouped(member: Ints, count: int) -> list[Ints]:
    """The indices of the people of each class."""
    order = np.argsort(member, kind="stable")
    return np.split(order, np.cumsum(np.bincount(member, minlength=count))[:-1])
