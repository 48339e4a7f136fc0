"""The directory as it stands, read in a few queries for a file to be held against it."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from upwell.people.models import (
    Directory,
    Level,
    Office,
    OrgUnit,
    Person,
    ReportingLine,
    Role,
)
from upwell.sheets import Place

FIELDS = {
    "name": "name",
    "title": "title",
    "team": "team",
    "service_line": "service_line",
    "own_zone": "own_zone",
    "own_region": "own_region",
    "hours_from": "hours_from",
    "hours_until": "hours_until",
    "languages": "languages",
    "contact_email": "contact_email",
    "level": "level__name",
    "unit": "unit__name",
    "office": "office__name",
}


class Facts(NamedTuple):
    """What an import may say of a person; level, unit and office by name, "" for none."""

    name: str = ""
    title: str = ""
    team: str = ""
    service_line: str = ""
    own_zone: str = ""
    own_region: str = ""
    hours_from: int | None = None
    hours_until: int | None = None
    languages: tuple[str, ...] = ()
    contact_email: str = ""
    level: str = ""
    unit: str = ""
    office: str = ""


class Line(NamedTuple):
    """A reporting line of somebody, to a person or else to a name."""

    kind: str
    manager: UUID | None
    named: str = ""


@dataclass(frozen=True)
class Known:
    """One person as the directory has them."""

    pk: UUID
    is_active: bool
    facts: Facts


@dataclass(frozen=True)
class Snapshot:
    """People by employee ID, and all that they may refer to, as of one revision."""

    revision: int
    columns: frozenset[str] = frozenset()
    levels: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()
    offices: dict[str, Place] = field(default_factory=dict)
    people: dict[str, Known] = field(default_factory=dict)
    lines: dict[UUID, frozenset[Line]] = field(default_factory=dict)
    with_role: frozenset[UUID] = frozenset()


def take_snapshot() -> Snapshot:
    """Read the revision first: whatever changes meanwhile makes it out of date."""
    directory = Directory.current()
    return Snapshot(
        revision=directory.revision,
        columns=frozenset(directory.columns),
        levels=tuple(Level.objects.values_list("name", flat=True)),
        units=frozenset(OrgUnit.objects.filter(parent=None).values_list("name", flat=True)),
        offices={
            name: Place(zone, region)
            for name, zone, region in Office.objects.values_list("name", "zone", "region")
        },
        people={row[0]: known(row) for row in rows_of_people()},
        lines=lines_of_people(),
        with_role=frozenset(Role.objects.values_list("person", flat=True)),
    )


def rows_of_people() -> Any:
    people = Person.objects.exclude(employee_id=None).order_by()
    return people.values_list("employee_id", "id", "is_active", *FIELDS.values()).iterator()


def known(row: tuple[Any, ...]) -> Known:
    _employee_id, pk, is_active, *values = row
    facts = dict(zip(FIELDS, values, strict=True))
    facts["languages"] = tuple(facts["languages"])
    named = {name: facts[name] or "" for name in ("level", "unit", "office")}
    return Known(pk, is_active, Facts(**facts | named))


def lines_of_people() -> dict[UUID, frozenset[Line]]:
    found: dict[UUID, set[Line]] = defaultdict(set)
    rows = ReportingLine.objects.values_list("person", "kind", "manager", "named")
    for person, kind, manager, named in rows.iterator():
        found[person].add(Line(kind, manager, named))
    return {person: frozenset(lines) for person, lines in found.items()}
