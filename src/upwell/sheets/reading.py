"""What comes out of reading a file."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from upwell.sheets.mapping import Mapping
from upwell.sheets.messages import Message, RowProblem
from upwell.sheets.people import People

Rows = Generator[tuple[int, list[str]], None, None]
Span = tuple[date, date]
Spans = tuple[Span, ...]
State = Literal["mapped", "not stored", "refused"]


@dataclass(frozen=True)
class Format:
    """How the file is written; "" where it does not apply."""

    kind: Literal["text", "xlsx", "ods"]
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    date_order: str = ""


@dataclass(frozen=True)
class ColumnReport:
    """What becomes of one column. Samples are given of mapped columns only."""

    header: str
    state: State
    field: str | None = None
    samples: tuple[str, ...] = ()
    reason: Message | None = None


@dataclass(frozen=True)
class Columns:
    """The columns of a file, and a mapping that names those recognized."""

    reports: tuple[ColumnReport, ...]
    mapping: Mapping
    format: Format


@dataclass(frozen=True)
class Reading:
    """The people of a file, with all that a reader should know of how they were read.

    ``mapping`` is complete: given back, it reads the same file the same way.
    ``numbers`` holds the row of the file of each of ``people``.
    ``rows`` counts people in the file, ``left`` those who have left and are not in ``people``.
    ``status_conflicts`` counts people there by status with an end date in the past.
    ``away`` holds when each of ``people`` is away; None where the file does not say.
    ``problems`` holds the first 10,000; ``problem_count`` counts all.
    """

    people: People
    mapping: Mapping
    columns: tuple[ColumnReport, ...]
    problems: tuple[RowProblem, ...]
    problem_count: int
    notices: tuple[Message, ...]
    format: Format
    rows: int
    left: int
    status_conflicts: int
    level_order_guessed: bool
    unplaced_levels: tuple[str, ...] = ()
    unknown_offices: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    away: tuple[Spans, ...] | None = None
