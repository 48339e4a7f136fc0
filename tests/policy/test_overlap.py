"""Working hours in common, on the worst day of the year."""

from datetime import UTC, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from upwell.policy.overlap import REFERENCE_YEAR, overlap, shared_minutes, working_times

NINE_TO_FIVE = (540, 1020)
NIGHT = (1320, 1800)
DRIFTING = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Adak",
    "America/New_York",
    "Asia/Dubai",
    "Asia/Jerusalem",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/London",
    "Pacific/Auckland",
)


def shared(*people):
    """Least minutes of two people, each a zone and hours."""
    zones, hours = zip(*people, strict=True)
    one, other = working_times(zones, hours, NINE_TO_FIVE, 2)
    return int(shared_minutes([one], [other])[0, 0])


def minutes_of_the_day(zone, hours, day):
    """The minutes of UTC in which somebody works, by the clock of this day."""
    noon = datetime(REFERENCE_YEAR, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
    ahead = noon.astimezone(ZoneInfo(zone)).utcoffset() // timedelta(minutes=1)
    return {(minute - ahead) % 1440 for minute in range(*hours)}


def test_a_month_of_other_hours_counts():
    least = shared(("Africa/Casablanca", None), ("Asia/Dubai", None))

    assert least == 4 * 60


@pytest.mark.parametrize(("one", "other"), [*combinations(DRIFTING, 2)])
def test_hours_in_common_are_those_of_the_worst_of_all_days(one, other):
    least = shared((one, (480, 1080)), (other, NIGHT))

    found = [
        len(minutes_of_the_day(one, (480, 1080), day) & minutes_of_the_day(other, NIGHT, day))
        for day in range(365)
    ]
    assert least == min(found)


def test_other_peoples_zones_do_not_matter():
    zones = (*DRIFTING, "", "Nowhere")
    one, other = DRIFTING[1], DRIFTING[4]

    times = working_times(zones, None, NINE_TO_FIVE, len(zones))

    assert int(shared_minutes([times[1]], [times[4]])[0, 0]) == shared((one, None), (other, None))
    assert times[-2:] == [None, None]


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        (("UTC", NIGHT), ("UTC", NIGHT), 480),
        (("UTC", NIGHT), ("UTC", (1200, 1440)), 120),
        (("UTC", NIGHT), ("UTC", (240, 720)), 120),
        (("UTC", NIGHT), ("Asia/Tokyo", NINE_TO_FIVE), 360),
        (("UTC", (1320, 1320 + 1440)), ("UTC", NINE_TO_FIVE), 480),
        (("UTC", (1320, 1320 + 1200)), ("UTC", (1000, 1000 + 1200)), 960),
    ],
    ids=["alike", "evening", "morning", "across zones", "all day", "twice in common"],
)
def test_hours_may_run_past_midnight(one, other, least):
    found = shared(one, other), shared(other, one)

    assert found == (least, least)


intervals = st.tuples(st.integers(0, 1439), st.integers(1, 1440))


@settings(max_examples=200, deadline=None)
@given(intervals, intervals)
def test_overlap_is_exact_modulo_a_day(one, other):
    found = overlap(np.array([one]), np.array([other]))

    minutes = [{(start + n) % 1440 for n in range(length)} for start, length in (one, other)]
    assert found.tolist() == [[len(minutes[0] & minutes[1])]]
