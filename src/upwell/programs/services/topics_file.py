"""Topics of many people out of a spreadsheet: what is read before anything is written."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from upwell.people.models import Person
from upwell.programs.models import Enrollment, EnrollmentTopic
from upwell.sheets import Mapping, People, Reading, SheetError, Topic, describe, read_people

Kind = EnrollmentTopic.Kind
Role = Enrollment.Role
TOLD = ("offered", "wanted", "role", "capacity", "max_mentees", "max_mentors")
FIELDS = ("id", "name", "first_name", "last_name", "email", *TOLD)
"""What is read of such a file; its other columns are left alone."""


@dataclass(frozen=True)
class SheetRow:
    """What the file says of somebody, in which row. What it leaves blank is not to be changed."""

    id: str
    name: str
    email: str = ""
    role: str = ""
    capacity: int | None = None
    max_mentees: int | None = None
    max_mentors: int | None = None
    offered: tuple[Topic, ...] = ()
    wanted: tuple[Topic, ...] = ()
    number: int = 0

    @property
    def topics(self) -> dict[Kind, tuple[Topic, ...]]:
        given = {Kind.OFFERED: self.offered, Kind.WANTED: self.wanted}
        return {kind: topics for kind, topics in given.items() if topics}

    def capacity_as(self, role: str) -> int | None:
        """Counterparts at most in a role; None where the row does not say."""
        own = self.max_mentees if role == Role.MENTOR else self.max_mentors
        return self.capacity if own is None else own


@dataclass(frozen=True)
class LeftOut:
    """A row of the file that changes nothing, and the code of why."""

    row: SheetRow
    why: str


@dataclass(frozen=True)
class TopicsFile:
    """A file that was read: the rows of people in the directory, and the rows of nobody."""

    rows: dict[UUID, SheetRow]
    strangers: tuple[LeftOut, ...] = ()


def read_topics_file(path: Path) -> TopicsFile:
    """Read a table and find its people in the directory. Writes nothing.

    Raises ValidationError for what is no such table.
    """
    try:
        reading = read_sheet(path)
    except SheetError as error:
        raise ValidationError(describe(error, _)) from None
    if not tells(reading):
        raise ValidationError(
            _(
                "The file has no column of topics offered or wanted, role or capacity."
                " Please name the columns so in its first row."
            )
        )
    return find_people(reading)


def read_sheet(path: Path, mapping: Mapping | None = None) -> Reading:
    """Read the columns that say something of topics, or those of the mapping. Raises SheetError."""
    if mapping and mapping.columns:
        return read_people(path, mapping=mapping)
    reading = read_people(path, mapping=mapping)
    columns = {name: header for name, header in reading.mapping.columns.items() if name in FIELDS}
    if not columns or columns == reading.mapping.columns:
        return reading
    return read_people(path, mapping=replace(reading.mapping, columns=columns))


def tells(reading: Reading) -> bool:
    """Whether any column could change anything."""
    return bool(set(TOLD) & set(reading.mapping.columns))


def find_people(reading: Reading) -> TopicsFile:
    """Find the people of a table in the directory, by ID or else by address. Writes nothing."""
    by_id, by_email = directory()
    found: dict[UUID, SheetRow] = {}
    strangers = []
    for row in sheet_rows(reading):
        person = by_id.get(row.id) or by_email.get((row.email or row.id).casefold())
        if person is None:
            strangers.append(LeftOut(row, "unknown"))
        elif found.setdefault(person, row) is not row:
            strangers.append(LeftOut(row, "twice"))
    return TopicsFile(found, tuple(strangers))


def sheet_rows(reading: Reading) -> Iterable[SheetRow]:
    numbers = reading.numbers
    return [sheet_row(reading.people, at, number) for at, number in enumerate(numbers)]


def sheet_row(people: People, at: int, number: int) -> SheetRow:
    return SheetRow(
        people.ids[at],
        people.names[at],
        email=people.emails[at] if people.emails else "",
        role=people.roles[at] if people.roles else "",
        capacity=people.capacities[at] if people.capacities else None,
        max_mentees=people.max_mentees[at] if people.max_mentees else None,
        max_mentors=people.max_mentors[at] if people.max_mentors else None,
        offered=people.offered[at] if people.offered else (),
        wanted=people.wanted[at] if people.wanted else (),
        number=number,
    )


def directory() -> tuple[dict[str, UUID], dict[str, UUID]]:
    """Active people by ID, and by the addresses that only one of them has."""
    people = Person.objects.active().values_list("pk", "employee_id", "contact_email")
    by_id: dict[str, UUID] = {}
    by_email: dict[str, UUID] = {}
    shared = set()
    for pk, employee_id, email in people:
        if employee_id:
            by_id[employee_id] = pk
        if email and by_email.setdefault(email.casefold(), pk) != pk:
            shared.add(email.casefold())
    return by_id, {email: pk for email, pk in by_email.items() if email not in shared}
