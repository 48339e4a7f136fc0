import random
from datetime import date, datetime, time

import pytest

from tests.sheets.books import HEADER, ROWS, make_ods, make_xlsx
from upwell.sheets import Mapping, SheetError, read_people, workbook


@pytest.mark.parametrize(
    ("content", "kind", "sheet"),
    [(make_xlsx({"People": ROWS}), "xlsx", "People"), (make_ods(ROWS), "ods", "S")],
)
def test_workbook_is_read(read_text, content, kind, sheet):
    reading = read_text(content)

    assert (reading.people.names, reading.people.levels) == (("Ann", "Bo"), ("VP", "Senior"))
    assert (reading.format.kind, reading.format.sheet, reading.notices) == (kind, sheet, ())


def test_rows_have_the_numbers_that_a_user_sees(read_text):
    rows = [HEADER, ["1", "Ann", ""]]

    reading = read_text(make_xlsx({"S": rows}, first=(4, 2)))

    assert [(problem.row, problem.column) for problem in reading.problems] == [(6, "Level")]


def test_cells_of_any_type_are_read(read_text):
    header = ["ID", "Name", "Team", "Capacity", "End date", "Start date", "Department", "Office"]
    started = datetime(2020, 1, 31, 8)  # noqa: DTZ001 -- cells have no zone
    row = [7.0, 1.5, True, 3, date(2020, 1, 31), started, time(9, 30), "Oslo"]

    reading = read_text(make_xlsx({"S": [header, row, [8]]}), today=date(2020, 1, 1))

    assert (reading.people.ids, reading.people.names) == (("7", "8"), ("1.5", "8"))
    assert (reading.people.teams, reading.people.capacities) == (("1", ""), (3, None))
    assert (reading.people.units, reading.problems) == (("09:30:00", ""), ())


def test_sheet_that_looks_like_people_is_taken(read_text):
    sheets = {"Empty": [], "Read me": [["Hello", "you"]], "Staff": ROWS}

    reading = read_text(make_xlsx(sheets))

    assert reading.format.sheet == "Staff"
    assert [notice.code for notice in reading.notices] == ["several_sheets"]


def test_first_filled_sheet_is_taken_where_none_looks_like_people(read_text):
    sheets = {"Empty": [], "Filled": [["Shoe", "Hat"], ["1", "Ann"]], "Other": [["a", "b"]]}
    mapping = Mapping(columns={"id": "Shoe"})

    assert read_text(make_xlsx(sheets), mapping=mapping).format.sheet == "Filled"


def test_sheet_of_the_mapping_is_taken(read_text):
    content = make_xlsx({"A": ROWS, "B": [["ID"], ["9"]]})

    reading = read_text(content, mapping=Mapping(sheet="B"))

    assert (reading.people.ids, reading.notices) == (("9",), ())


def test_hidden_sheet_is_passed_over(read_text):
    content = make_xlsx({"A": [["ID"], ["9"]], "B": ROWS}, hidden=("B",))

    assert read_text(content).format.sheet == "A"


@pytest.mark.parametrize(
    ("content", "mapping", "code"),
    [
        (make_xlsx({"A": ROWS}), Mapping(sheet="C"), "unknown_sheet"),
        (make_xlsx({"A": [], "B": []}), None, "no_people_sheet"),
        (make_xlsx({"A": []}), None, "empty"),
        (make_xlsx({"A": ROWS})[:3000], None, "cut_workbook"),
    ],
)
def test_workbook_without_people_is_refused(read_text, content, mapping, code):
    with pytest.raises(SheetError) as caught:
        read_text(content, mapping=mapping)

    assert caught.value.message.code == code


def test_workbook_that_is_broken_inside_is_refused(read_text):
    content = make_xlsx({"A": ROWS}).replace(
        b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet9.xml"
    )

    with pytest.raises(SheetError) as caught:
        read_text(content)

    assert caught.value.message.code == "bad_workbook"


def test_workbook_that_needs_too_much_memory_is_refused(read_text, monkeypatch):
    monkeypatch.setattr(workbook, "MEMORY", 1)

    with pytest.raises(SheetError) as caught:
        read_text(make_xlsx({"A": [HEADER, *[["1", "x" * 9_000, "VP"]] * 2_000]}))

    assert caught.value.message.code in ("workbook_too_large", "cut_workbook")


def test_child_that_takes_too_long_is_stopped(make_file, monkeypatch):
    monkeypatch.setattr(workbook, "SECONDS", 0)
    dice = random.Random(1)
    rows = [[dice.random() for _ in range(40)] for _ in range(2_000)]

    with pytest.raises(SheetError) as caught:
        read_people(make_file(make_xlsx({"A": [HEADER, *rows]})))

    assert caught.value.message.code == "workbook_too_slow"


def test_row_that_is_too_long_is_refused(make_file, monkeypatch):
    monkeypatch.setattr(workbook, "OUTPUT", 100)

    with pytest.raises(SheetError) as caught:
        read_people(make_file(make_xlsx({"A": [HEADER, ["x" * 500]]})))

    assert caught.value.message.code == "workbook_too_large"
