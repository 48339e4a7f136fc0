"""Reporting lines: who stands above whom, solid and dotted, at any depth."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from upwell.policy.faults import Fault, PolicyError, shown
from upwell.sheets.people import People

MOST_ABOVE = 2_000
"""More people above one are a mistake in the table: a loop of thousands, or a chain of rows."""

MOST_REMEMBERED = 5_000_000


class ReportingLines:
    """The lines of a table of people, by row. Loops end where they began."""

    def __init__(self, people: People) -> None:
        self.ids = people.ids
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
        self.astray = frozenset(
            row
            for row, (first, others) in enumerate(zip(self.named, dotted, strict=True))
            if any(manager and manager not in row_of for manager in (first, *others))
        )
        """Those who name a manager who cannot be identified, or is outside the table."""
        self.reached: dict[frozenset[int], frozenset[int]] = {}
        self.remembered = 0

    @property
    def are_known(self) -> bool:
        """Whether the table says of anybody who is directly above."""
        return any(self.direct)

    def above(self, person: int) -> frozenset[int]:
        """Everyone above the person, by any line."""
        return self.reach(self.direct[person])

    def reach(self, start: frozenset[int]) -> frozenset[int]:
        """These people and everyone above them. Remembered, as many share their managers."""
        if (known := self.reached.get(start)) is not None:
            return known
        seen = set(start)
        queue = list(start)
        while queue:
            new = self.direct[queue.pop()] - seen
            seen |= new
            queue += new
        found = frozenset(seen)
        if self.remembered < MOST_REMEMBERED:
            self.remembered += len(found)
            self.reached[start] = found
        return found

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
        """Whether the solid line ends at a top, and no manager is missing in any line upwards."""
        if person in self.astray or not self.astray.isdisjoint(self.above(person)):
            return False
        return [person, *self.solid_line(person)][-1] in self.tops

    def pairs(
        self, mentors: Sequence[int], mentees: Sequence[int], distance: int | None
    ) -> list[tuple[int, int]]:
        """Pairs, by index of mentor and mentee, in which one stands above the other.

        With a ``distance``, a mentee that many steps up the mentor's solid line is left out.
        Raises PolicyError where more people stand above one than any organization has.
        """
        self.check_depth([*mentors, *mentees])
        mentor_at = places(mentors)
        mentee_at = places(mentees)
        found = []
        for index, row in enumerate(mentors):
            above = self.above(row) if distance is None else self.near(row, distance)
            found += [(index, mentee_at[other]) for other in above & mentee_at.keys()]
        for index, row in enumerate(mentees):
            found += [(mentor_at[other], index) for other in self.above(row) & mentor_at.keys()]
        return sorted(set(found))

    def check_depth(self, rows: Iterable[int]) -> None:
        deep = next((row for row in rows if len(self.above(row)) > MOST_ABOVE), None)
        if deep is not None:
            person, params = shown(self.ids[deep]), {"limit": MOST_ABOVE}
            raise PolicyError([Fault("too_deep", "rules.reporting_lines", person, params)])


def places(rows: Iterable[int]) -> dict[int, int]:
    return {row: index for index, row in enumerate(rows)}
