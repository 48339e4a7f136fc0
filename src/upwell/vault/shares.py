"""A text under a key of several shares: it opens only while every one of them is there."""

import base64
import binascii
from collections.abc import Iterable
from uuid import UUID

from django.views.decorators.debug import sensitive_variables

from upwell.vault import cipher
from upwell.vault.errors import TamperedError


def new_share() -> str:
    """To be sealed where it belongs; alone it tells nothing of the text."""
    return cipher.new_key().hex()


@sensitive_variables()
def lock_text(text: str, shares: Iterable[str], *, label: str, row: UUID) -> str:
    """A text as a word that opens nowhere else, with all of at least one share."""
    locked = cipher.lock(joined(shares), text.encode("utf-8"), bound_to(label, row))
    return base64.b64encode(locked).decode("ascii")


@sensitive_variables()
def unlock_text(word: str, shares: Iterable[str], *, label: str, row: UUID) -> str:
    """Raises TamperedError where a share is missing or another, and for any other word."""
    try:
        locked = base64.b64decode(word, validate=True)
    except (binascii.Error, ValueError):
        raise TamperedError("This is no locked text.") from None
    return cipher.unlock(joined(shares), locked, bound_to(label, row)).decode("utf-8")


@sensitive_variables()
def joined(shares: Iterable[str]) -> bytes:
    """The key: all shares, each bit of which decides."""
    key = 0
    for share in shares:
        key ^= int(share, 16)
    return key.to_bytes(cipher.KEY_BYTES, "big")


def bound_to(label: str, row: UUID) -> bytes:
    return cipher.written("upwell shares 1", label, row)
