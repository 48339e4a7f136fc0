"""Rows out of a text file, a line at a time, with nothing kept."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from upwell.sheets.encodings import encoding_of
from upwell.sheets.limits import LINE, RECORDS, SNIFF_LINES, SNIFF_SIZE
from upwell.sheets.mapping import Mapping
from upwell.sheets.messages import Message, message, refuse, shorten
from upwell.sheets.reading import Format, Rows
from upwell.sheets.separators import declared, separator_of

END = "\ue000end\ue000"


def open_text(path: Path, wish: Mapping) -> tuple[Format, Rows, tuple[Message, ...]]:
    """What the file is written in, its rows with their numbers, and what was a guess."""
    encoding = known(wish.encoding) or encoding_of(path)
    sample = sample_of(path, encoding)
    given = declared(sample)
    separator = one(wish.separator) or given or separator_of(sample[bool(given) :])
    form = Format("text", encoding=encoding, separator=separator)
    sure = wish.encoding or encoding.startswith("utf")
    said = () if sure else (message("encoding_guessed", encoding=encoding),)
    return form, rows(path, form, skip=int(bool(given))), said


def known(encoding: str) -> str:
    try:
        "".encode(encoding or "utf-8")
    except (LookupError, UnicodeError):
        raise refuse("unknown_encoding", encoding=shorten(encoding)) from None
    return encoding


def one(separator: str) -> str:
    if len(separator) > 1 or separator in ('"', "\n", "\r"):
        allowed = '"," ";" "\\t" "|"'
        raise refuse("mapping_value", key="separator", value=shorten(separator), allowed=allowed)
    return separator


def opened(path: Path, encoding: str) -> TextIO:
    return path.open(encoding=encoding, errors="replace", newline="")


def sample_of(path: Path, encoding: str) -> list[str]:
    with opened(path, encoding) as file:
        found = [file.readline(LINE) for _ in range(SNIFF_LINES)]
    size = 0
    kept: list[str] = []
    for line in found:
        size += len(line)
        if line and (size <= SNIFF_SIZE or not kept):
            kept.append(line)
    return kept


def rows(path: Path, form: Format, skip: int) -> Rows:
    """Each row with its number; a text that ends inside quotes is taken as cut short."""
    with opened(path, form.encoding) as file:
        number = 0
        try:
            for number, cells in enumerate(
                csv.reader(lines(file, skip), delimiter=form.separator), 1
            ):
                if cells and cells[-1].endswith(END):
                    if cells != [END]:
                        raise refuse("cut_quote", row=number)
                    return
                if number > RECORDS:
                    raise refuse("too_many_rows", limit=f"{RECORDS:,}")
                yield number, cells
        except csv.Error:
            limit = f"{csv.field_size_limit():,}"
            raise refuse("cell_too_long", row=number + 1, limit=limit) from None


def lines(file: TextIO, skip: int) -> Iterator[str]:
    for _ in range(skip):
        file.readline(LINE)
    number = 0
    while line := file.readline(LINE + 1):
        number += 1
        if len(line) > LINE:
            raise refuse("line_too_long", line=number + skip, limit=f"{LINE:,}")
        yield line.replace("\0", "") if "\0" in line else line
    yield END
