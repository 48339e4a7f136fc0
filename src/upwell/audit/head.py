"""The file outside the database that says how long the chain is and how it ends."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from upwell.vault import ring
from upwell.vault.files import write_whole


class HeadFileError(Exception):
    """There is a head file, and it cannot be read."""


@dataclass(frozen=True)
class Head:
    count: int
    mac: str


def path() -> Path:
    return Path(settings.AUDIT_HEAD_FILE)


def read() -> Head | None:
    """None where there is no file."""
    try:
        found = json.loads(path().read_text("utf-8"))
        return Head(count=int(found["count"]), mac=str(found["mac"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        said = _("The head file %(path)s cannot be read.")
        raise HeadFileError(said % {"path": path()}) from error


def write(head: Head) -> None:
    """Let the file say this, whatever it says now."""
    with locked():
        write_whole(path(), json.dumps(asdict(head)) + "\n")


def advance(head: Head) -> None:
    """Let the file say this unless it knows of a later end: a slow worker sets nothing back."""
    with locked():
        known = read()
        if known is None or known.count < head.count:
            write_whole(path(), json.dumps(asdict(head)) + "\n")


@contextmanager
def locked() -> Iterator[None]:
    """Hold back whoever else would write the file; it is replaced, so another one is locked."""
    path().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(path().with_name(f"{path().name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def chain_key() -> bytes:
    """The key of the chain, from a file of its own. Raises MasterKeyError where it is missing."""
    return ring.read_file(Path(settings.AUDIT_KEY_FILE))[0].value
