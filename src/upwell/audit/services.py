"""Write entries, and seal them into the chain."""

import hmac
import logging
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from upwell.audit import head
from upwell.audit.chain import START, seal_of
from upwell.audit.events import events
from upwell.audit.facts import checked
from upwell.audit.head import Head, HeadFileError
from upwell.audit.models import AuditEntry
from upwell.audit.verify import Verdict
from upwell.vault.errors import MasterKeyError

BATCH = 500

log = logging.getLogger(__name__)


class Actor(StrEnum):
    """Who did something where it was no person of the directory."""

    SYSTEM = "system"
    OPERATOR = "operator"  # whoever types commands where Upwell runs


Who = Model | Actor | None
What = Model | type[Model]


class ChainBrokenError(Exception):
    """Database and head file contradict each other, so nothing more is sealed."""


def record(event: str, *, by: Who, on: What, facts: Mapping[str, Any] | None = None) -> AuditEntry:
    """Write an entry in the transaction of what happened; ``by`` None stands for the software.

    ``on`` a model itself stands for none of its rows that could be named. ``facts`` are numbers,
    codes and ids by short names: an entry never holds content. Raises ValueError for anything
    else, and for an event that no ``audit_events.py`` lists.
    """
    entry = written(event, by, on, facts)
    entry.save(force_insert=True)
    return entry


def record_all(
    event: str, *, by: Who, on: Iterable[Model], facts: Mapping[str, Any] | None = None
) -> None:
    """Write the same entry for each of many objects; see ``record``."""
    entries = [written(event, by, one, facts) for one in on]
    AuditEntry.objects.bulk_create(entries, batch_size=BATCH)


def written(event: str, by: Who, on: What, facts: Mapping[str, Any] | None) -> AuditEntry:
    if event not in events():
        raise ValueError(f"{event!r} is not an event of any audit_events.py.")
    if not connection.in_atomic_block:
        raise RuntimeError("An audit entry is written in the transaction of what happened.")
    return AuditEntry(
        event=event,
        by=str(UUID(str(by.pk))) if isinstance(by, Model) else by or Actor.SYSTEM,
        object_kind=on._meta.label_lower,  # noqa: SLF001 -- a public API of Django
        object_id="" if isinstance(on, type) else str(on.pk),
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
        last = checked_end(key)
        for entry in waiting:
            last = seal(entry, last, key)
        AuditEntry.objects.bulk_update(waiting, ["sequence", "mac"], batch_size=100)
    if is_file_behind(last):
        head.advance(last)
    return len(waiting)


def seal(entry: AuditEntry, last: Head, key: bytes) -> Head:
    entry.sequence = last.count + 1
    entry.mac = seal_of(entry, entry.sequence, last.mac, key)
    return Head(entry.sequence, entry.mac)


def checked_end(key: bytes) -> Head:
    """The end of the chain. Refuses one that is no seal of ours, or not what the head file says.

    Sealing on top of a forged entry would make it part of the chain.
    """
    ends = list(AuditEntry.objects.sealed().reverse()[:2])
    if not ends:
        last = Head(0, START)
    else:
        last = Head(ends[0].sequence or 0, ends[0].mac)
        before = ends[1].mac if len(ends) > 1 else START
        if not hmac.compare_digest(last.mac, seal_of(ends[0], last.count, before, key)):
            raise ChainBrokenError(_("its last entry is not as sealed. Run: upwell audit verify"))
    check_against_file(last)
    return last


def check_against_file(last: Head) -> None:
    """Refuse to go on where the database lacks what the file has seen, or the file is lost."""
    known = head.read()
    if known is None:
        if last.count:
            raise ChainBrokenError(_("its head file is lost. Run: upwell audit verify"))
        return
    if known.count and not AuditEntry.objects.filter(sequence=known.count, mac=known.mac).exists():
        raise ChainBrokenError(
            _("its end is not what the head file says. Run: upwell audit verify")
        )


def is_file_behind(last: Head) -> bool:
    """Whether there is a newer end to write down, of this call or of a worker that died."""
    known = head.read()
    return known is None or known.count < last.count


@transaction.atomic
def record_verified(verdict: Verdict) -> None:
    """Let the log say itself that it was verified, and how it was found."""
    facts = {
        "is_good": verdict.is_good,
        "sealed": verdict.sealed,
        "waiting": verdict.tail,
        "first_wrong": verdict.fault.sequence if verdict.fault else None,
    }
    record("audit.log.verified", by=Actor.OPERATOR, on=AuditEntry, facts=facts)


def replace_head(last: Head, known: Head | None) -> None:
    """Let the head file say what the database says, and record that. For a chain that verifies.

    Whoever restores an older backup, or has lost the file, needs it. Recorded first, so that a
    crash between the two leaves no file that nobody is known to have replaced.
    """
    facts = {"before": known.count if known else None, "now": last.count}
    with transaction.atomic():
        record("audit.head.replaced", by=Actor.OPERATOR, on=AuditEntry, facts=facts)
    head.write(last)
