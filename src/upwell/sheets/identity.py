"""What tells people apart, and what they are called."""

from dataclasses import dataclass

from upwell.sheets.collect import Cells
from upwell.sheets.messages import Message, message, refuse, shorten


@dataclass(frozen=True)
class Ids:
    """``column`` holds an id for each row of the file; ``kept`` the rows that are people."""

    column: list[str]
    kept: list[int]
    notices: tuple[Message, ...] = ()


def names_of(cells: Cells) -> list[str]:
    """The full names, "" where unknown."""
    full = cells.columns.get("name")
    first, last = (cells.columns.get(name) for name in ("first_name", "last_name"))
    blank = [""] * len(cells)
    parts = zip(full or blank, first or blank, last or blank, strict=True)
    return [whole or f"{given} {family}".strip() for whole, given, family in parts]


def ids_of(cells: Cells, names: list[str], present: list[bool]) -> Ids:
    """Ids by the id column, else e-mail, else name, whichever tells those present apart."""
    if "id" in cells.columns:
        return Ids(cells.columns["id"], by_column(cells, names, present))
    there = [at for at, is_there in enumerate(present) if is_there]
    for name, column in (("email", cells.columns.get("email")), ("name", names)):
        if column and tells_apart([column[at] for at in there]):
            header = next(
                cells.plan.header(n)
                for n in (name, "last_name", "first_name")
                if n in cells.columns
            )
            return Ids(column, there, (message("ids_from", column=shorten(header)),))
    raise refuse("no_id")


def tells_apart(values: list[str]) -> bool:
    return all(values) and len({value.casefold() for value in values}) == len(values)


def by_column(cells: Cells, names: list[str], present: list[bool]) -> list[int]:
    """The rows to keep; the first of equal ids, none without id."""
    first: dict[str, int] = {}
    for at, value in enumerate(cells.columns["id"]):
        if not present[at]:
            continue
        if not value:
            cells.problem(at, "id", value, "id_missing")
        elif first.setdefault(value, at) != at:
            report_double(cells, names, at, first[value])
    return list(first.values())


def report_double(cells: Cells, names: list[str], at: int, first: int) -> None:
    """A row twice is left out in peace; an ID that two people have is somebody's mistake."""
    value, row = cells.columns["id"][at], cells.numbers[first]
    one, other = names[first], names[at]
    if one and other and one.casefold() != other.casefold():
        cells.problem(at, "id", value, "id_shared", row=row, name=shorten(one))
    else:
        cells.problem(at, "id", value, "id_twice", row=row)
