"""From rows to the People table: everybody in the directory, with who takes part in a cohort."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from upwell.people.models import Directory, Level, OrgUnit, Person
from upwell.policy import Policy
from upwell.policy.values import same_name
from upwell.programs.models import Answers, Cohort, Enrollment, EnrollmentTopic
from upwell.programs.queries import default_capacity
from upwell.programs.services.lines import DirectoryLines
from upwell.sheets import People, Topic

ATTEMPTS = 5
FACTS = (
    *("pk", "employee_id", "name", "title", "contact_email", "is_active", "level__name"),
    *("unit_id", "team", "service_line", "office__name", "own_zone", "office__zone"),
    *("own_region", "office__region", "hours_from", "hours_until", "languages"),
)
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class CohortTable:
    """The People table of a cohort, and the way back.

    ``enrollments`` gives the enrollment of each id that takes part and has a place left; ``left``
    are those of people who are not in the directory any more, and so not in the table.
    """

    people: People
    enrollments: Mapping[str, UUID]
    left: tuple[UUID, ...]


class Place(NamedTuple):
    """Somebody's enrollment in the cohort; ``capacity`` is for those who are still to be found."""

    enrollment: UUID
    role: str
    capacity: int | None


class Own(NamedTuple):
    """What somebody says of themselves; None and () where the directory counts."""

    hours: tuple[int, int] | None = None
    languages: tuple[str, ...] = ()


NOTHING = Own()


def people_of(cohort: Cohort, policy: Policy) -> People:
    """Everybody who is active, with the role, topics and places they have in the cohort."""
    return read_table(cohort, policy).people


def read_table(
    cohort: Cohort, policy: Policy, *, held: Mapping[UUID, int] = MappingProxyType({})
) -> CohortTable:
    """The table as of one revision of the directory. A constant number of queries.

    ``held`` says how many places of an enrollment are taken: the capacity is without them, and
    whoever has no place left takes no part.

    Levels are spelled as the policy spells them. A column that no source of the directory has
    filled and nobody has a value in is None. Raises RuntimeError where the directory does not
    come to rest.
    """
    for _ in range(ATTEMPTS):
        revision, columns = told()
        table = table_of(cohort, policy, frozenset(columns), held)
        if told()[0] == revision:
            return table
    raise RuntimeError("the directory kept changing while it was read")


def told() -> tuple[int, list[str]]:
    """The revision of the directory, and the columns that its sources have filled."""
    row = Directory.objects.filter(pk=1).values_list("revision", "columns").first()
    return row or (0, [])


def table_of(
    cohort: Cohort, policy: Policy, columns: frozenset[str], held: Mapping[UUID, int]
) -> CohortTable:
    everyone = list(Person.objects.order_by("employee_id", "pk").values_list(*FACTS, named=True))
    active = [person for person in everyone if person.is_active]
    lines = DirectoryLines.of([(one.pk, one.employee_id, one.is_active) for one in everyone])
    places = dict(places_of(cohort, policy, held))
    inside = {person.pk for person in active}
    seats = [places.get(person.pk) for person in active]
    own = own_answers(cohort)
    people = People(
        ids=tuple(lines.ids[person.pk] for person in active),
        names=tuple(person.name for person in active),
        roles=tuple(seat.role if seat else "none" for seat in seats),
        capacities=filled((seat.capacity if seat else None for seat in seats), None),
        **described(active, policy, columns, own),
        **topics_of(cohort, active),
        managers=filled((lines.manager(one.pk) for one in active), "", "managers" in columns),
        dotted=filled((lines.dotted(one.pk) for one in active), (), "dotted" in columns),
    )
    return CohortTable(
        people=people,
        enrollments={lines.ids[one]: at.enrollment for one, at in places.items() if one in inside},
        left=tuple(at.enrollment for one, at in places.items() if one not in inside),
    )


def places_of(
    cohort: Cohort, policy: Policy, held: Mapping[UUID, int]
) -> Iterator[tuple[UUID, Place]]:
    """Who has said that they take part, with what is left of their capacity, if anything."""
    rows = (
        cohort.enrollments.enrolled().order_by("pk").values_list("person", "pk", "role", "capacity")
    )
    for person, pk, role, capacity in rows:
        if not (taken := held.get(pk, 0)):
            yield person, Place(pk, role, capacity)
            continue
        most = default_capacity(policy, role) if capacity is None else capacity
        if most > taken:
            yield person, Place(pk, role, most - taken)


def filled(values: Iterable[T], blank: T, is_told: bool = False) -> tuple[T, ...] | None:
    """The column; None where nobody has a value and no source tells of it."""
    column = tuple(values)
    return column if is_told or any(value != blank for value in column) else None


def described(
    active: Sequence[Any], policy: Policy, columns: frozenset[str], own: Mapping[UUID, Own]
) -> dict[str, Any]:
    """The columns of the directory, by name; of languages and hours, what people say themselves."""
    spelled = {same_name(name): name for name in policy.levels.order}
    units = unit_names()
    order = Level.objects.order_by("height").values_list("name", flat=True)
    level = {name: spelled.get(same_name(name), name) for name in order}
    blanks: dict[str, tuple[Iterable[Any], Any]] = {
        "levels": ((level.get(one.level__name, "") for one in active), ""),
        "titles": ((one.title for one in active), ""),
        "emails": ((one.contact_email for one in active), ""),
        "units": ((units.get(one.unit_id, "") for one in active), ""),
        "teams": ((one.team for one in active), ""),
        "service_lines": ((one.service_line for one in active), ""),
        "offices": ((one.office__name or "" for one in active), ""),
        "zones": ((one.own_zone or one.office__zone or "" for one in active), ""),
        "regions": ((one.own_region or one.office__region or "" for one in active), ""),
        "hours": ((own.get(one.pk, NOTHING).hours or hours_of(one) for one in active), None),
        "languages": ((spoken_by(one, own.get(one.pk, NOTHING)) for one in active), ()),
    }
    found = {name: filled(*column, name in columns) for name, column in blanks.items()}
    return {"level_order": tuple(level.values()), **found}


def own_answers(cohort: Cohort) -> dict[UUID, Own]:
    """What those who take part have said instead of the directory. One query."""
    rows = Answers.objects.filter(
        enrollment__cohort=cohort, enrollment__state=Enrollment.State.ENROLLED
    ).order_by()
    names = ("enrollment__person", "hours_from", "hours_until", "languages")
    return {
        person: Own(None if start is None else (start, until), tuple(languages))
        for person, start, until, languages in rows.values_list(*names)
    }


def spoken_by(person: Any, own: Own) -> tuple[str, ...]:
    return tuple(sorted(map(str.lower, own.languages or person.languages)))


def hours_of(person: Any) -> tuple[int, int] | None:
    return None if person.hours_from is None else (person.hours_from, person.hours_until)


def unit_names() -> dict[int, str]:
    """The name of each unit under those above it, so that equal names are not one unit."""
    rows = {
        pk: (name, parent)
        for pk, name, parent in OrgUnit.objects.values_list("pk", "name", "parent")
    }
    found: dict[int, str] = {}
    for unit in rows:
        path: list[str] = []
        at: int | None = unit
        while at is not None and len(path) <= len(rows):
            name, at = rows[at]
            path.insert(0, name)
        found[unit] = " / ".join(path)
    return found


def topics_of(cohort: Cohort, active: Sequence[Any]) -> dict[str, Any]:
    """What is offered and wanted in the cohort."""
    found: dict[tuple[UUID, str], list[Topic]] = {}
    rows = EnrollmentTopic.objects.filter(
        enrollment__cohort=cohort, enrollment__state=Enrollment.State.ENROLLED
    ).order_by("topic__key")
    for person, kind, name, strength in rows.values_list(
        "enrollment__person", "kind", "topic__name", "strength"
    ):
        found.setdefault((person, kind), []).append(Topic(name, strength))
    return {
        kind: filled((tuple(found.get((one.pk, kind), ())) for one in active), ())
        for kind in ("offered", "wanted")
    }
