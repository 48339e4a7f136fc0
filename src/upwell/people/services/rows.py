"""The rows of a difference: made ready before the transaction, and written in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db.models import F, Manager
from django.utils import timezone

from upwell.people.models import Level, Office, OrgUnit, Person, ReportingLine
from upwell.people.services import bulk
from upwell.people.services.access import end_access
from upwell.people.services.difference import Difference
from upwell.people.services.free_days import guess_place
from upwell.people.services.snapshot import Facts
from upwell.sheets import Place
from upwell.sheets.units import JOINT

ABOVE_ALL = 10_000  # no height reaches this, so that heights can be moved out of the way first
BATCH = 500
PLACES = ("level", "unit", "office")
STATE = ("is_active", "left_at")
NEW = (
    "id",
    "employee_id",
    "created_at",
    "password",
    "sessions_ended",
    "own_language",
    "unwanted_mail",
)
LINE = ("person", "kind", "manager", "named")


class PersonRow(NamedTuple):
    """``key`` and ``values`` are prepared; the places are still names."""

    key: Any
    values: bulk.Row
    places: tuple[str, ...]


@dataclass(frozen=True)
class PeopleRows:
    """Rows that all set the same fields: the prepared ones, then those of places."""

    fields: tuple[str, ...]
    places: tuple[str, ...]
    rows: list[PersonRow]


@dataclass(frozen=True)
class Rows:
    """Everything prepared that is many, in the order of keys, which indexes like best."""

    added: PeopleRows
    changed: PeopleRows
    lines: list[bulk.Row]
    lines_of: list[bulk.Row]


def prepare(difference: Difference) -> Rows:
    lines = (
        (person, *line) for person, found in sorted(difference.lines.items()) for line in found
    )
    had = ((person,) for person in sorted(difference.lines.keys() - difference.added.keys()))
    return Rows(
        prepare_added(difference),
        prepare_changed(difference),
        bulk.prepared(ReportingLine, LINE, lines),
        bulk.prepared(ReportingLine, ["person"], had),
    )


def prepare_added(difference: Difference) -> PeopleRows:
    added = dict(sorted(difference.added.items()))
    now, unusable = timezone.now(), make_password(None)
    none: list[str] = []
    new = {pk: (pk, difference.ids[pk], now, unusable, 0, "", none, True, None) for pk in added}
    return people_rows(added, Facts._fields, (*NEW, *STATE), new)


def prepare_changed(difference: Difference) -> PeopleRows:
    """Only fields that change for somebody are set: an index costs where its field is set."""
    changed = dict(sorted(difference.changed.items()))
    state = dict.fromkeys(changed, (True, None) if difference.returning else ())
    return people_rows(changed, difference.fields, STATE if difference.returning else (), state)


def people_rows(
    people: dict[UUID, Facts],
    said: Iterable[str],
    others: tuple[str, ...],
    values: dict[UUID, tuple[Any, ...]],
) -> PeopleRows:
    """Rows of the fields named by ``said``, with the values of ``others`` before them."""
    said = tuple(said)
    places = tuple(name for name in said if name in PLACES)
    plain = tuple(name for name in said if name not in PLACES)
    rows = ((pk, *values[pk], *told(facts, plain)) for pk, facts in people.items())
    prepared = bulk.prepared(Person, ("id", *others, *plain), rows)
    named = (told(facts, places) for facts in people.values())
    found = [PersonRow(row[0], row[1:], of) for row, of in zip(prepared, named, strict=True)]
    return PeopleRows((*others, *plain), places, found)


def told(facts: Facts, names: tuple[str, ...]) -> tuple[Any, ...]:
    values = [getattr(facts, name) for name in names]
    return tuple([list(one) if isinstance(one, tuple) else one for one in values])


def write_people(rows: Rows) -> None:
    """Add and change people, whose places are there already."""
    found = {
        "level": ids_by_name(Level.objects),
        "unit": {path: pk for pk, path in OrgUnit.objects.paths().items()},
        "office": ids_by_name(Office.objects),
    }
    added, changed = rows.added, rows.changed
    bulk.insert(Person, (*added.fields, *added.places), with_places(added, found))
    if changed.rows:
        keys = (row.key for row in changed.rows)
        values = zip(with_places(changed, found), keys, strict=True)
        keyed = ((*row, key) for row, key in values)
        bulk.change(Person, (*changed.fields, *changed.places), keyed)


def ids_by_name(names: Manager[Any]) -> dict[str, int]:
    return dict(names.order_by().values_list("name", "pk"))


def with_places(people: PeopleRows, found: dict[str, dict[str, int]]) -> Iterator[bulk.Row]:
    ids = [found[name] for name in people.places]
    for row in people.rows:
        yield (*row.values, *(of.get(name) for of, name in zip(ids, row.places, strict=True)))


def write_lines(rows: Rows) -> None:
    """Give everybody whose lines change all their lines anew."""
    bulk.delete(ReportingLine, "person", rows.lines_of)
    bulk.insert(ReportingLine, LINE, rows.lines)


def write_places(difference: Difference) -> None:
    """Levels, units and offices, which are few."""
    if difference.levels:
        order_levels(difference.levels)
    write_units(difference.units)
    Office.objects.bulk_create(
        [new_office(name, place) for name, place in sorted(difference.offices.items())],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["zone", "region"],
    )


def new_office(name: str, place: Place) -> Office:
    country, subdivision = guess_place(name, place.zone)
    known = {"country": country, "subdivision": subdivision}
    return Office(name=name, zone=place.zone, region=place.region, **known)


def write_units(paths: frozenset[str]) -> None:
    """New units, those above before those below."""
    ids = {path: pk for pk, path in OrgUnit.objects.paths().items()} if paths else {}
    for path in sorted(paths, key=lambda path: (path.count(JOINT), path)):
        above, _joint, name = path.rpartition(JOINT)
        ids[path] = OrgUnit.objects.create(name=name, parent_id=ids.get(above)).pk


def order_levels(order: tuple[str, ...]) -> None:
    """Number all levels from 1. Heights are unique, so first all go out of the way."""
    Level.objects.update(height=F("height") + ABOVE_ALL)
    known = ids_by_name(Level.objects)
    heights = {name: height for height, name in enumerate(order, start=1)}
    Level.objects.bulk_create(
        [Level(name=name, height=at) for name, at in heights.items() if name not in known]
    )
    bulk.change(Level, ["height"], [(heights[name], pk) for name, pk in known.items()])


def write_leaving(difference: Difference, *, by: Person | None) -> None:
    """Mark people as having left and end their access; nobody is deleted."""
    keys = list(difference.leaving)
    for start in range(0, len(keys), BATCH):
        people = Person.objects.filter(pk__in=keys[start : start + BATCH])
        people.update(is_active=False, left_at=timezone.now())
        end_access(people, by=by)
