"""Write entries, and seal them into the chain."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model

from upwell.audit import head
from upwell.audit.chain import START, seal_of
from upwell.audit.events import events
from upwell.audit.facts import checked
from upwell.audit.head import Head, HeadFileError
from upwell.audit.models import AuditEntry
from upwell.vault.errors import MasterKeyError

SYSTEM = "system"
BATCH = 500

log = logging.getLogger(__name__)


class ChainBrokenError(Exception):
    """Database and head file contradict each other, so nothing more is sealed."""


def record(
    event: str, *, by: Model | None, on: Model, facts: Mapping[str, Any] | None = None
) -> AuditEntry:
    """Write an entry in the transaction of what happened; ``by`` None stands for the software.

    ``facts`` are numbers, codes and ids by short names: an entry never holds content. Raises
    ValueError for anything else, and for an event that no ``audit_events.py`` lists.
    """
    entry = written(event, by, on, facts)
    entry.save(force_insert=True)
    return entry


def record_all(
    event: str, *, by: Model | None, on: Iterable[Model], facts: Mapping[str, Any] | None = None
) -> None:
    """Write the same entry for each of many objects; see ``record``."""
    entries = [written(event, by, one, facts) for one in on]
    AuditEntry.objects.bulk_create(entries, batch_size=BATCH)


def written(event: str, by: Model | None, on: Model, facts: Mapping[str, Any] | None) -> AuditEntry:
    if event not in events():
        raise ValueError(f"{event!r} is not an event of any audit_events.py.")
    if not connection.in_atomic_block:
        raise RuntimeError("An audit entry is written in the transaction of what happened.")
    return AuditEntry(
        event=event,
        by=SYSTEM if by is None else str(UUID(str(by.pk))),
        object_kind=on._meta.label_lower,  # noqa: SLF001 -- a public API of Django
        object_id=str(on.pk),
        facts=checked(facts or {}),
    )


def seal_tail() -> int:
    """Seal what is committed, in order, and write down the new head; returns how many entries.

    Called by every tick of every worker: of two at once, one waits for the other. Whatever keeps
    it from sealing is logged, and found by `upwell doctor` and `upwell audit verify`.
    """
    try:
        key = head.chain_key()
        count = 0
        while sealed := seal_batch(key):
            count += sealed
    except (MasterKeyError, HeadFileError, ChainBrokenError, OSError) as error:
        log.warning("The audit log is not sealed: %s", error)
        return 0
    return count


def seal_batch(key: bytes) -> int:
    """Seal some entries. What a crash keeps out of the head file, the next tick writes."""
    with transaction.atomic():
        waiting = list(AuditEntry.objects.unsealed().select_for_update()[:BATCH])
        last = last_sealed()
        check_against_file(last)
        for entry in waiting:
            last = seal(entry, last, key)
        AuditEntry.objects.bulk_update(waiting, ["sequence", "mac"], batch_size=100)
    if is_file_behind(last):
        head.write(last)
    return len(waiting)


def seal(entry: AuditEntry, last: Head, key: bytes) -> Head:
    entry.sequence = last.count + 1
    entry.mac = seal_of(entry, entry.sequence, last.mac, key)
    return Head(entry.sequence, entry.mac)


def last_sealed() -> Head:
    last = AuditEntry.objects.sealed().last()
    return Head(last.sequence or 0, last.mac) if last else Head(0, START)


def check_against_file(last: Head) -> None:
    """Refuse to go on where the database lacks what the file has seen, or the file is lost."""
    known = head.read()
    if known is None:
        if last.count:
            raise ChainBrokenError("its head file is lost. Run: upwell audit verify")
        return
    if known.count and not AuditEntry.objects.filter(sequence=known.count, mac=known.mac).exists():
        raise ChainBrokenError("its end is not what the head file says. Run: upwell audit verify")


def is_file_behind(last: Head) -> bool:
    """Whether there is a newer end to write down, of this call or of a worker that died."""
    known = head.read()
    return known is None or known.count < last.count


def replace_head(last: Head, known: Head | None) -> None:
    """Let the head file say what the database says, and record that. For a chain that verifies.

    Whoever restores an older backup, or has lost the file, needs it.
    """
    head.write(last)
    with transaction.atomic():
        AuditEntry.objects.create(
            event="audit.head.replaced",
            by=SYSTEM,
            object_kind="audit.head",
            object_id="head",
            facts={"before": known.count if known else None, "now": last.count},
        )
