"""What the child says, read in this process; its bounds are tested through ``workbook``."""

import io
import json
from datetime import date, datetime, time, timedelta

import pytest

from tests.sheets.books import ROWS, make_xlsx, make_zip
from upwell.sheets import child


@pytest.fixture
def say(make_file, monkeypatch, capsys):
    """Runs the child on some bytes and gives what it said."""
    monkeypatch.setattr(child, "limit_memory", lambda memory: None)

    def run(content, sheet="", answers=""):
        monkeypatch.setattr("sys.stdin", io.StringIO(answers))
        child.main(str(make_file(content)), 0, sheet)
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


def test_child_says_sheet_rows_and_end(say):
    said = say(make_xlsx({"A": ROWS}))

    assert said == [{"sheet": "A", "several": False}, *ROWS, {"end": True}]


def test_child_offers_sheets_until_one_is_taken(say):
    said = say(make_xlsx({"A": [["x"]], "B": [], "C": ROWS}), answers="next\ntake\n")

    assert said[:3] == [{"offer": [["x"]]}, {"offer": ROWS}, {"sheet": "C", "several": True}]


def test_child_falls_back_to_the_first_filled_sheet(say):
    said = say(make_xlsx({"A": [], "B": [["x"]]}), answers="next\n")

    assert said[1:] == [{"sheet": "B", "several": True}, ["x"], {"end": True}]


@pytest.mark.parametrize(
    ("content", "sheet", "error"),
    [
        (make_xlsx({"A": [], "B": []}), "", "no_people_sheet"),
        (make_xlsx({"A": ROWS}), "C", "unknown_sheet"),
        (make_zip({"a": "b"}), "", "bad_workbook"),
    ],
)
def test_child_says_what_is_wrong(say, content, sheet, error):
    assert [said["error"] for said in say(content, sheet)] == [error]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("a", "a"),
        (True, "1"),
        (3, "3"),
        (3.0, "3"),
        (2.5, "2.5"),
        (date(2020, 1, 2), "2020-01-02"),
        (datetime(2020, 1, 2), "2020-01-02"),  # noqa: DTZ001 -- cells have no zone
        (datetime(2020, 1, 2, 3), "2020-01-02 03:00:00"),  # noqa: DTZ001 -- cells have no zone
        (time(9, 30), "09:30:00"),
        (timedelta(hours=1), "1:00:00"),
        (None, ""),
    ],
)
def test_cell_becomes_text(cell, text):
    assert child.text(cell) == text
