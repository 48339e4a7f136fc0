import csv
import io
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from upwell.sheets.write import defused, write_table

ROWS = [["Name", "Points"], ["Zoë", 5], ["=1+1", None], ["+49", -2.5]]


def test_a_csv_holds_the_first_sheet_with_formulas_defused(tmp_path):
    path = tmp_path / "table.csv"

    write_table(path, {"One": ROWS, "Two": [["x"]]})

    assert list(csv.reader(io.StringIO(path.read_text("utf-8-sig")))) == [
        ["Name", "Points"],
        ["Zoë", "5"],
        ["'=1+1", ""],
        ["'+49", "-2.5"],
    ]


def test_an_xlsx_holds_every_sheet_and_text_is_text(tmp_path):
    path = tmp_path / "table.xlsx"

    write_table(path, {"One": ROWS, "Two": [["x"]]})

    book = CalamineWorkbook.from_path(path)
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    assert sheets == {
        "One": [["Name", "Points"], ["Zoë", 5.0], ["=1+1", ""], ["+49", -2.5]],
        "Two": [["x"]],
    }
    with zipfile.ZipFile(path) as xlsx:
        assert b"<f>" not in xlsx.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@x", "\tx", "\rx", "\nx", " =1", "  @x", "＝1", "＋1"]
)
def test_text_that_a_spreadsheet_would_run_is_shown_as_text(text):
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["", "Ann", "a=b", 5, -5, 0.5, None])
def test_other_cells_stay_as_they_are(cell):
    assert defused(cell) is cell


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("text", ["x;=1+1;y", "x\t=1+1", 'x; "=1+1', "x\n=1+1", "x;＝1"])
def test_no_cell_starts_a_formula_where_other_separators_part_cells(tmp_path, text, delimiter):
    path = tmp_path / "table.csv"

    write_table(path, {"One": [["Ann", text]]})

    lines = io.StringIO(path.read_text("utf-8-sig"))
    cells = [cell for row in csv.reader(lines, delimiter=delimiter) for cell in row]
    assert [cell for cell in cells if cell.lstrip(' "').startswith(("=", "＝"))] == []


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"\.pdf"):
        write_table(tmp_path / "table.pdf", {"One": ROWS})


def test_a_file_stays_as_it_was_when_writing_fails(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("kept")

    def broken():
        yield ["Name"]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_table(path, {"One": broken()})

    assert path.read_text() == "kept"
    assert list(tmp_path.iterdir()) == [path]
