"""The demo's database: an SQLite file with a mark of its own, so that no other is taken for it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection, connections

MARK = 0x55707764
"""Written into the file's header as its application ID."""


def remove(path: Path) -> None:
    """Delete the database of an earlier demo. Raises FileExistsError where it is not a demo's."""
    if path.exists():
        with closing(sqlite3.connect(path)) as found:
            (mark_found,) = found.execute("PRAGMA application_id").fetchone()
        if mark_found != MARK:
            raise FileExistsError(0, "not a database of the demo; move it away", str(path))
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def mark() -> None:
    """Declare the database in use, and its key store, to be the demo's own."""
    for one in connections.all():
        with one.cursor() as cursor:
            cursor.execute(f"PRAGMA application_id = {MARK}")


def is_marked() -> bool:
    """Whether the database in use was made by the demo."""
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA application_id")
        return bool(cursor.fetchone()[0] == MARK)
