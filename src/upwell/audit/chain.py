"""How an entry is sealed: an HMAC over its content, its number and the seal before it."""

import hashlib
import hmac
import json
from datetime import UTC

from upwell.audit.models import AuditEntry

START = "0" * 64
"""Stands for the seal before the first."""


def seal_of(entry: AuditEntry, sequence: int, before: str, key: bytes) -> str:
    """The seal of an entry as the database holds it. The list is unambiguous, and never changes."""
    parts = [
        "upwell audit 1",
        sequence,
        before,
        str(entry.pk),
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.by,
        entry.event,
        entry.object_kind,
        entry.object_id,
        entry.facts,
    ]
    text = json.dumps(parts, separators=(",", ":"), sort_keys=True)
    return hmac.new(key, text.encode("ascii"), hashlib.sha256).hexdigest()
