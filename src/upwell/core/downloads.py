"""Tables to keep, as files that a browser saves."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from django.http import HttpResponse

from upwell.sheets.write import Cell, write_table

Ending = Literal["csv", "xlsx"]
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def ending_of(text: str) -> Ending:
    """What somebody asked for; a workbook unless it is plainly the other."""
    return "csv" if text == "csv" else "xlsx"


def table_file(
    name: str, sheets: Mapping[str, Iterable[Sequence[Cell]]], ending: Ending
) -> HttpResponse:
    """The sheets, each with its header row first, as ``name`` with the ending; CSV has the first.

    ``name`` is of ASCII letters, digits and hyphens. No cell can start a formula. The view that
    calls this is registered by ``upwell.sheets.exports.export``.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.{ending}"
        write_table(path, sheets)
        content = path.read_bytes()
    disposition = {"Content-Disposition": f'attachment; filename="{path.name}"'}
    return HttpResponse(content, content_type=TYPES[ending], headers=disposition)
