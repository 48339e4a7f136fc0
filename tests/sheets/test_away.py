from datetime import date

import pytest

HEADER = ["ID", "Name", "Away"]
WINTER = (date(2026, 12, 24), date(2026, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-24 to 2026-12-31",
        "2026-12-24 – 2026-12-31",
        "2026-12-24..2026-12-31",
        "24.12.2026 - 31.12.2026",
        "24.12.2026 bis 31.12.2026",
        "12/24/2026 until 12/31/2026",
    ],
)
def test_a_span_is_read_however_it_is_written(read, text):
    assert read(HEADER, ["1", "Ann", text]).away == ((WINTER,),)


def test_several_spans_and_single_days_are_in_order(read):
    reading = read(HEADER, ["1", "Ann", "2027-02-01; 2026-12-24 to 2026-12-31;2027-02-01"])

    assert reading.away == ((WINTER, (date(2027, 2, 1), date(2027, 2, 1))),)


def test_who_says_nothing_is_never_away(read):
    assert read(HEADER, ["1", "Ann", ""], ["2", "Bo", "-"]).away == ((), ())


def test_a_file_without_the_column_says_nothing(read):
    assert read(HEADER[:2], ["1", "Ann"]).away is None


@pytest.mark.parametrize(
    "text",
    [
        "in winter",
        "2026-12-31 to 2026-12-24",
        "2026-02-30",
        "2026-12-24 to soon",
        "2026-12-24 to 2026-12-25 to 2026-12-26",
        "9999-12-31",
        "; ".join(["2026-12-24"] * 51),
        "١٢/٢٤/٢٠٢٦ to ٩٩",
        "=HYPERLINK(1)",
    ],
)
def test_what_is_no_span_is_told_and_unknown(read, text):
    reading = read(HEADER, ["1", "Ann", text])

    assert reading.away == ((),)
    assert [(one.row, one.column, one.reason.code) for one in reading.problems] == [
        (2, "Away", "bad_away")
    ]


def test_sick_leave_is_never_read(read):
    reading = read(["ID", "Name", "Sick leave"], ["1", "Ann", "2026-12-24"])

    assert (reading.away, reading.columns[2].state) == (None, "refused")
