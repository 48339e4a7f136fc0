"""The rows of a difference: made ready before the transaction, and written in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.auth.hashers import make_password
from django.db.models import F, Manager
from django.utils import timezone

from upwell.people.models import Level, Office, OrgUnit, Person, ReportingLine
from upwell.people.services import bulk
from upwell.people.services.access import end_access
from upwell.people.services.difference import Difference
from upwell.people.services.snapshot import Facts

ABOVE_ALL = 10_000  # no height reaches this, so that heights can be moved out of the way first
BATCH = 500
PLACES = ("level", "unit", "office")
STATE = ("is_active", "left_at")
SAID = tuple(name for name in Facts._fields if name not in PLACES)
NEW = ("id", "employee_id", "created_at", "password", "sessions_ended")
LINE = ("person", "kind", "manager", "named")


class PersonRow(NamedTuple):
    """``key`` and ``values`` are prepared; the places are still names."""

    key: Any
    values: bulk.Row
    places: tuple[str, ...]


@dataclass(frozen=True)
class Rows:
    """Everything prepared that is many."""

    added: list[PersonRow]
    changed: list[PersonRow]
    lines: list[bulk.Row]
    lines_of: list[bulk.Row]


def prepare(difference: Difference) -> Rows:
    now, unusable = timezone.now(), make_password(None)
    added = (
        (pk, pk, difference.ids[pk], now, unusable, 0, *said(facts), True, None)
        for pk, facts in difference.added.items()
    )
    changed = ((pk, *said(facts), True, None) for pk, facts in difference.changed.items())
    lines = ((person, *line) for person, found in difference.lines.items() for line in found)
    had = ((person,) for person in difference.lines if person not in difference.added)
    return Rows(
        person_rows((*NEW, *SAID, *STATE), added, difference.added.values()),
        person_rows((*SAID, *STATE), changed, difference.changed.values()),
        bulk.prepared(ReportingLine, LINE, lines),
        bulk.prepared(ReportingLine, ["person"], had),
    )


def said(facts: Facts) -> tuple[Any, ...]:
    """What a person's row says by itself, in the order of ``SAID``."""
    plain = zip(Facts._fields, facts, strict=True)
    return tuple(
        [list(v) if isinstance(v, tuple) else v for name, v in plain if name not in PLACES]
    )


def person_rows(
    names: tuple[str, ...], rows: Iterable[tuple[Any, ...]], facts: Iterable[Facts]
) -> list[PersonRow]:
    values = bulk.prepared(Person, ("id", *names), rows)
    named = ((one.level, one.unit, one.office) for one in facts)
    return [PersonRow(row[0], row[1:], of) for row, of in zip(values, named, strict=True)]


def write_people(rows: Rows) -> None:
    """Add and change people, whose places are there already."""
    found = [ids_by_name(one.objects) for one in (Level, OrgUnit, Office)]
    bulk.insert(Person, (*NEW, *SAID, *STATE, *PLACES), with_places(rows.added, found))
    changed = with_places(rows.changed, found)
    keys = (row.key for row in rows.changed)
    keyed = ((*values, key) for values, key in zip(changed, keys, strict=True))
    bulk.change(Person, (*SAID, *STATE, *PLACES), keyed)


def ids_by_name(names: Manager[Any]) -> dict[str, int]:
    return dict(names.order_by().values_list("name", "pk"))


def with_places(rows: list[PersonRow], found: list[dict[str, int]]) -> Iterator[bulk.Row]:
    levels, units, offices = found
    for row in rows:
        level, unit, office = row.places
        yield (*row.values, levels.get(level), units.get(unit), offices.get(office))


def write_lines(rows: Rows) -> None:
    """Give everybody whose lines change all their lines anew."""
    bulk.delete(ReportingLine, "person", rows.lines_of)
    bulk.insert(ReportingLine, LINE, rows.lines)


def write_places(difference: Difference) -> None:
    """Levels, units and offices, which are few."""
    if difference.levels:
        order_levels(difference.levels)
    OrgUnit.objects.bulk_create([OrgUnit(name=name) for name in sorted(difference.units)])
    Office.objects.bulk_create(
        [
            Office(name=name, zone=place.zone, region=place.region)
            for name, place in sorted(difference.offices.items())
        ],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["zone", "region"],
    )


def order_levels(order: tuple[str, ...]) -> None:
    """Number all levels from 1. Heights are unique, so first all go out of the way."""
    Level.objects.update(height=F("height") + ABOVE_ALL)
    known = ids_by_name(Level.objects)
    heights = {name: height for height, name in enumerate(order, start=1)}
    Level.objects.bulk_create(
        [Level(name=name, height=at) for name, at in heights.items() if name not in known]
    )
    bulk.change(Level, ["height"], [(heights[name], pk) for name, pk in known.items()])


def write_leaving(difference: Difference) -> None:
    """Mark people as having left and end their access; nobody is deleted."""
    keys = list(difference.leaving)
    for start in range(0, len(keys), BATCH):
        people = Person.objects.filter(pk__in=keys[start : start + BATCH])
        people.update(is_active=False, left_at=timezone.now())
        end_access(people)
