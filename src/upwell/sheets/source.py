"""Opens a file by what it is, not by what it is called."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from upwell.sheets.limits import FILE
from upwell.sheets.mapping import Mapping
from upwell.sheets.messages import refuse, shorten
from upwell.sheets.reading import Format, Rows
from upwell.sheets.textfile import open_text


@contextmanager
def open_source(path: Path, wish: Mapping) -> Iterator[tuple[Format, Rows]]:
    """The format and the rows. Raises SheetError for what is no table or cannot be opened."""
    try:
        check(path)
        form, rows = open_text(path, wish)
    except OSError as error:
        detail = shorten(error.strerror or "")
        raise refuse("not_readable", path=str(path), detail=detail) from None
    try:
        yield form, rows
    finally:
        rows.close()


def check(path: Path) -> None:
    if not path.exists():
        raise refuse("not_found", path=str(path))
    if not path.is_file():
        raise refuse("not_a_file", path=str(path))
    size = path.stat().st_size
    if size == 0:
        raise refuse("empty")
    if size > FILE:
        megabytes = f"{size / 2**20:,.0f}"
        raise refuse("file_too_large", size=megabytes, limit=FILE // 2**20)
