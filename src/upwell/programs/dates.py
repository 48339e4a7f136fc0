"""The days of a cohort: what is proposed, and how they look as a picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from upwell.programs.models import Cohort
from upwell.programs.models.cohorts import months_later

WEEKS_BEFORE = {"mentees_from": 10, "mentors_from": 7, "enrolls_until": 3, "matches_on": 2}
"""Mentees are asked first, so that mentors can be found for what they want to learn."""
SUPERVISED_MONTHS = range(1, 12, 2)
"""Mentors meet among themselves in the first month, the third, the fifth, …"""
SUPERVISED_AFTER = timedelta(days=20)
WIDTH = 1_000


def proposed_dates(starts_on: date, months: int, today: date) -> dict[str, date]:
    """Every day on the way to the close; what would have passed is set for today."""
    earliest = min(today, starts_on)
    days = {
        name: max(starts_on - timedelta(weeks=weeks), earliest)
        for name, weeks in WEEKS_BEFORE.items()
    }
    return days | {"midpoint_on": months_later(starts_on, months // 2)}


def proposed_supervisions(starts_on: date, months: int) -> list[date]:
    """A day in every other month, beginning with the first."""
    return [
        months_later(starts_on, month - 1) + SUPERVISED_AFTER
        for month in SUPERVISED_MONTHS
        if month < months
    ]


@dataclass(frozen=True)
class Span:
    """Something that lasts, ``x`` and ``width`` in thousandths of the picture."""

    kind: str
    label: str
    starts_on: date
    last_day: date
    x: int
    width: int

    @property
    def words(self) -> str:
        days = {"start": date_format(self.starts_on), "end": date_format(self.last_day)}
        return _("%(start)s to %(end)s") % days


@dataclass(frozen=True)
class Mark:
    """A single day."""

    kind: str
    label: str
    starts_on: date
    x: int

    @property
    def words(self) -> str:
        return date_format(self.starts_on)


@dataclass(frozen=True)
class Calendar:
    """A cohort from its first invitation to its close, for a picture and for words.

    ``months`` are where months begin; ``today`` is None where it lies outside.
    """

    spans: list[Span]
    marks: list[Mark]
    months: list[int]
    today: int | None

    @property
    def keys(self) -> list[Span | Mark]:
        """Everything in the order of its days."""
        return sorted([*self.spans, *self.marks], key=lambda one: one.starts_on)


def calendar_of(cohort: Cohort, supervisions: list[date], today: date) -> Calendar:
    """What of the cohort's days is settled; its months are always there."""
    first = min(filter(None, (cohort.mentees_from, cohort.mentors_from, cohort.starts_on)))
    whole = (cohort.ends_on - first).days

    def x(day: date) -> int:
        return round(WIDTH * min(max((day - first).days, 0), whole) / whole)

    spans = [
        Span(kind, label, start, last, x(start), max(x(last + timedelta(days=1)) - x(start), 4))
        for kind, label, start, last in spans_of(cohort)
    ]
    marks = [Mark(kind, label, day, x(day)) for kind, label, day in marks_of(cohort, supervisions)]
    marks.sort(key=lambda mark: mark.starts_on)
    months = [x(day) for day in month_starts(first, cohort.ends_on)]
    return Calendar(spans, marks, months, x(today) if first <= today < cohort.ends_on else None)


def spans_of(cohort: Cohort) -> Iterator[tuple[str, str, date, date]]:
    until = cohort.enrolls_until
    if cohort.mentees_from and until:
        yield "mentees", _("Open to mentees"), cohort.mentees_from, until
    if cohort.mentors_from and until:
        yield "mentors", _("Open to mentors"), cohort.mentors_from, until
    yield "pairs", _("The pairs meet"), cohort.starts_on, cohort.last_day


def marks_of(cohort: Cohort, supervisions: list[date]) -> Iterator[tuple[str, str, date]]:
    if cohort.matches_on:
        yield "match", _("Matching"), cohort.matches_on
    if cohort.midpoint_on:
        yield "midpoint", _("Midpoint"), cohort.midpoint_on
    for day in supervisions:
        yield "supervision", _("Mentors meet among themselves"), day
    yield "close", _("Last day"), cohort.last_day


def month_starts(first: date, end: date) -> Iterator[date]:
    day = months_later(first.replace(day=1), 1)
    while day < end:
        yield day
        day = months_later(day, 1)
