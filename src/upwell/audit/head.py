"""The file outside the database that says how long the chain is and how it ends."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

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
        raise HeadFileError(f"The head file {path()} cannot be read.") from error


def write(head: Head) -> None:
    write_whole(path(), json.dumps(asdict(head)) + "\n")


def chain_key() -> bytes:
    """The key of the chain, from a file of its own. Raises MasterKeyError where it is missing."""
    return ring.read_file(Path(settings.AUDIT_KEY_FILE))[0].value
