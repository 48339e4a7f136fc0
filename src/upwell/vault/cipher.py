"""AES-256-GCM over bytes, and what each ciphertext is bound to. No database, no settings.

A sealed text is: one byte of version, 16 bytes of the data key's id, 12 random bytes, ciphertext
and tag. A wrapped key is: 12 random bytes, ciphertext and tag.
"""

import json
import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.views.decorators.debug import sensitive_variables

from upwell.vault.errors import TamperedError
from upwell.vault.scopes import Scope

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
VERSION = b"\x01"
HEAD_BYTES = 1 + 16


@dataclass(frozen=True)
class Place:
    """Where a text belongs: it opens nowhere else."""

    label: str
    row: UUID
    scope: Scope


def bound_to_place(place: Place, key: UUID) -> bytes:
    """Associated data of a text; JSON, so that no two lists of parts read the same."""
    scope = place.scope
    return written("upwell text 1", place.label, place.row, scope.kind, scope.id, key)


def bound_to_master(scope: Scope, key: UUID, master: str) -> bytes:
    """Associated data of a wrapped data key."""
    return written("upwell key 1", scope.kind, scope.id, key, master)


def written(*parts: str | UUID) -> bytes:
    return json.dumps([str(part) for part in parts], separators=(",", ":")).encode("ascii")


def new_key() -> bytes:
    return AESGCM.generate_key(8 * KEY_BYTES)


@sensitive_variables()
def lock(secret: bytes, content: bytes, bound_to: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(secret).encrypt(nonce, content, bound_to)


@sensitive_variables()
def unlock(secret: bytes, locked: bytes, bound_to: bytes) -> bytes:
    """Raises TamperedError where key, content or what it is bound to is another."""
    if len(locked) < NONCE_BYTES + TAG_BYTES:
        raise TamperedError("A ciphertext is too short.")
    try:
        return AESGCM(secret).decrypt(locked[:NONCE_BYTES], locked[NONCE_BYTES:], bound_to)
    except InvalidTag:
        raise TamperedError("A ciphertext does not open here.") from None


@sensitive_variables()
def seal_bytes(secret: bytes, key: UUID, place: Place, content: bytes) -> bytes:
    return VERSION + key.bytes + lock(secret, content, bound_to_place(place, key))


@sensitive_variables()
def open_bytes(secret: bytes, key: UUID, place: Place, sealed: bytes) -> bytes:
    return unlock(secret, sealed[HEAD_BYTES:], bound_to_place(place, key))


def key_of(sealed: bytes) -> UUID:
    """The id of the data key that a sealed text names."""
    if len(sealed) < HEAD_BYTES or sealed[:1] != VERSION:
        raise TamperedError("This is no sealed text.")
    return UUID(bytes=sealed[1:HEAD_BYTES])
