"""Answers about the directory that are no rows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from upwell.people.models import Level, OrgUnit, ReportingLine


@dataclass
class Branch:
    """A unit with all below it; ``own`` counts its people, ``total`` also those below."""

    unit: OrgUnit
    own: int
    total: int
    below: list["Branch"] = field(default_factory=list)


def levels_with_counts() -> QuerySet[Level]:
    """Levels from the highest down, with ``count`` of the people who are here."""
    count = Count("people", filter=Q(people__is_active=True))
    return Level.objects.annotate(count=count).order_by("-height")


def unit_tree() -> list[Branch]:
    """All units from the top, by name, with the people who are here. One query."""
    count = Count("people", filter=Q(people__is_active=True))
    below: dict[int | None, list[OrgUnit]] = defaultdict(list)
    for unit in OrgUnit.objects.annotate(count=count).order_by("name"):
        below[unit.parent_id].append(unit)
    return [branch_of(unit, below) for unit in below[None]]


def branch_of(unit: OrgUnit, below: dict[int | None, list[OrgUnit]]) -> Branch:
    branches = [branch_of(one, below) for one in below[unit.pk]]
    own: int = unit.count  # type: ignore[attr-defined]  # -- annotated above
    return Branch(unit, own, own + sum(one.total for one in branches), branches)


def people_above(people: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Everybody above each of these people, by any line and at any depth, also through leavers.

    One query for each step upwards.
    """
    starts = set(people)
    direct: dict[UUID, set[UUID]] = {}
    waiting = starts
    while waiting:
        direct |= {person: set() for person in waiting}
        lines = ReportingLine.objects.filter(person__in=waiting, manager__isnull=False)
        for person, manager in lines.values_list("person", "manager"):
            direct[person].add(manager)
        waiting = {above for person in waiting for above in direct[person]} - direct.keys()
    return {person: reached(person, direct) for person in starts}


def reached(person: UUID, direct: dict[UUID, set[UUID]]) -> set[UUID]:
    found: set[UUID] = set()
    waiting = [person]
    while waiting:
        new = direct[waiting.pop()] - found
        found |= new
        waiting += new
    return found
