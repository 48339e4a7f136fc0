"""Long runs of one character, on which a careless pattern would try for minutes."""

import pytest

from upwell.sheets import dates, header, hours, levels, offices, refused, topics, words

RUNS = [" ", "9", "a", "@", ".", ":", "-", "_", ",", "/", "A", "(", "a@", "@.", "9 ", "1.", "a "]
ENDS = [("", ""), ("9", "x"), ("a@", " b"), ("9-", "!"), ("1/1/2020", "x"), ("9:30", "-")]


def outcome(reader, value):
    try:
        return reader(value)
    except ValueError:
        return None


def read_day(value):
    return dates.read_date(value, "dmy")


def put_levels_in_order(value):
    return levels.put_in_order([f"{value}{at:03}" for at in range(50)] + [value], None)


def refused_by_value(value):
    return refused.refusal_by_values([value])


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize(
    "reader",
    [
        hours.read_hours,
        hours.read_capacity,
        read_day,
        dates.hints,
        put_levels_in_order,
        refused_by_value,
        topics.read_topics,
        offices.place_of,
        offices.is_zone,
    ],
)
def test_long_cell_is_read_or_refused(reader, run):
    for start, end in ENDS:
        outcome(reader, start + run * (2_000 // len(run)) + end)


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("reader", [words.is_email, header.is_value, words.words, words.key])
def test_longest_cell_of_any_column_is_looked_at(reader, run):
    for start, end in ENDS:
        outcome(reader, start + run * (130_000 // len(run)) + end)


def test_hours_with_a_long_gap_are_refused():
    with pytest.raises(topics.UnreadableError):
        hours.read_hours("9" + " " * 1990 + "x")


def test_hours_with_a_wide_gap_are_read():
    assert hours.read_hours("9" + " " * 300 + "-\t17") == (540, 1020)


def test_long_dots_in_an_unmapped_column_are_no_address(read):
    reading = read(["ID", "Contact"], ["1", "a@" + "." * 130_000 + " b"])

    assert reading.people.emails is None


def test_long_header_is_no_value(read):
    reading = read(["ID", "a@" + "@." * 60_000 + " b"], ["1", "x"])

    assert len(reading.people) == 1


@pytest.mark.parametrize("value", ["a@x.com", "12.5", "1/2/2020", "10:30"])
def test_value_is_told_from_a_header(value):
    assert header.is_value(value)


@pytest.mark.parametrize("value", ["", "a@x", "a@.com", "@x.com", "a b@x.com", "Level 3"])
def test_header_is_told_from_a_value(value):
    assert not header.is_value(value)
