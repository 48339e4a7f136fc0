"""The cells of the mapped columns, gathered in one pass within bounds of memory."""

import sys
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field

from upwell.sheets.header import Header, count
from upwell.sheets.limits import CELL, KEPT, PROBLEMS, ROWS
from upwell.sheets.messages import LONG, RowProblem, message, refuse, shorten
from upwell.sheets.plan import Plan
from upwell.sheets.reading import Format
from upwell.sheets.words import bare

BLANKS = frozenset(
    [
        "#n/a",
        "n/a",
        "null",
        "(null)",
        "nan",
        "-",
        "--",
        "—",
        "–",
        "(blank)",
        "(empty)",
        "#ref!",
        "#value!",
        "#name?",
        "#div/0!",
        "#null!",
    ]
)
CACHED = 4096
LISTS = frozenset({"away", "offered", "wanted", "languages", "dotted", "ranked"})
SHORT_SHARE = 0.05
BAD = "\ufffd"


@dataclass
class Problems:
    """Problems in the order found; all are counted, the first ones kept."""

    kept: list[RowProblem] = field(default_factory=list)
    count: int = 0

    def add(self, row: int, column: str, value: str, code: str, /, **params: str | int) -> None:
        self.count += 1
        if len(self.kept) < PROBLEMS:
            said = message(code, **params)
            self.kept.append(RowProblem(row, shorten(column, LONG), shorten(value), said))


@dataclass
class Cells:
    """Row numbers, and for each mapped field its cells, all of one length."""

    plan: Plan
    numbers: "array[int]" = field(default_factory=lambda: array("L"))
    columns: dict[str, list[str]] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)

    def __len__(self) -> int:
        return len(self.numbers)

    def problem(self, at: int, name: str, value: str, code: str, /, **params: str | int) -> None:
        self.problems.add(self.numbers[at], self.plan.header(name), value, code, **params)


def collect(header: Header, plan: Plan, form: Format) -> Cells:
    """Read all rows. Raises SheetError for too many, too much, or an end that breaks off."""
    cells = Cells(plan, columns={name: [] for name in plan.columns})
    widths = Widths(header.cells, form, cells.problems)
    takers = [Taker(cells, name, position, form) for name, position in plan.columns.items()]
    for number, row in header.rows:
        if not widths.fits(number, row):
            continue
        if len(cells.numbers) == ROWS:
            raise refuse("too_many_rows", limit=f"{ROWS:,}")
        cells.numbers.append(number)
        for take in takers:
            take(row)
        if not len(cells.numbers) % 1000:
            refuse_bulk(cells, takers)
    widths.close()
    return cells


def refuse_bulk(cells: Cells, takers: list["Taker"]) -> None:
    size = sum(take.size for take in takers) + 8 * len(takers) * len(cells.numbers)
    if size > KEPT:
        raise refuse("too_much_text", limit=KEPT // 2**20)


class Taker:
    """Takes one column's cell out of each row, cleaned; equal values are kept once."""

    def __init__(self, cells: Cells, name: str, position: int, form: Format) -> None:
        self.cells, self.name, self.position, self.form = cells, name, position, form
        self.append: Callable[[str], None] = cells.columns[name].append
        self.known: dict[str, str] = {"": ""}
        self.size = 0

    def __call__(self, row: list[str]) -> None:
        raw = row[self.position] if len(row) > self.position else ""
        value = self.known.get(raw)
        if value is None:
            value = self.clean(raw)
            self.size += sys.getsizeof(value)
            if len(self.known) < CACHED and len(raw) < 200 and BAD not in raw:
                self.known[raw] = value
        self.append(value)

    def clean(self, raw: str) -> str:
        value = bare(raw, but="\n" if self.name in LISTS else "")
        if len(value) > CELL:
            self.report(value, "too_long", limit=f"{CELL:,}")
            return ""
        if BAD in value:
            self.report(value, "bad_characters", encoding=self.form.encoding)
        return "" if value.casefold() in BLANKS else value

    def report(self, value: str, code: str, /, **params: str | int) -> None:
        self.cells.problem(len(self.cells.numbers) - 1, self.name, value, code, **params)


class Widths:
    """Watches that rows are as wide as the header."""

    def __init__(self, header: list[str], form: Format, problems: Problems) -> None:
        self.header, self.width = header, len(header)
        self.is_text = form.kind == "text"
        self.problems = problems
        self.short: list[tuple[int, int]] = []
        self.rows = self.blank_ends = 0
        self.last = (0, 0)

    def fits(self, number: int, row: list[str]) -> bool:
        """False for a row to leave out."""
        self.rows += 1
        self.last = (number, len(row))
        if len(row) == self.width:
            self.blank_ends += not row[-1]
        elif len(row) > self.width:
            self.check_extra(number, row)
        elif self.is_text and len(self.short) < PROBLEMS:
            self.short.append(self.last)
        if bare(row[0]) == self.header[0] and self.repeats(row):
            self.problems.add(number, self.header[0], row[0], "repeats_header")
            return False
        return True

    def repeats(self, row: list[str]) -> bool:
        return [bare(cell) for cell in row[: self.width]] == self.header

    def check_extra(self, number: int, row: list[str]) -> None:
        extra = row[self.width :]
        if count(extra):
            found = {"found": len(row), "wanted": self.width}
            self.problems.add(number, self.header[-1], " ".join(extra), "too_many_cells", **found)

    def close(self) -> None:
        """Short rows are fine where the writer leaves out blanks at the end, else problems."""
        trimmed = not self.blank_ends and len(self.short) > SHORT_SHARE * self.rows
        if not self.short or (trimmed and len(self.short) > 1):
            return
        if self.short[-1] == self.last:
            number, found = self.last
            raise refuse("cut_row", row=number, found=found, wanted=self.width)
        for number, found in self.short:
            column = self.header[found]
            self.problems.add(number, column, "", "too_few_cells", found=found, wanted=self.width)
