"""Verification names what is wrong; the proof S15 tries a thousand ways."""

import pytest

from tests.audit.test_seal import write
from tests.databases import drop_guards
from upwell.audit import head, services
from upwell.audit.models import AuditEntry
from upwell.audit.services import seal_tail
from upwell.audit.verify import Fault, verify

pytestmark = pytest.mark.django_db


def look():
    return verify(head.chain_key())


def test_a_good_log_is_good_and_its_tail_is_named(chain):
    empty = look()
    write(3)
    seal_tail()
    tail = write(2)

    verdict = look()

    assert empty.is_good and (empty.sealed, empty.tail, empty.tail_since) == (0, 0, None)
    assert verdict.is_good and verdict.is_chain_whole
    assert (verdict.sealed, verdict.tail, verdict.tail_since) == (3, 2, tail[0].at)
    assert verdict.known == verdict.end


def test_with_another_key_the_first_entry_is_wrong(chain):
    (first,) = write(1)
    seal_tail()

    assert verify(b"x" * 32).fault == Fault(1, str(first.pk))


def test_a_lost_head_file_is_said_and_can_be_written_anew(chain):
    write(2)
    seal_tail()
    chain.unlink()
    lost = look()
    assert (lost.is_head_lost, lost.is_good, lost.fault) == (True, False, None)

    services.replace_head(lost.end, lost.known)
    seal_tail()

    assert look().is_good
    entry = AuditEntry.objects.sealed().last()
    assert (entry.event, entry.facts) == ("audit.head.replaced", {"before": None, "now": 2})


def test_a_head_that_knows_more_or_something_else_is_a_fault(chain):
    entries = write(2)
    seal_tail()
    known = head.read()

    head.write(head.Head(3, known.mac))
    cut_off = look()
    head.write(head.Head(2, "f" * 64))
    other_end = look()

    assert (cut_off.fault, cut_off.fault.is_missing) == (Fault(3, ""), True)
    assert (other_end.fault, other_end.fault.is_missing) == (Fault(2, str(entries[1].pk)), False)
    services.replace_head(cut_off.end, cut_off.known)
    assert head.read() == known


def test_an_entry_that_is_gone_from_the_middle_is_named_by_its_number(chain):
    entries = write(3)
    seal_tail()
    drop_guards()
    AuditEntry.objects.filter(pk=entries[1].pk).delete()

    verdict = look()

    assert (verdict.fault, verdict.sealed) == (Fault(2, ""), 2)
    assert not verdict.is_chain_whole
