"""The one writer of tables: no cell that it writes can start a formula.

In XLSX text is text by its type; in CSV it is quoted and marked. Whoever calls this is registered
in ``sheets.exports``.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import xlsxwriter

from upwell.sheets.files import replacing

Cell = str | int | float | None

STARTS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
AT_ANOTHER_SEPARATOR = re.compile(r"""([;\t\r\n][\s"']*)(?=[=+\-@＝＋－＠])""")
WIDEST = 60


def write_table(path: Path, sheets: Mapping[str, Iterable[Sequence[Cell]]]) -> None:
    """Write the sheets, each with its header row first, as XLSX; as CSV, the first of them.

    Raises ValueError for another ending than .csv and .xlsx. A file that stood there is replaced
    only when the new one is whole.
    """
    writers = {".csv": write_csv, ".xlsx": write_xlsx}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise ValueError(path.suffix)
    with replacing(path) as unfinished:
        writer(unfinished, sheets)


def write_csv(path: Path, sheets: Mapping[str, Iterable[Sequence[Cell]]]) -> None:
    """UTF-8 with a mark, so that spreadsheet programs read it as such."""
    rows = next(iter(sheets.values()))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
        writer.writerows([defused(cell) for cell in row] for row in rows)


def write_xlsx(path: Path, sheets: Mapping[str, Iterable[Sequence[Cell]]]) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(path, options) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            widths: dict[int, int] = {}
            count = 0
            for count, row in enumerate(rows):
                sheet.write_row(count, 0, row, bold if not count else None)
                for column, cell in enumerate(row):
                    widths[column] = max(widths.get(column, 0), len(str(cell or "")))
            for column, width in widths.items():
                sheet.set_column(column, column, min(width, WIDEST) + 2, wrapped)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, count, max(widths, default=0))


def defused(cell: Cell) -> Cell:
    """Text that a spreadsheet would run gets an apostrophe in front, which it shows as text.

    So does what would start a cell where semicolons or tabs part the cells, as in much of Europe:
    read so, only the first cell of a line counts as quoted.
    """
    if not isinstance(cell, str):
        return cell
    inside = AT_ANOTHER_SEPARATOR.sub(r"\1'", cell)
    return f"'{inside}" if inside.lstrip(' "').startswith(STARTS_A_FORMULA) else inside
