"""Reads one workbook in a process of its own, with little memory and no say.

Started by ``workbook`` as a script, it imports nothing of Upwell. It writes lines of JSON: for each
sheet of a choice an offer, answered on its input by "take" or "next"; then the rows as
lists of text; at the end ``{"end": true}``. An error is ``{"error": …}``.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

OFFERED = 12
SHEETS = 30
WIDE = 60


def main(path: str, memory: int, wanted: str) -> None:
    from python_calamine import (  # noqa: PLC0415 -- part of what is measured
        CalamineError,
        CalamineWorkbook,
        PasswordError,
    )

    limit_memory(memory)
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            send_sheet(workbook, wanted)
    except PasswordError:
        send({"error": "encrypted"})
    except MemoryError:
        send({"error": "workbook_too_large"})
    except CalamineError as error:
        send({"error": "bad_workbook", "detail": str(error)[:200]})


def limit_memory(memory: int) -> None:
    """No more than ``memory`` bytes beyond what is in use now, where the platform can say."""
    try:
        import resource  # noqa: PLC0415 -- not on every platform
    except ImportError:
        return
    statm = Path("/proc/self/statm")
    used = 0
    if statm.exists():
        used = int(statm.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + memory, used + memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def send(value: Any) -> None:
    sys.stdout.write(json.dumps(value) + "\n")


def send_sheet(workbook: Any, wanted: str) -> None:
    names = visible(workbook)
    if wanted and wanted not in names:
        send({"error": "unknown_sheet", "sheet": wanted, "allowed": names[:SHEETS]})
        return
    name = wanted or chosen(workbook, names[:SHEETS])
    if name is None:
        send({"error": "no_people_sheet"})
        return
    send({"sheet": name, "several": len(names) > 1})
    for row in rows(workbook.get_sheet_by_name(name)):
        send(row)
    send({"end": True})


def visible(workbook: Any) -> list[str]:
    sheets = workbook.sheets_metadata
    return [s.name for s in sheets if str(s.visible).endswith(".Visible") and is_table(s)]


def is_table(sheet: Any) -> bool:
    return str(sheet.typ).endswith(".WorkSheet")


def chosen(workbook: Any, names: list[str]) -> str | None:
    """The first sheet that is taken, else the first that holds anything."""
    if len(names) < 2:
        return names[0] if names else None
    filled = None
    for name in names:
        first = list(islice(rows(workbook.get_sheet_by_name(name)), OFFERED))
        if not first:
            continue
        filled = filled or name
        send({"offer": [row[:WIDE] for row in first]})
        sys.stdout.flush()
        if sys.stdin.readline().strip() == "take":
            return name
    return filled


def rows(sheet: Any) -> Iterator[list[str]]:
    """Each row from the sheet's first, blank or not, so that numbers are those that a user sees."""
    if sheet.start is None:
        return
    beside = [""] * sheet.start[1]
    for cells in sheet.iter_rows():
        yield beside + [text(cell) for cell in cells]


def text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int | timedelta) else ""


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
    sys.stdout.flush()
