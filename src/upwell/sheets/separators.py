"""Which character stands between the cells, found by how evenly it parts the first lines."""

import csv
import re
from collections import Counter

SEPARATORS = (",", ";", "\t", "|")
DECLARED = re.compile(r"sep=(.)\1*", re.IGNORECASE)


def declared(sample: list[str]) -> str:
    """The separator out of the line "sep=;" that some spreadsheets put first, or ""."""
    found = DECLARED.fullmatch(sample[0].rstrip("\r\n").strip('"')) if sample else None
    return found[1] if found else ""


def separator_of(sample: list[str]) -> str:
    """The best of the usual ones; a comma where none parts anything."""
    return max(SEPARATORS, key=lambda separator: evenness(sample, separator))


def evenness(sample: list[str], separator: str) -> tuple[float, int]:
    """The share of rows with the most common number of cells (0 if that is 1), and that number."""
    widths = Counter(widths_of(sample, separator))
    if not widths:
        return 0.0, 0
    width, rows = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (rows / widths.total() if width > 1 else 0.0), width


def widths_of(sample: list[str], separator: str) -> list[int]:
    widths: list[int] = []
    try:
        widths.extend(len(cells) for cells in csv.reader(sample, delimiter=separator) if any(cells))
    except csv.Error:
        return widths
    return widths[:-1] if len(widths) > 2 else widths
