"""A People table as rows of a file, from which ``read_people`` makes an equal table."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from upwell.sheets.levels import key_of
from upwell.sheets.people import People, Topic
from upwell.sheets.ranking import written
from upwell.sheets.write import Cell

NOON, DAY = 12 * 60, 24 * 60


class Column(NamedTuple):
    """A header that the reader knows, the column that stands under it, and how it is written."""

    header: str
    field: str
    cell: Callable[[Any], Cell]


def as_it_is(value: Any) -> Cell:
    cell: Cell = value
    return cell


def listed(values: Sequence[str]) -> str:
    return "; ".join(values)


def role(value: str) -> str:
    """Whoever takes no part has no role: a file knows no word for it."""
    return "" if value == "none" else value


def topics(values: Sequence[Topic]) -> str:
    return listed([f"{topic.name}:{topic.strength}" for topic in values])


def hours(span: tuple[int, int] | None) -> str:
    """With am and pm, by which an end before the start is known to be of the next day."""
    if span is None:
        return ""
    start, end = span
    return f"{clock(start)}-{'24:00' if end == DAY else clock(end % DAY)}"


def clock(minutes: int) -> str:
    hour, half = (minutes // 60 + 11) % 12 + 1, "pm" if minutes >= NOON else "am"
    return f"{hour}:{minutes % 60:02} {half}"


COLUMNS = (
    Column("Employee ID", "ids", as_it_is),
    Column("Name", "names", as_it_is),
    Column("E-mail", "emails", as_it_is),
    Column("Mentoring role", "roles", role),
    Column("Level", "levels", as_it_is),
    Column("Job title", "titles", as_it_is),
    Column("Department", "units", as_it_is),
    Column("Team", "teams", as_it_is),
    Column("Service line", "service_lines", as_it_is),
    Column("Office", "offices", as_it_is),
    Column("Region", "regions", as_it_is),
    Column("Time zone", "zones", as_it_is),
    Column("Working hours", "hours", hours),
    Column("Languages", "languages", listed),
    Column("Topics offered", "offered", topics),
    Column("Topics wanted", "wanted", topics),
    Column("Manager ID", "managers", as_it_is),
    Column("Dotted-line managers", "dotted", listed),
    Column("Max pairs", "capacities", as_it_is),
    Column("Max mentees", "max_mentees", as_it_is),
    Column("Max mentors", "max_mentors", as_it_is),
    Column("Ranking", "ranked", written),
)


def with_sides_clear(people: People, levels: Iterable[str]) -> People:
    """The table in which whoever takes no part has none of these levels, which choose the sides.

    A file knows no word for taking no part, and where it says nothing of a role, the level counts.
    """
    if people.roles is None or people.levels is None:
        return people
    choosing = {key_of(level) for level in levels}
    kept = {level: "" if key_of(level) in choosing else level for level in {*people.levels}}
    both = zip(people.roles, people.levels, strict=True)
    found = tuple(kept[level] if role == "none" else level for role, level in both)
    return replace(people, levels=found)


def table_rows(people: People) -> Iterator[list[Cell]]:
    """The header row, then one for each person; a column that the table lacks is left out.

    Names are left out where nobody has one.
    """
    known = [
        (column, values)
        for column in COLUMNS
        if (values := getattr(people, column.field)) is not None
        and (column.field != "names" or any(values))
    ]
    yield [column.header for column, _values in known]
    for row in range(len(people)):
        yield [column.cell(values[row]) for column, values in known]
