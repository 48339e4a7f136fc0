from datetime import date

import pytest

from upwell.sheets import Mapping

TODAY = date(2026, 1, 15)


def test_past_end_date_means_left(read):
    rows = [["1", "1/14/2026"], ["2", "1/15/2026"], ["3", ""], ["4", "12/12/2999"]]

    reading = read(["ID", "End date"], *rows, today=TODAY)

    assert (reading.people.ids, reading.left) == (("2", "3", "4"), 1)
    assert [notice.code for notice in reading.notices] == ["end_dates_decide"]


def test_without_today_every_end_date_is_past(read):
    assert read(["ID", "End date"], ["1", "2099-01-01"], ["2", ""]).people.ids == ("2",)


def test_status_wins_and_the_conflict_is_counted(read):
    rows = [["1", "active", "2020-01-31"], ["2", "left", ""], ["3", "active", "2027-01-31"]]

    reading = read(["ID", "Status", "End date"], *rows, today=TODAY)

    assert (reading.people.ids, reading.left, reading.status_conflicts) == (("1", "3"), 1, 1)


def test_unknown_status_is_a_problem_and_counts_as_present(read):
    reading = read(["ID", "Status"], ["1", "active"], ["2", "purple"])

    assert reading.people.ids == ("1", "2")
    assert [(p.row, p.value, p.reason.code) for p in reading.problems] == [
        (3, "purple", "bad_status")
    ]


def test_impossible_date_is_a_problem(read):
    reading = read(["ID", "End date"], ["1", "2020-02-31"])

    assert reading.people.ids == ("1",)
    assert [problem.reason.code for problem in reading.problems] == ["bad_date"]


@pytest.mark.parametrize(("order", "ids"), [("dmy", ("1",)), ("mdy", ())])
def test_date_order_of_the_mapping_wins(read, order, ids):
    mapping = Mapping(date_order=order)

    reading = read(["ID", "End date"], ["1", "1/2/2026"], mapping=mapping, today=TODAY)

    assert reading.people.ids == ids


def test_guessed_date_order_is_said(read):
    reading = read(["ID", "Start date"], ["1", "1/2/2026"])

    assert [notice.code for notice in reading.notices] == ["date_order_guessed"]
