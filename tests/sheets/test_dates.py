from datetime import date

import pytest

from upwell.sheets.dates import ImpossibleError, order_of, read_date


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["1/2/2020", "1/13/2020"], ("mdy", False)),
        (["1/2/2020", "13/1/2020"], ("dmy", False)),
        (["2020-01-02"], ("ymd", False)),
        (["2020-01-02", "x"], ("ymd", False)),
        (["1/2/2020"], ("mdy", True)),
        (["1.2.2020"], ("dmy", True)),
        (["12 May 2020", ""], ("", False)),
    ],
)
def test_order_is_found_over_a_column(values, order):
    assert order_of(values) == order


@pytest.mark.parametrize(
    "value",
    [
        "2020-02-01",
        "2020/2/1",
        "20200201",
        "2020-02-01T00:00:00",
        "2020-02-01 10:30",
        "1 Feb 2020",
        "01-Feb-20",
        "Feb 1, 2020",
        "February 1st, 2020",
        "Saturday, 1 February 2020",
        "1. Feb. 2020",
        "1 février 2020",
        "43862",
        "43862.0",
    ],
)
def test_date_is_read_whatever_the_order(value):
    assert read_date(value, "mdy") == date(2020, 2, 1)


@pytest.mark.parametrize(
    ("value", "order", "day"),
    [
        ("1/2/2020", "mdy", date(2020, 1, 2)),
        ("1/2/2020", "dmy", date(2020, 2, 1)),
        ("1.2.20", "dmy", date(2020, 2, 1)),
        ("20/2/1", "ymd", date(2020, 2, 1)),
        ("1/2/99", "mdy", date(1999, 1, 2)),
    ],
)
def test_date_is_read_in_its_order(value, order, day):
    assert read_date(value, order) == day


@pytest.mark.parametrize(
    "value", ["", "-", "0", "12/12/2999", "31/12/9999", "9999-12-31", "2958465"]
)
def test_date_that_means_never_is_none(value):
    assert read_date(value, "dmy") is None


@pytest.mark.parametrize("value", ["30/2/2020", "13/13/2020", "soon", "1 Foo 2020", "9999999"])
def test_impossible_date_is_refused(value):
    with pytest.raises(ImpossibleError):
        read_date(value, "dmy")
