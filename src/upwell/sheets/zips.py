"""Looks at a workbook's table of contents before anything in it is unpacked."""

import struct
import zipfile
from pathlib import Path
from typing import Literal

from upwell.sheets.limits import ENTRIES, RATIO, UNPACKED
from upwell.sheets.messages import refuse
from upwell.sheets.texts import gettext_noop as _

FREE = 1024 * 1024
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
MIMETYPE = 200
OTHERS = (
    ("word/", _("a text document")),
    ("ppt/", _("a presentation")),
    ("xl/workbook.bin", _("a binary workbook (.xlsb)")),
    ("META-INF/MANIFEST.MF", _("a program")),
)
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    struct.error,
    ValueError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OverflowError,
    MemoryError,
)


def kind_of_zip(path: Path) -> Literal["xlsx", "ods"]:
    """Raises SheetError where the file is cut short, something else, or too large unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            check(entries, path.stat().st_size)
            return kind(archive, {entry.filename for entry in entries})
    except BROKEN:
        raise refuse("cut_workbook") from None


def check(entries: list[zipfile.ZipInfo], size: int) -> None:
    if len(entries) > ENTRIES:
        raise refuse("too_many_entries", count=f"{len(entries):,}", limit=f"{ENTRIES:,}")
    if any(entry.flag_bits & 1 for entry in entries):
        raise refuse("encrypted")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > FREE + RATIO * size:
        raise refuse("zip_bomb", limit=RATIO)
    if unpacked > UNPACKED:
        megabytes = f"{unpacked / 2**20:,.0f}"
        raise refuse("unpacked_too_large", size=megabytes, limit=UNPACKED // 2**20)


def kind(archive: zipfile.ZipFile, names: set[str]) -> Literal["xlsx", "ods"]:
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "mimetype" in names and "content.xml" in names:
        with archive.open("mimetype") as file:
            if file.read(MIMETYPE).strip() == ODS:
                return "ods"
        raise refuse("wrong_kind", kind=_("another kind of document"))
    for start, other in OTHERS:
        if any(name.startswith(start) for name in names):
            raise refuse("wrong_kind", kind=other)
    raise refuse("wrong_kind", kind=_("a packed folder (ZIP)"))
