"""Working hours that two people share, in minutes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from upwell.matching.problem import Ints

DAY = 24 * 60
REFERENCE_YEAR = 2026
"""The clock changes of this year stand for all: a result must not depend on when it is made."""

DAYS = (datetime(REFERENCE_YEAR, 1, 15, 12), datetime(REFERENCE_YEAR, 7, 15, 12))  # noqa: DTZ001 -- local noon in whichever zone is asked
"""Winter and summer, so that a season in which two zones drift apart is seen."""

WorkingTime = tuple[int, ...]
"""Starts in minutes after midnight UTC on each of DAYS, then the length in minutes."""


def offsets(zone: str) -> tuple[int, ...] | None:
    """How many minutes the zone is ahead of UTC on each of DAYS; None where no zone is so named."""
    try:
        here = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    ahead = (here.utcoffset(day) or timedelta() for day in DAYS)
    return tuple(int(difference / timedelta(minutes=1)) for difference in ahead)


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
    known = {zone: offsets(zone) if zone else None for zone in set(zones or ())}
    ahead = [known[zone] for zone in zones or ()] if has_zones else [(0,) * len(DAYS)] * length
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
    """Minutes that each two share on the worse of DAYS. Shape (mentors, mentees)."""
    rows = np.array(mentors, np.int64).reshape(len(mentors), len(DAYS) + 1)
    columns = np.array(mentees, np.int64).reshape(len(mentees), len(DAYS) + 1)
    days = [overlap(rows[:, [day, -1]], columns[:, [day, -1]]) for day in range(len(DAYS))]
    shared: Ints = np.minimum.reduce(days)
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
