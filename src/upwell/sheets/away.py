"""When people are away: spans of dates in one cell. A reason is neither looked for nor kept."""

import re

from upwell.sheets.collect import Cells
from upwell.sheets.dates import ImpossibleError, order_of, read_date
from upwell.sheets.reading import Span, Spans
from upwell.sheets.topics import UnreadableError, items

BETWEEN = re.compile(r"\s*(?:\.{2,3}|–|—)\s*|\s+(?:to|until|till|bis|au|al|hasta|-)\s+")


def away_of(cells: Cells, kept: list[int], order: str) -> tuple[Spans, ...] | None:
    """The spans of those kept, both days included, in order; what is none is reported."""
    column = cells.columns.get("away")
    if column is None:
        return None
    values = {column[at] for at in kept}
    order = order or order_of(part for value in values for part in all_parts(value))[0]
    known: dict[str, Spans] = {}
    for value in values:
        try:
            known[value] = read_spans(value, order)
        except (UnreadableError, ImpossibleError, OverflowError):
            known[value] = ()
            report(cells, kept, column, value)
    return tuple(known[column[at]] for at in kept)


def report(cells: Cells, kept: list[int], column: list[str], value: str) -> None:
    for at in kept:
        if column[at] == value:
            cells.problem(at, "away", value, "bad_away")


def all_parts(value: str) -> list[str]:
    return [part for span in re.split(r"[;|\n]", value) for part in BETWEEN.split(span)]


def read_spans(value: str, order: str) -> Spans:
    """Raises UnreadableError or ImpossibleError for what is no dates, or ends before it begins."""
    return tuple(sorted({read_span(item, order) for item in items(value)}))


def read_span(item: str, order: str) -> Span:
    found = [read_date(part, order) for part in BETWEEN.split(item)]
    days = [day for day in found if day]
    if len(days) < len(found) or len(days) > 2 or days[0] > days[-1]:
        raise UnreadableError("bad_away")
    return days[0], days[-1]
