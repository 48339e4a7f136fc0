"""What a spreadsheet program would make of a file, told without the code that wrote it."""

import csv
import io
import re
import zipfile
from xml.etree import ElementTree

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?(E[+-]?\d+)?", re.IGNORECASE)
STARTS = tuple("=+-@＝＋－＠")
DELIMITERS = ",;\t"
ACTIVE_PARTS = (
    "externalLink",
    "connections",
    "vbaProject",
    "macrosheets",
    "queryTable",
    "ctrlProp",
)


def is_spreadsheet(response):
    kind = response.headers.get("Content-Type", "").lower()
    name = response.headers.get("Content-Disposition", "").lower().rstrip('"')
    words = ("csv", "tab-separated", "spreadsheet", "excel", "opendocument")
    return any(word in kind for word in words) or name.endswith((".csv", ".tsv", ".xlsx", ".ods"))


def read(content):
    """How many cells there are, and those that a spreadsheet program would run."""
    return read_workbook(content) if content[:2] == b"PK" else read_csv(content)


def read_csv(content):
    """However the cells are parted: the separator is that of the reader's country."""
    text = content.decode("utf-8-sig")
    counts, found = [], []
    for delimiter in DELIMITERS:
        cells = [
            cell
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            for cell in row
        ]
        counts.append(len(cells))
        found += [cell for cell in cells if would_run(cell)]
    return counts[0], found


def would_run(cell):
    bare = cell.lstrip(' "\t\r\n')
    return bare.startswith(STARTS) and not NUMBER.fullmatch(bare)


def read_workbook(content):
    count, found = 0, []
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        found += [name for name in book.namelist() if any(part in name for part in ACTIVE_PARTS)]
        for name in book.namelist():
            if name.endswith(".rels") and b'TargetMode="External"' in book.read(name):
                found.append(name)
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                cells = list(ElementTree.fromstring(book.read(name)).iter(f"{SPACE}c"))
                count += len(cells)
                found += [str(cell.attrib) for cell in cells if is_active(cell)]
    return count, found


def is_active(cell):
    """A formula, or a value that is neither a shared text, a text in place nor a plain number."""
    if cell.find(f"{SPACE}f") is not None:
        return True
    if cell.get("t") in {"s", "inlineStr"}:
        return False
    value = cell.findtext(f"{SPACE}v") or "0"
    return cell.get("t") not in {None, "n", "b"} or not NUMBER.fullmatch(value)
