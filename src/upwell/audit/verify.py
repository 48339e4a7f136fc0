"""Whether the log is what was sealed: every entry, their order, and the end."""

from dataclasses import dataclass
from datetime import datetime

from upwell.audit import head
from upwell.audit.chain import START, seal_of
from upwell.audit.head import Head
from upwell.audit.models import AuditEntry

CHUNK = 2_000


@dataclass(frozen=True)
class Fault:
    """The first entry that is not what was sealed; ``entry`` "" where it is not there at all."""

    sequence: int
    entry: str

    @property
    def is_missing(self) -> bool:
        return not self.entry


@dataclass(frozen=True)
class Verdict:
    """``end`` is the last entry that verified; ``known`` what the head file says."""

    sealed: int
    tail: int
    tail_since: datetime | None
    fault: Fault | None
    end: Head
    known: Head | None

    @property
    def is_head_lost(self) -> bool:
        return self.known is None and self.sealed > 0

    @property
    def is_chain_whole(self) -> bool:
        """Whether all entries that are there are good, so that at most some of the last are not."""
        return self.end.count == self.sealed

    @property
    def is_good(self) -> bool:
        return self.fault is None and not self.is_head_lost


def verify(key: bytes) -> Verdict:
    """Read the whole chain; raises HeadFileError where there is a head file of no use."""
    known = head.read()
    end, fault = follow(key, known)
    tail = AuditEntry.objects.unsealed()
    return Verdict(
        sealed=AuditEntry.objects.sealed().count(),
        tail=tail.count(),
        tail_since=tail.values_list("at", flat=True).first(),
        fault=fault or truncated(end, known),
        end=end,
        known=known,
    )


def follow(key: bytes, known: Head | None) -> tuple[Head, Fault | None]:
    """Walk along the chain to its end, or to the first entry that is wrong."""
    end = Head(0, START)
    for entry in AuditEntry.objects.sealed().iterator(chunk_size=CHUNK):
        wanted = end.count + 1
        if entry.sequence != wanted:
            return end, Fault(wanted, "")
        if entry.mac != seal_of(entry, wanted, end.mac, key) or differs(entry, known):
            return end, Fault(wanted, str(entry.pk))
        end = Head(wanted, entry.mac)
    return end, None


def differs(entry: AuditEntry, known: Head | None) -> bool:
    """Whether this is the end that the head file names, and another one."""
    return known is not None and entry.sequence == known.count and entry.mac != known.mac


def truncated(end: Head, known: Head | None) -> Fault | None:
    is_short = known is not None and end.count < known.count
    return Fault(end.count + 1, "") if is_short else None
