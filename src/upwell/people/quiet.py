"""When somebody is likely to be at work, so that mail neither wakes nor haunts anybody."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings

from upwell.people.models import Office, Person
from upwell.people.services.free_days import calendar, countries, language_for, subdivisions

if TYPE_CHECKING:
    from holidays import HolidayBase

Quiet = tuple[time, time]
"""When the quiet of a day begins and ends; it may go on past midnight."""

LONGEST = timedelta(days=14)
WEEKEND = (5, 6)  # where the country is not known
KEPT = 500  # calendars of a country, part and year


def next_good_moment(person: Person, at: datetime, *, latest: datetime | None = None) -> datetime:
    """``at`` where they are likely to be at work by then, else the next moment when they are.

    It is out of the quiet hours in their own zone, on no weekend, public holiday or day away of
    theirs. Where that is after ``latest``, else two weeks off, it is the first moment from then on
    that is out of the quiet hours, whatever the day. Asks for their office and days away.
    """
    if settings.QUIET_HOURS is None:
        return at
    zone, last = zone_of(person), latest or at + LONGEST
    away = days_away(person, at.astimezone(zone).date(), last.astimezone(zone).date())
    office = person.office

    def is_free(day: date) -> bool:
        return day in away or not is_working_day(office, day)

    good = good_moment(at, zone, settings.QUIET_HOURS, is_free)
    if good <= last:
        return good
    return good_moment(max(at, last), zone, settings.QUIET_HOURS, lambda _day: False)


def zone_of(person: Person) -> ZoneInfo:
    """That of the installation where none is known, or a file has brought one that there is not."""
    try:
        return ZoneInfo(person.zone or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)


def days_away(person: Person, first: date, last: date) -> set[date]:
    spans = person.away.filter(ends_on__gte=first, starts_on__lte=last)
    found = spans.values_list("starts_on", "ends_on")
    return {
        day for starts, ends in found for day in days_between(max(starts, first), min(ends, last))
    }


def days_between(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def is_working_day(office: Office | None, day: date) -> bool:
    known = calendar_of(office.country, office.subdivision, day.year) if office else None
    return known.is_working_day(day) if known is not None else day.weekday() not in WEEKEND


@lru_cache(KEPT)
def calendar_of(country: str, subdivision: str, year: int) -> "HolidayBase | None":
    """None for a country that is not known; a part that is not counts for none."""
    if country not in countries():
        return None
    part = subdivision if subdivision in subdivisions(country) else ""
    return calendar(country, part, range(year, year + 1), language_for(country))


def good_moment(
    at: datetime, zone: ZoneInfo, quiet: Quiet, is_free: Callable[[date], bool]
) -> datetime:
    """The first moment from ``at`` on that is good; the farthest looked at where none is."""

    def is_good(moment: datetime) -> bool:
        local = moment.astimezone(zone)
        return not is_quiet(local.time(), quiet) and not is_free(local.date())

    if is_good(at):
        return at
    today = at.astimezone(zone).date()
    later = (
        moment
        for day in days_between(today, today + LONGEST)
        for moment in beginnings(day, zone, quiet)
        if moment > at
    )
    return next(filter(is_good, later), at + LONGEST)


def is_quiet(clock: time, quiet: Quiet) -> bool:
    begins, ends = quiet
    if begins < ends:
        return begins <= clock < ends
    return clock >= begins or clock < ends


def beginnings(day: date, zone: ZoneInfo, quiet: Quiet) -> list[datetime]:
    """When good hours of a day may begin: at midnight, and when the quiet ends.

    An hour that the clocks repeat begins twice. One that they leave out begins as late after the
    change as it stands in what is left out.
    """
    return sorted(
        {
            datetime.combine(day, clock, zone).replace(fold=fold).astimezone(UTC)
            for clock in (time.min, quiet[1])
            for fold in (0, 1)
        }
    )
