"""Reporting lines: who stands above whom, solid and dotted, at any depth."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from upwell.sheets.people import People


class ReportingLines:
    """The lines of a table of people, by row. Loops end where they began."""

    def __init__(self, people: People) -> None:
        row_of = people.row_of
        nobody = ("",) * len(people)
        self.named = people.managers or nobody
        dotted = people.dotted or ((),) * len(people)
        self.solid = [row_of.get(manager, -1) for manager in self.named]
        self.direct = [
            frozenset(row_of[manager] for manager in (first, *others) if manager in row_of)
            for first, others in zip(self.named, dotted, strict=True)
        ]
        self.dotted = [
            frozenset(row_of[manager] for manager in others if manager in row_of)
            for others in dotted
        ]
        self.reached: dict[frozenset[int], frozenset[int]] = {}

    @property
    def are_known(self) -> bool:
        """Whether anybody's line is given at all."""
        return any(self.named) or any(self.dotted)

    def above(self, person: int) -> frozenset[int]:
        """Everyone above the person, by any line."""
        return self.reach(self.direct[person])

    def reach(self, start: frozenset[int]) -> frozenset[int]:
        """These people and everyone above them. Remembered, as many share their managers."""
        if start not in self.reached:
            seen = set(start)
            queue = list(start)
            while queue:
                new = self.direct[queue.pop()] - seen
                seen |= new
                queue += new
            self.reached[start] = frozenset(seen)
        return self.reached[start]

    def solid_line(self, person: int) -> list[int]:
        """The solid line upwards, nearest first, without the person."""
        line: list[int] = []
        seen = {person}
        while (person := self.solid[person]) >= 0 and person not in seen:
            seen.add(person)
            line.append(person)
        return line

    def near(self, person: int, distance: int) -> frozenset[int]:
        """Everyone above by a dotted line, or fewer than ``distance`` steps up the solid one."""
        line = self.solid_line(person)
        dotted = frozenset[int]().union(*(self.dotted[row] for row in (person, *line)))
        return self.reach(dotted).union(line[: distance - 1])

    @cached_property
    def tops(self) -> frozenset[int]:
        """Those who have no manager of their own and are somebody's."""
        return frozenset(row for row in self.solid if row >= 0 and not self.named[row])

    def is_known(self, person: int) -> bool:
        """Whether the solid line can be climbed to a person at the top of the table."""
        return [person, *self.solid_line(person)][-1] in self.tops

    def pairs(
        self, mentors: Sequence[int], mentees: Sequence[int], distance: int | None
    ) -> list[tuple[int, int]]:
        """Pairs, by index of mentor and mentee, in which one stands above the other.

        With a ``distance``, a mentee that many steps up the mentor's solid line is left out.
        """
        mentor_at = places(mentors)
        mentee_at = places(mentees)
        found = []
        for index, row in enumerate(mentors):
            above = self.above(row) if distance is None else self.near(row, distance)
            found += [(index, mentee_at[other]) for other in above & mentee_at.keys()]
        for index, row in enumerate(mentees):
            found += [(mentor_at[other], index) for other in self.above(row) & mentor_at.keys()]
        return sorted(set(found))


def places(rows: Iterable[int]) -> dict[int, int]:
    return {row: index for index, row in enumerate(rows)}
