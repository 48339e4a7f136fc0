"""The directory as it stands, read in a few queries for a file to be held against it."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from upwell.people.models import (
    Away,
    Directory,
    Level,
    Office,
    OrgUnit,
    Person,
    ReportingLine,
    Role,
)
from upwell.sheets import Place
from upwell.sheets.reading import Span, Spans

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
    "unit": "unit_id",
    "office": "office__name",
}


class Facts(NamedTuple):
    """What an import may say of a person: level and office by name, unit by path, "" for none."""

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
    units_known_as: dict[str, str] = field(default_factory=dict)
    offices: dict[str, Place] = field(default_factory=dict)
    people: dict[str, Known] = field(default_factory=dict)
    lines: dict[UUID, frozenset[Line]] = field(default_factory=dict)
    with_role: frozenset[UUID] = frozenset()
    away: dict[UUID, Spans] = field(default_factory=dict)


def take_snapshot() -> Snapshot:
    """Read the revision first: whatever changes meanwhile makes it out of date."""
    directory = Directory.current()
    units = OrgUnit.objects.paths()
    return Snapshot(
        revision=directory.revision,
        columns=frozenset(directory.columns),
        levels=tuple(Level.objects.values_list("name", flat=True)),
        units=frozenset(units.values()),
        units_known_as=units_known_as(units),
        offices={
            name: Place(zone, region)
            for name, zone, region in Office.objects.values_list("name", "zone", "region")
        },
        people={row[0]: known(row, units) for row in rows_of_people()},
        lines=lines_of_people(),
        away=away_of_people(),
        with_role=frozenset(Role.objects.values_list("person", flat=True)),
    )


def away_of_people() -> dict[UUID, Spans]:
    """When people are away by earlier files."""
    found: dict[UUID, list[Span]] = defaultdict(list)
    rows = Away.objects.filter(from_file=True).order_by("starts_on", "ends_on")
    for person, first, last in rows.values_list("person", "starts_on", "ends_on").iterator():
        found[person].append((first, last))
    return {person: tuple(spans) for person, spans in found.items()}


def rows_of_people() -> Any:
    people = Person.objects.exclude(employee_id=None).order_by()
    return people.values_list("employee_id", "id", "is_active", *FIELDS.values()).iterator()


def units_known_as(paths: dict[int, str]) -> dict[str, str]:
    """The path of today for each path that a unit had."""
    rows = OrgUnit.objects.exclude(known_as=[]).order_by("pk").values_list("pk", "known_as")
    return {old: paths[pk] for pk, known_as in rows for old in known_as}


def known(row: tuple[Any, ...], units: dict[int, str]) -> Known:
    _employee_id, pk, is_active, *values = row
    facts = dict(zip(FIELDS, values, strict=True))
    facts["languages"] = tuple(facts["languages"])
    named = {name: facts[name] or "" for name in ("level", "office")}
    named["unit"] = units.get(facts["unit"], "")
    return Known(pk, is_active, Facts(**facts | named))


def lines_of_people() -> dict[UUID, frozenset[Line]]:
    found: dict[UUID, set[Line]] = defaultdict(set)
    rows = ReportingLine.objects.values_list("person", "kind", "manager", "named")
    for person, kind, manager, named in rows.iterator():
        found[person].add(Line(kind, manager, named))
    return {person: frozenset(lines) for person, lines in found.items()}
