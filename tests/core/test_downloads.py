import pytest

from upwell.core.downloads import ending_of, table_file

SHEETS = {"Pairs": [["Name", "Note"], ["Ama", "=1+1"]], "Others": [["Name"], ["Bo"]]}


def test_a_csv_file_has_the_first_sheet_and_starts_no_formula():
    response = table_file("pairs-of-june", SHEETS, "csv")

    assert response.headers["Content-Disposition"] == 'attachment; filename="pairs-of-june.csv"'
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.decode("utf-8-sig").splitlines() == ['"Name","Note"', '"Ama","\'=1+1"']


def test_a_workbook_is_one():
    response = table_file("pairs", SHEETS, "xlsx")

    assert response.headers["Content-Disposition"] == 'attachment; filename="pairs.xlsx"'
    assert response.content[:4] == b"PK\x03\x04"


@pytest.mark.parametrize(("asked", "found"), [("csv", "csv"), ("", "xlsx"), ("exe", "xlsx")])
def test_a_workbook_is_what_is_meant(asked, found):
    assert ending_of(asked) == found
