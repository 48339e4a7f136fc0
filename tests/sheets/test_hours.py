import pytest

from upwell.sheets.hours import read_capacity, read_hours
from upwell.sheets.topics import UnreadableError


@pytest.mark.parametrize(
    ("value", "hours"),
    [
        ("09:00-17:00", (540, 1020)),
        ("9-17", (540, 1020)),
        ("8:30am–5pm", (510, 1020)),
        ("9 a.m. to 5 p.m.", (540, 1020)),
        ("12am-12pm", (0, 720)),
        ("8h30 - 17h", (510, 1020)),
        ("9 bis 17 Uhr", (540, 1020)),
        ("0-24", (0, 1440)),
        ("22:00-06:00", (1320, 1800)),
        ("10 pm - 6 am", (1320, 1800)),
        ("11am-2am", (660, 1560)),
        ("17-9", (1020, 1980)),
        ("18-24", (1080, 1440)),
        ("24:00-08:00", (0, 480)),
        ("13:00-00:00", (780, 1440)),
    ],
)
def test_hours_are_minutes_after_midnight(value, hours):
    assert read_hours(value) == hours


@pytest.mark.parametrize(
    "value",
    [
        "9-5",
        "9am-5",
        "1pm-5",
        "9-9",
        "24:30-8",
        "24-0",
        "9-25",
        "9:70-17",
        "13pm-14pm",
        "all day",
        "9",
    ],
)
def test_hours_that_are_none_are_refused(value):
    with pytest.raises(UnreadableError):
        read_hours(value)


@pytest.mark.parametrize(("value", "capacity"), [("0", 0), ("2", 2), ("2.0", 2), ("50", 50)])
def test_capacity_is_a_whole_number(value, capacity):
    assert read_capacity(value) == capacity


@pytest.mark.parametrize("value", ["51", "-1", "2.5", "two", "²"])
def test_capacity_that_is_none_is_refused(value):
    with pytest.raises(UnreadableError):
        read_capacity(value)
