"""Where the header stands, and which rows are people."""

import re
from itertools import chain, islice

from upwell.sheets.fields import field_of
from upwell.sheets.limits import COLUMNS, SAMPLE
from upwell.sheets.messages import Message, message, refuse, shorten
from upwell.sheets.reading import Rows
from upwell.sheets.refused import refusal
from upwell.sheets.words import bare, is_email, squeezed

NUMBERS = re.compile(r"[\d\s.,:/+-]+")
TITLES = 10
IDENTITY = frozenset({"id", "name", "first_name", "last_name", "email"})


class Header:
    """The header's row and cells, the first rows under it, and all rows under it."""

    def __init__(self, number: int, cells: list[str], rows: Rows, *, above: bool) -> None:
        self.number = number
        self.notices: tuple[Message, ...] = (message("rows_above", row=number),) if above else ()
        self.cells = [bare(cell) for cell in cells]
        while self.cells and not self.cells[-1]:
            self.cells.pop()
        self.sample = list(islice(filled(rows), SAMPLE))
        self.rows = chain(self.sample, filled(rows))


def find_header(rows: Rows, wanted: frozenset[str]) -> Header:
    """The first row that can be one. ``wanted`` holds headers that are known from elsewhere."""
    header = open_header(rows, wanted)
    if not wanted & set(header.cells):
        refuse_missing(header)
    if not header.sample:
        raise refuse("no_rows", row=header.number)
    return header


def open_header(rows: Rows, wanted: frozenset[str] = frozenset()) -> Header:
    """As ``find_header``, also where none of the headers is known."""
    number, cells, above = first_row(rows, wanted)
    header = Header(number, cells, rows, above=above)
    refuse_width(header)
    refuse_second_header(header)
    return header


def first_row(rows: Rows, wanted: frozenset[str]) -> tuple[int, list[str], bool]:
    """Skips blank rows, and titles of one cell if something wider follows soon."""
    first = None
    for number, cells in islice(filled(rows), TITLES):
        if count(cells) > 1 or recognized(cells) or wanted & set(map(bare, cells)):
            return number, cells, first is not None
        first = first or (number, "".join(cells))
    if first is None:
        raise refuse("empty")
    raise refuse("no_table", row=first[0], value=shorten(first[1]))


def filled(rows: Rows) -> Rows:
    return (row for row in rows if any(cell and not cell.isspace() for cell in row[1]))


def count(cells: list[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def recognized(cells: list[str]) -> int:
    """How many cells are known spellings of a header."""
    return sum(bool(field_of(cell) or refusal(cell)) for cell in cells if len(cell) < 60)


def is_value(cell: str) -> bool:
    """Whether it is a number, a date or an address, and so no header."""
    return is_email(cell) or bool(NUMBERS.fullmatch(squeezed(cell)))


def looks_like_header(cells: list[str]) -> bool:
    return recognized(cells) >= 2 and recognized(cells) * 2 >= count(cells)


def refuse_width(header: Header) -> None:
    if len(header.cells) > COLUMNS:
        width = f"{len(header.cells):,}"
        raise refuse("too_many_columns", columns=width, limit=COLUMNS)


def refuse_second_header(header: Header) -> None:
    if not header.sample:
        return
    number, cells = header.sample[0]
    same = [bare(cell) for cell in cells[: len(header.cells)]] == header.cells
    groups = looks_like_header(cells) and not looks_like_header(header.cells)
    if same or groups or (looks_like_header(cells) and not is_value("".join(cells))):
        raise refuse("two_headers", first=header.number, second=number)


def refuse_missing(header: Header) -> None:
    known = recognized(header.cells)
    values = [cell for cell in header.cells if is_value(cell)]
    names_people = any((field_of(cell) or ("",))[0] in IDENTITY for cell in header.cells)
    if not known or (known < 2 and (values or (len(header.cells) > 2 and not names_people))):
        code = "few_headers" if known else "unknown_headers"
        code = "no_header" if values or len(header.cells) < 2 else code
        shown = ", ".join(shorten(cell, 20) for cell in header.cells[:6])
        raise refuse(code, row=header.number, shown=shown)
