"""Which column becomes which field, and what is said of the others."""

from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from types import MappingProxyType

from upwell.sheets.fields import PARTS, PRIVATE, field_of
from upwell.sheets.header import Header
from upwell.sheets.mapping import Mapping
from upwell.sheets.messages import LONG, Message, listed, message, refuse, shorten
from upwell.sheets.reading import ColumnReport, State
from upwell.sheets.refused import refusal_by_values, refusals
from upwell.sheets.roles import role_of
from upwell.sheets.words import bare, is_email, words

Known = MappingType[str, str]
OTHERS = PRIVATE | frozenset(PARTS["others"])
SAMPLES = 2
BEST = -1  # no spelling is so good


@dataclass(frozen=True)
class Plan:
    """``columns`` holds, for each mapped field, the position of its column."""

    headers: tuple[str, ...]
    columns: dict[str, int]
    reports: tuple[ColumnReport, ...]

    def header(self, field: str) -> str:
        return self.headers[self.columns[field]]


def plan(header: Header, wish: Mapping, known: Known = MappingProxyType({})) -> Plan:
    """``known`` tells what headers meant before: a field, or "" for none. A wish comes first."""
    values = [column_values(header, position) for position in range(len(header.cells))]
    refused = [
        code or refusal_by_values(column)
        for code, column in zip(refusals(header.cells), values, strict=True)
    ]
    lost: dict[int, str] = {}
    if wish.columns:
        columns = declared(header.cells, refused, wish.columns)
    else:
        columns, lost = guessed(header.cells, refused, values, known)
    field_at = {position: field for field, position in columns.items()}
    reports = [
        report(cell, field_at.get(at), refused[at], lost.get(at), values[at])
        for at, cell in enumerate(header.cells)
        if cell or any(values[at])
    ]
    return Plan(tuple(header.cells), columns, tuple(reports))


def column_values(header: Header, position: int) -> list[str]:
    return [cells[position].strip() for _, cells in header.sample if len(cells) > position]


def declared(cells: list[str], refused: list[str], wanted: dict[str, str]) -> dict[str, int]:
    """The columns as a mapping names them. Raises SheetError for one absent, double or refused."""
    columns: dict[str, int] = {}
    for field, name in wanted.items():
        places = [at for at, cell in enumerate(cells) if cell == bare(name)]
        if not places:
            raise refuse(
                "unknown_header", field=field, value=shorten(name), allowed=listed(cells, 40)
            )
        if len(places) > 1:
            raise refuse("double_header", field=field, value=shorten(name))
        if code := refused[places[0]]:
            raise refuse("mapped_refused", field=field, value=shorten(name), reason=code)
        columns[field] = places[0]
    return columns


def guessed(
    cells: list[str], refused: list[str], values: list[list[str]], known: Known
) -> tuple[dict[str, int], dict[int, str]]:
    """The best column for each field, and the columns that came second with their fields."""
    ranked = sorted(
        (rank, at, field)
        for at, cell in enumerate(cells)
        if not refused[at]
        for field, rank in [remembered(cell, known) or sensible(cell, values[at])]
        if field
    )
    columns: dict[str, int] = {}
    for _, at, field in ranked:
        columns.setdefault(field, at)
    lost = {at: field for _, at, field in ranked if columns[field] != at}
    if "email" not in columns:
        taken = set(columns.values()) | {at for at, cell in enumerate(cells) if cell in known}
        columns |= email_by_values(cells, values, refused, taken)
    return columns, lost


def remembered(cell: str, known: Known) -> tuple[str, int] | None:
    """What a header meant before is a better guess than any; None where it was not there."""
    return (known[cell], BEST) if cell in known else None


def sensible(cell: str, values: list[str]) -> tuple[str, int]:
    """The field a header names; a "role" that is no part in a program is a job title."""
    field, rank = field_of(cell) or ("", 0)
    filled = [value for value in values if value]
    if field == "role" and filled and not any(role_of(value) for value in filled):
        return "title", rank + 100
    return field, rank


def email_by_values(
    cells: list[str], values: list[list[str]], refused: list[str], taken: set[int]
) -> dict[str, int]:
    """A column of nothing but different e-mail addresses, if its header names nobody else."""
    for at, column in enumerate(values):
        filled = [value for value in column if value]
        free = at not in taken and not refused[at] and not OTHERS & set(words(cells[at]))
        if free and filled and len(set(filled)) == len(filled) and all(map(is_email, filled)):
            return {"email": at}
    return {}


def report(
    cell: str, field: str | None, refused: str, lost: str | None, values: list[str]
) -> ColumnReport:
    state: State = "not stored"
    samples: tuple[str, ...] = ()
    reason: Message | None = message("unmapped")
    if refused:
        state, reason = "refused", message(refused)
    elif field:
        state, reason = "mapped", None
        samples = tuple(shorten(value) for value in dict.fromkeys(values) if value)[:SAMPLES]
    elif lost:
        reason = message("second_best", label=lost)
    return ColumnReport(shorten(cell, LONG), state, field, samples, reason)
