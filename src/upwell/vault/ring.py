"""The master keys: from UPWELL_MASTER_KEYS, or else from a file. The first one is the newest.

A line is ``NAME:KEY``, the key 32 bytes in base64; the variable has commas between them. The file
is read again when it changes, so a rotation needs no restart.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from upwell.vault.cipher import KEY_BYTES
from upwell.vault.errors import MasterKeyError
from upwell.vault.files import write_new, write_whole

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
HEADING = "# Keys of Upwell. Whoever has this file and the key store can read what is sealed.\n"


@dataclass(frozen=True)
class Secret:
    """One key of a file; never shown."""

    name: str
    value: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits that tell keys apart and give nothing of them away."""
        digest = hmac.new(self.value, b"upwell fingerprint", hashlib.sha256).hexdigest()
        return "-".join(digest[at : at + 4] for at in range(0, 16, 4))


def make(today: date) -> Secret:
    return Secret(f"{today:%Y-%m-%d}-{secrets.token_hex(3)}", secrets.token_bytes(KEY_BYTES))


def master_keys() -> tuple[Secret, ...]:
    """Every master key, the newest first. Raises MasterKeyError where there is none."""
    if settings.MASTER_KEYS:
        return parse(settings.MASTER_KEYS.split(","), "UPWELL_MASTER_KEYS")
    return read_file(Path(settings.MASTER_KEY_FILE))


def is_in_file() -> bool:
    """Whether the master keys come from a file, which commands may write."""
    return not settings.MASTER_KEYS


def read_file(path: Path) -> tuple[Secret, ...]:
    try:
        found = path.stat()
        return read_version(path, (found.st_mtime_ns, found.st_ino, found.st_size))
    except FileNotFoundError:
        said = _("There is no key file %(path)s. Run: upwell keys init")
        raise MasterKeyError(said % {"path": path}) from None
    except OSError as error:
        said = _("The key file %(path)s cannot be read: %(reason)s")
        raise MasterKeyError(said % {"path": path, "reason": error.strerror}) from None


@lru_cache(maxsize=8)
def read_version(path: Path, version: tuple[int, int, int]) -> tuple[Secret, ...]:
    """The keys of a file as it was when it had this time, inode and size."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        said = _("The key file %(path)s is no text in UTF-8.")
        raise MasterKeyError(said % {"path": path}) from None
    return parse((line for line in lines if not line.startswith("#")), str(path))


@sensitive_variables()
def parse(lines: Iterable[str], source: str) -> tuple[Secret, ...]:
    """Raises MasterKeyError, which names the source and never quotes it."""
    found: dict[str, Secret] = {}
    for number, line in enumerate((line.strip() for line in lines if line.strip()), start=1):
        name, _colon, text = line.partition(":")
        try:
            value = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            value = b""
        if not NAME.fullmatch(name) or len(value) != KEY_BYTES or name in found:
            said = _("%(source)s: key %(number)s is not NAME:KEY with a name of its own.")
            raise MasterKeyError(said % {"source": source, "number": number})
        found[name] = Secret(name, value)
    if not found:
        raise MasterKeyError(_("%(source)s holds no key.") % {"source": source})
    return tuple(found.values())


@sensitive_variables()
def text_of(keys: Iterable[Secret]) -> str:
    return HEADING + "".join(f"{line_of(key)}\n" for key in keys)


@sensitive_variables()
def line_of(key: Secret) -> str:
    return f"{key.name}:{base64.b64encode(key.value).decode('ascii')}"


def create_file(path: Path, today: date) -> bool:
    """A file with one new key, if there is no file; returns whether it was made."""
    return not path.exists() and write_new(path, text_of([make(today)]))


def replace_file(keys: Iterable[Secret]) -> None:
    """Write the master keys' file anew."""
    write_whole(Path(settings.MASTER_KEY_FILE), text_of(keys))
