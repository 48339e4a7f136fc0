"""Pairs out of the spreadsheet that a program was run with before: who mentored whom, and when."""

from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from upwell.sheets.collect import Cells, collect
from upwell.sheets.dates import order_of
from upwell.sheets.header import Header, open_header
from upwell.sheets.leavers import dates
from upwell.sheets.mapping import Mapping
from upwell.sheets.messages import LONG, RowProblem, listed, message, refuse, shorten
from upwell.sheets.plan import Plan, column_values, declared
from upwell.sheets.reading import ColumnReport, Format
from upwell.sheets.refused import refusals
from upwell.sheets.source import open_source
from upwell.sheets.wordlists import sections
from upwell.sheets.words import key

State = Literal["current", "former"]

WORDS = sections("pairs")
FIELDS = ("mentor", "mentee", "state", "since", "until")
HEADERS = {
    key(spelling): (field, rank) for field in FIELDS for rank, spelling in enumerate(WORDS[field])
}
FORMER, CURRENT = ({key(word) for word in WORDS[state]} for state in ("former", "current"))
SAMPLES = 2


@dataclass(frozen=True)
class PairRow:
    """One pair as the table tells of it; ``mentor`` and ``mentee`` are an ID, address or name."""

    number: int
    mentor: str
    mentee: str
    state: State
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class PairsReading:
    """The pairs of a table in its order, and all that could not be read.

    ``problems`` holds the first 10,000; ``problem_count`` counts all. ``rows`` counts those of the
    table, with the ones that are left out.
    """

    pairs: tuple[PairRow, ...]
    columns: tuple[ColumnReport, ...]
    problems: tuple[RowProblem, ...]
    problem_count: int
    format: Format
    rows: int


def read_pairs(
    path: Path, *, columns: MappingType[str, str] | None = None, today: date | None = None
) -> PairsReading:
    """Read a table of pairs out of a CSV, TSV, XLSX or ODS file.

    Parameters
    ----------
    columns : the header of each of FIELDS, where it is laid down; only these are read then.
    today : the day from which on a pair without a state is current though it has an end; without
        it every end is past.

    Raises
    ------
    SheetError
        Where the file as a whole cannot be used, or has no column of mentors or of mentees.
    """
    with open_source(path, Mapping()) as source:
        header = open_header(source.rows)
        plan = plan_pairs(header, dict(columns or {}))
        if not header.sample:
            raise refuse("no_pairs", row=header.number)
        cells = collect(header, plan, source.format)
        form = source.format
    return PairsReading(
        pairs=tuple(rows_of(cells, today)),
        columns=plan.reports,
        problems=tuple(sorted(cells.problems.kept, key=lambda problem: problem.row)),
        problem_count=cells.problems.count,
        format=form,
        rows=len(cells),
    )


def plan_pairs(header: Header, wanted: dict[str, str]) -> Plan:
    """Which column is which; of several the one whose header says it best."""
    refused = refusals(header.cells)
    columns = declared(header.cells, refused, wanted) if wanted else guessed(header.cells, refused)
    if missing := [field for field in ("mentor", "mentee") if field not in columns]:
        shown = listed(header.cells, 12)
        raise refuse(f"no_{missing[0]}_column", row=header.number, shown=shown)
    fields = {at: field for field, at in columns.items()}
    reports = [
        report(header, at, refused[at], fields.get(at))
        for at, cell in enumerate(header.cells)
        if cell
    ]
    return Plan(tuple(header.cells), columns, tuple(reports))


def guessed(cells: list[str], refused: list[str]) -> dict[str, int]:
    found = [(HEADERS.get(key(cell)), at) for at, cell in enumerate(cells) if not refused[at]]
    ranked = sorted((named[1], named[0], at) for named, at in found if named)
    columns: dict[str, int] = {}
    for _rank, field, at in ranked:
        columns.setdefault(field, at)
    return columns


def report(header: Header, at: int, refused: str, field: str | None) -> ColumnReport:
    name = shorten(header.cells[at], LONG)
    if refused:
        return ColumnReport(name, "refused", reason=message(refused))
    if not field:
        return ColumnReport(name, "not stored", reason=message("unmapped"))
    values = [value for value in dict.fromkeys(column_values(header, at)) if value]
    return ColumnReport(name, "mapped", field, tuple(map(shorten, values[:SAMPLES])))


def rows_of(cells: Cells, today: date | None) -> list[PairRow]:
    """The rows that are pairs; each of the others is a problem."""
    spans = [cells.columns.get(name, []) for name in ("since", "until")]
    order, _is_guess = order_of(value for column in spans for value in set(column))
    since, until = dates(cells, "since", order), dates(cells, "until", order)
    known: dict[tuple[str, str], int] = {}
    found = []
    for at, (mentor, mentee) in enumerate(
        zip(cells.columns["mentor"], cells.columns["mentee"], strict=True)
    ):
        if not is_pair(cells, at, mentor, mentee):
            continue
        pair = (mentor.casefold(), mentee.casefold())
        if has_no_end(cells, at, until[at]) or ends_first(cells, at, since[at], until[at]):
            continue
        end = until[at]
        state = state_of(cells, at, end, today)
        if state is None:
            continue
        first = known.setdefault(pair, cells.numbers[at]) if state == "current" else None
        if first not in (None, cells.numbers[at]):
            cells.problem(at, "mentor", mentor, "pair_twice", row=first)
            continue
        found.append(PairRow(cells.numbers[at], mentor, mentee, state, since[at], end))
    return found


def is_pair(cells: Cells, at: int, mentor: str, mentee: str) -> bool:
    if not mentor:
        cells.problem(at, "mentor", mentor, "pair_without_mentor")
    elif not mentee:
        cells.problem(at, "mentee", mentee, "pair_without_mentee")
    elif mentor.casefold() == mentee.casefold():
        cells.problem(at, "mentee", mentee, "pair_of_one")
    else:
        return True
    return False


def has_no_end(cells: Cells, at: int, until: date | None) -> bool:
    """Whether the end is given and no day: nobody can say then whether the pair has ended."""
    given = cells.columns["until"][at] if "until" in cells.columns else ""
    if not given or until is not None:
        return False
    cells.problem(at, "until", given, "pair_without_end")
    return True


def ends_first(cells: Cells, at: int, since: date | None, until: date | None) -> bool:
    if not (since and until and until < since):
        return False
    cells.problem(at, "until", cells.columns["until"][at], "pair_ends_first")
    return True


def state_of(cells: Cells, at: int, until: date | None, today: date | None) -> State | None:
    """What the column says; of a row that leaves it blank, whether the end is past.

    None where it cannot be read: a pair that has ended would else come to life by a typing error.
    """
    value = cells.columns["state"][at] if "state" in cells.columns else ""
    if key(value) in CURRENT:
        return "current"
    if key(value) in FORMER:
        return "former"
    if value:
        cells.problem(at, "state", value, "bad_pair_state")
        return None
    return "former" if until and (today is None or until < today) else "current"
