"""What is wrong with the reporting lines that an import would leave, over the whole directory."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from upwell.people.services.difference import Difference
from upwell.people.services.lines import SOLID
from upwell.people.services.snapshot import Line

Lines = Mapping[UUID, frozenset[Line]]
Loop = tuple[UUID, ...]


def present_after(difference: Difference) -> set[UUID]:
    """Those who are here once the file is brought in."""
    before = {known.pk for known in difference.before.people.values() if known.is_active}
    return (before | difference.added.keys() | difference.returning) - difference.leaving.keys()


def managers_of(lines: Lines, people: Iterable[UUID]) -> dict[UUID, UUID]:
    """To whom people report by a solid line."""
    solid = (
        (person, line.manager)
        for person in people
        for line in lines.get(person, ())
        if line.kind == SOLID
    )
    return {person: manager for person, manager in solid if manager}


def managers_before(difference: Difference) -> dict[UUID, UUID]:
    before = [known.pk for known in difference.before.people.values() if known.is_active]
    return managers_of(difference.before.lines, before)


def managers_after(difference: Difference) -> dict[UUID, UUID]:
    lines = {**difference.before.lines, **difference.lines}
    return managers_of(lines, present_after(difference))


def loops_in(managers: Mapping[UUID, UUID]) -> list[Loop]:
    """The circles among managers, each once, from its least key on. Linear in the people."""
    done: set[UUID] = set()
    found = []
    for start in managers:
        path: dict[UUID, None] = {}
        at: UUID | None = start
        while at is not None and at not in done and at not in path:
            path[at] = None
            at = managers.get(at)
        if at in path:
            found.append(circle(list(path), at))
        done.update(path)
    return sorted(found)


def circle(path: list[UUID], at: UUID) -> Loop:
    loop = path[path.index(at) :]
    first = loop.index(min(loop))
    return tuple(loop[first:] + loop[:first])


def loops_after(difference: Difference) -> tuple[list[Loop], int]:
    """The loops that there would be, the new ones first, and how many are new."""
    after = loops_in(managers_after(difference))
    old = set(loops_in(managers_before(difference))) if after else set()
    new = [loop for loop in after if loop not in old]
    return new + [loop for loop in after if loop in old], len(new)


def under_leavers(difference: Difference) -> list[tuple[UUID, UUID]]:
    """People who are here and their manager, who is not."""
    present = present_after(difference)
    after = managers_after(difference)
    return [(person, manager) for person, manager in after.items() if manager not in present]
