"""Who is still there: by status where the file has one, else by the end date."""

from dataclasses import dataclass
from datetime import date

from upwell.sheets.collect import Cells
from upwell.sheets.dates import ImpossibleError, order_of, read_date
from upwell.sheets.mapping import Mapping
from upwell.sheets.messages import Message, message
from upwell.sheets.status import StatusWords


@dataclass(frozen=True)
class Presence:
    """``present`` for each row; ``conflicts`` counts those there with an end date in the past."""

    present: list[bool]
    conflicts: int
    date_order: str
    notices: tuple[Message, ...]


def presence(cells: Cells, wish: Mapping, today: date | None) -> Presence:
    """Without ``today`` every end date counts as past."""
    order, guessed = date_order(cells, wish)
    ended = [is_past(day, today) for day in dates(cells, "end_date", order)]
    dates(cells, "start_date", order)
    notices = [message("date_order_guessed", order=order)] if guessed else []
    if "status" not in cells.columns:
        if any(ended):
            notices.append(message("end_dates_decide", count=sum(ended)))
        return Presence([not past for past in ended], 0, order, tuple(notices))
    present = by_status(cells, wish)
    conflicts = sum(there and past for there, past in zip(present, ended, strict=True))
    if conflicts:
        notices.append(message("status_wins", count=conflicts))
    return Presence(present, conflicts, order, tuple(notices))


def date_order(cells: Cells, wish: Mapping) -> tuple[str, bool]:
    if wish.date_order:
        return wish.date_order, False
    columns = [cells.columns.get(name, []) for name in ("start_date", "end_date")]
    return order_of(value for column in columns for value in set(column))


def is_past(day: date | None, today: date | None) -> bool:
    return day is not None and (today is None or day < today)


def dates(cells: Cells, name: str, order: str) -> list[date | None]:
    """The dates of a column, None where there is none; impossible ones are reported."""
    column = cells.columns.get(name)
    if column is None:
        return [None] * len(cells)
    known: dict[str, date | None] = {}
    wrong: set[str] = set()
    for value in set(column):
        try:
            known[value] = read_date(value, order)
        except ImpossibleError:
            wrong.add(value)
    if wrong:
        for at, value in enumerate(column):
            if value in wrong:
                cells.problem(at, name, value, "bad_date")
    return [known.get(value) for value in column]


def by_status(cells: Cells, wish: Mapping) -> list[bool]:
    words = StatusWords(cells.plan.header("status"), wish)
    column = cells.columns["status"]
    known = {value: words.is_present(value) for value in set(column)}
    for at, value in enumerate(column):
        if known[value] is None:
            cells.problem(at, "status", value, "bad_status")
    return [known[value] is not False for value in column]
