"""The synthetic organization as the spreadsheet that a program manager would have."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from upwell.sheets.exports import export
from upwell.sheets.people import People, Topic
from upwell.sheets.write import Cell, write_table

HEADERS = (
    "Employee ID",
    "First name",
    "Last name",
    "E-mail",
    "Level",
    "Job title",
    "Department",
    "Team",
    "Office",
    "Region",
    "Time zone",
    "Working hours",
    "Languages",
    "Topics offered",
    "Topics wanted",
    "Manager ID",
    "Dotted-line managers",
    "Max pairs",
)


@export("people of the demo")
def write_csv(people: People, path: Path) -> None:
    """Write people of ``generate`` as a CSV file, or as a workbook if the path ends in .xlsx."""
    write_table(path, {"People": rows(people)})


def rows(people: People) -> Iterator[Sequence[Cell]]:
    yield HEADERS
    for row, person in enumerate(people.ids):
        first, last = people.names[row].rsplit(" ", 1)
        yield (
            person,
            first,
            last,
            cell(people.emails, row),
            cell(people.levels, row),
            cell(people.titles, row),
            cell(people.units, row),
            cell(people.teams, row),
            cell(people.offices, row),
            cell(people.regions, row),
            cell(people.zones, row),
            span(people.hours[row] if people.hours else None),
            "; ".join(name.title() for name in entries(people.languages, row)),
            topics(people.offered[row] if people.offered else ()),
            topics(people.wanted[row] if people.wanted else ()),
            cell(people.managers, row),
            "; ".join(entries(people.dotted, row)),
            people.capacities[row] if people.capacities else None,
        )


def cell(column: Sequence[str] | None, row: int) -> str:
    return column[row] if column else ""


def entries(column: Sequence[tuple[str, ...]] | None, row: int) -> tuple[str, ...]:
    return column[row] if column else ()


def span(hours: tuple[int, int] | None) -> str:
    return "-".join(f"{at // 60:02}:{at % 60:02}" for at in hours or ())


def topics(offered: Sequence[Topic]) -> str:
    return "; ".join(f"{topic.name}:{topic.strength}" for topic in offered)
