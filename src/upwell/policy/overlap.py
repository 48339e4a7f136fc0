"""Working hours that two people share, in minutes."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from upwell.matching.criteria import Ints

DAY = 24 * 60
REFERENCE_YEAR = 2026
"""The clock changes of this year stand for all: a result must not depend on when it is made."""

NOONS = tuple(
    datetime(REFERENCE_YEAR, 1, 1, 12, tzinfo=UTC) + timedelta(days=day) for day in range(365)
)
"""Every day of the year: seasons, and months of fasting, in which two zones drift apart."""

WorkingTime = tuple[int, ...]
"""Starts in minutes after midnight UTC under each of the year's clocks, then the length."""


@lru_cache(maxsize=1_000)
def offsets(zone: str) -> tuple[int, ...] | None:
    """How many minutes the zone is ahead of UTC on each day; None where no zone is so named."""
    try:
        here = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    ahead = (noon.astimezone(here).utcoffset() or timedelta() for noon in NOONS)
    return tuple(int(difference / timedelta(minutes=1)) for difference in ahead)


def clocks(zones: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """How many minutes each zone that there is is ahead of UTC, on days that differ for any."""
    ahead = {zone: days for zone in sorted({*zones}) if zone and (days := offsets(zone))}
    different = sorted(set(zip(*ahead.values(), strict=True)))
    return dict(zip(ahead, zip(*different, strict=True), strict=True))


def working_times(
    zones: Sequence[str] | None,
    hours: Sequence[tuple[int, int] | None] | None,
    default: tuple[int, int],
    length: int,
) -> list[WorkingTime | None]:
    """When each person works; None where that is unknown.

    The default hours are those of people whose zone is known. Where nobody's zone is known, hours
    are taken to be told by one clock.
    """
    has_zones = zones is not None and any(zones)
    known = clocks(zones or ())
    ahead = [known.get(zone) for zone in zones or ()] if has_zones else [(0,)] * length
    given = hours if hours is not None else [None] * length
    fallback = default if has_zones else None
    return [working_time(shift, day or fallback) for shift, day in zip(ahead, given, strict=True)]


def working_time(
    ahead: tuple[int, ...] | None, hours: tuple[int, int] | None
) -> WorkingTime | None:
    if ahead is None or hours is None:
        return None
    start, end = hours
    return (*((start - minutes) % DAY for minutes in ahead), min(end - start, DAY))


def shared_minutes(mentors: Sequence[WorkingTime], mentees: Sequence[WorkingTime]) -> Ints:
    """Minutes that each two share on the worst day. Shape (mentors, mentees)."""
    shared = np.full((len(mentors), len(mentees)), DAY, np.int64)
    if not shared.size:
        return shared
    rows, columns = np.array(mentors, np.int64), np.array(mentees, np.int64)
    for clock in range(rows.shape[1] - 1):
        today = overlap(rows[:, [clock, -1]], columns[:, [clock, -1]])
        np.minimum(shared, today, out=shared)
    return shared


def overlap(rows: Ints, columns: Ints) -> Ints:
    """Minutes shared by daily intervals, each (start, length); they may run past midnight."""
    start, length = (rows[:, [part]] for part in (0, 1))
    total = np.zeros((len(rows), len(columns)), np.int64)
    for shift in (-DAY, 0, DAY):
        other = columns[:, 0] + shift
        until = np.minimum(start + length, other + columns[:, 1])
        total += np.maximum(until - np.maximum(start, other), 0)
    return total
