"""Reporting lines of the directory as the People table has them: ids, with stand-ins."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from upwell.people.models import Person, ReportingLine
from upwell.policy.lines import ReportingLines
from upwell.sheets import People

Line = tuple[UUID | None, str]
"""The manager, or what the source said where nobody could be found."""


@dataclass(eq=False)
class DirectoryLines:
    """Who reports to whom. Where a manager has left, the next above who has not stands in.

    ``ids`` are the ids in the table of everybody who is active; ``former`` those of others.
    """

    ids: dict[UUID, str]
    former: dict[UUID, str]
    solid: dict[UUID, Line]
    others: dict[UUID, list[Line]]
    taken: frozenset[str] = field(init=False)
    stand_ins: dict[UUID, UUID | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.taken = frozenset(self.ids.values())

    @classmethod
    def of(cls, everyone: Iterable[tuple[UUID, str | None, bool]]) -> Self:
        """Read the lines of people given as key, employee id and whether they are active."""
        known = list(everyone)
        ids = ids_of((pk, employee_id) for pk, employee_id, _ in known)
        active = {pk: ids[pk] for pk, _, is_active in known if is_active}
        solid: dict[UUID, Line] = {}
        others: dict[UUID, list[Line]] = {}
        rows = ReportingLine.objects.order_by("pk").values_list(
            "person", "kind", "manager", "named"
        )
        for person, kind, manager, text in rows:
            if kind == ReportingLine.Kind.SOLID:
                solid[person] = manager, text
            else:
                others.setdefault(person, []).append((manager, text))
        former = {pk: name for pk, name in ids.items() if pk not in active}
        return cls(active, former, solid, others)

    def manager(self, person: UUID) -> str:
        """The id of the solid-line manager; "" where there is none."""
        line = self.solid.get(person)
        return self.named(line, person) if line else ""

    def dotted(self, person: UUID) -> tuple[str, ...]:
        """The ids of the dotted-line managers, each once."""
        found = (self.named(line, person) for line in self.others.get(person, ()))
        return tuple(dict.fromkeys(found))

    def named(self, line: Line, own: UUID) -> str:
        """The id of the one above or their stand-in, else a text that is nobody's id."""
        manager, text = line
        if manager is None:
            return unlike(text, self.taken)
        above = self.stand_in(manager)
        if above is not None and above != own:
            return self.ids[above]
        return unlike(self.former.get(manager) or self.ids[manager], self.taken)

    def stand_in(self, person: UUID | None) -> UUID | None:
        """The person, or the nearest up the solid line who is active; None where there is none."""
        path: list[UUID] = []
        while person is not None and person not in self.ids and person not in self.stand_ins:
            path.append(person)
            self.stand_ins[person] = None
            person, _ = self.solid.get(person, (None, ""))
        end = person if person in self.ids else self.stand_ins.get(person) if person else None
        self.stand_ins |= dict.fromkeys(path, end)
        return end


def ids_of(everyone: Iterable[tuple[UUID, str | None]]) -> dict[UUID, str]:
    """The ids in the table, of everybody in the directory given as key and employee id."""
    known = list(everyone)
    named = {employee_id for _, employee_id in known if employee_id}
    return {pk: employee_id or unlike(str(pk), named) for pk, employee_id in known}


def directory_lines() -> tuple[ReportingLines, dict[UUID, int]]:
    """The lines of everybody who is active, and the row of each. Two queries."""
    everyone = list(Person.objects.order_by("pk").values_list("pk", "employee_id", "is_active"))
    lines = DirectoryLines.of(everyone)
    people = People(
        ids=tuple(lines.ids.values()),
        names=("",) * len(lines.ids),
        managers=tuple(map(lines.manager, lines.ids)),
        dotted=tuple(map(lines.dotted, lines.ids)),
    )
    return ReportingLines(people), {pk: row for row, pk in enumerate(lines.ids)}


def unlike(text: str, taken: Iterable[str]) -> str:
    """The text, marked until it is none of those taken."""
    while text in taken:
        text = f"? {text}"
    return text
