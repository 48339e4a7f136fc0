"""Opens a file by what it is, not by what it is called."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from upwell.sheets.kinds import kind_of
from upwell.sheets.limits import FILE
from upwell.sheets.mapping import Mapping
from upwell.sheets.messages import Message, refuse, shorten
from upwell.sheets.reading import Format, Rows
from upwell.sheets.textfile import open_text
from upwell.sheets.workbook import open_workbook


@dataclass(frozen=True)
class Source:
    """An open file: its format, its rows, and what is to be said of it."""

    format: Format
    rows: Rows
    notices: tuple[Message, ...] = ()


@contextmanager
def open_source(path: Path, wish: Mapping) -> Iterator[Source]:
    """Raises SheetError for what is no table or cannot be opened."""
    source = opened(path, wish)
    try:
        yield source
    finally:
        source.rows.close()


def opened(path: Path, wish: Mapping) -> Source:
    try:
        check(path)
        kind = kind_of(path)
        if kind == "text":
            return Source(*open_text(path, wish))
        return Source(*open_workbook(path, kind, wish))
    except OSError as error:
        detail = shorten(error.strerror or "")
        raise refuse("not_readable", path=shorten(str(path), 200), detail=detail) from None


def check(path: Path) -> None:
    if not path.exists():
        raise refuse("not_found", path=shorten(str(path), 200))
    if not path.is_file():
        raise refuse("not_a_file", path=shorten(str(path), 200))
    size = path.stat().st_size
    if size == 0:
        raise refuse("empty")
    if size > FILE:
        megabytes = f"{size / 2**20:,.0f}"
        raise refuse("file_too_large", size=megabytes, limit=FILE // 2**20)
