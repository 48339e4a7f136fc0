"""Managers that somebody corrects on the way, before a file is brought in."""

from uuid import UUID

from upwell.people.services.facts import NAME, fit
from upwell.people.services.lines import SOLID, Managers
from upwell.people.services.snapshot import Line, Snapshot

Repairs = dict[str, str]
"""The manager of people by their IDs; "" where it is not known."""


def repair_lines(
    lines: dict[UUID, frozenset[Line]], repairs: Repairs, managers: Managers, snapshot: Snapshot
) -> tuple[str, ...]:
    """Change the lines that people are to have; returns managers who are not found."""
    unknown = []
    for id_, said in repairs.items():
        person = managers.by_id.get(id_)
        if person is None:
            continue  # not in this file any more, nor in the directory
        had = snapshot.lines.get(person, frozenset())
        old = lines.get(person, had)
        line = managers.line(SOLID, said, person) if said else not_known(old, managers)
        if said and (line is None or line.manager is None):
            unknown.append(said)
            continue
        new = frozenset(one for one in old if one.kind != SOLID) | ({line} if line else set())
        lines[person] = new
        if new == had:
            del lines[person]
    return tuple(unknown)


def not_known(lines: frozenset[Line], managers: Managers) -> Line | None:
    """A line to whom the source named, which leads to nobody."""
    solid = next((line for line in lines if line.kind == SOLID), None)
    if solid is None or solid.manager is None:
        return solid
    id_ = next((id_ for id_, pk in managers.by_id.items() if pk == solid.manager), "?")
    return Line(SOLID, None, fit(id_, NAME))
