"""`upwell audit`, as an operator types it, and what `upwell doctor` says of the log."""

import json
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from tests.cli.test_keys import states
from tests.databases import drop_guards
from tests.vault.shelf.models import Letter
from upwell.audit.models import AuditEntry
from upwell.audit.services import record, seal_tail
from upwell.cli import checkup_keys
from upwell.vault import masters

pytestmark = pytest.mark.django_db


def ago(**time):
    return timezone.now() - timedelta(**time)


@pytest.fixture
def log(settings, tmp_path):
    """Three sealed entries and one that waits; the path of the head file."""
    settings.AUDIT_KEY_FILE = tmp_path / "audit.key"
    settings.AUDIT_HEAD_FILE = tmp_path / "head.json"
    masters.make_files(date(2026, 1, 1))
    with transaction.atomic():
        for _ in range(3):
            record("shelf.letter.read", by=None, on=Letter(), facts={"pages": 3})
        seal_tail()
        record("shelf.letter.written", by=None, on=Letter())
    return settings.AUDIT_HEAD_FILE


@pytest.mark.usefixtures("log")
def test_a_good_log_is_said_to_be_good_and_can_be_printed(type_in):
    status, told = type_in("audit", "verify")
    listed = type_in("audit", "list", "--last", "3")[1].splitlines()

    assert status == 0
    assert "3 sealed entries\n" in told
    assert "1 entry since" in told and "The head file agrees: 3" in told
    assert [line.split()[0] for line in listed] == ["3", "–", "–"]
    assert "pages: 3" in listed[0] and "A letter was written" in listed[1]
    assert states(checkup_keys.check_log) == ["ok"]


def test_a_log_cut_off_names_the_first_entry_and_can_be_accepted(type_in, log):
    known = json.loads(log.read_text())
    log.write_text(json.dumps(known | {"count": 5}))

    status, told = type_in("audit", "verify")
    doctor = states(checkup_keys.check_log)
    accepted = type_in("audit", "verify", "--new-head")
    seal_tail()

    assert (status, doctor, accepted[0]) == (1, ["wrong"], 0)
    assert "number 4 is missing" in told
    assert type_in("audit", "verify")[0] == 0
    assert AuditEntry.objects.sealed().last().facts == {"before": 5, "now": 3}


def test_a_lost_head_file_and_one_that_cannot_be_read_are_said(type_in, log):
    log.unlink()
    lost = type_in("audit", "verify")
    log.write_text("{")
    unreadable = type_in("audit", "verify")

    assert (lost[0], "head file is lost" in lost[1]) == (1, True)
    assert (unreadable[0], "cannot be read" in unreadable[1]) == (1, True)


@pytest.mark.usefixtures("log")
def test_another_key_is_told_by_the_first_entry(type_in, settings, tmp_path):
    settings.AUDIT_KEY_FILE = tmp_path / "other.key"
    masters.make_files(date(2026, 1, 1))

    status, told = type_in("audit", "verify", "--new-head")

    assert (status, "number 1 (" in told) == (1, True)
    assert "audit.key may be another" in told and "The head file stays" in told


def test_doctor_names_the_tail_that_waits_too_long(log):
    with transaction.atomic():
        entry = record("shelf.letter.read", by=None, on=Letter())
    late = AuditEntry(
        event=entry.event, by="system", object_kind="x", object_id="", at=ago(seconds=95)
    )
    before = list(checkup_keys.check_log())
    late.save(force_insert=True)

    (finding,) = checkup_keys.check_log()

    assert [one.state for one in before] == ["ok"]
    assert finding.state == "warn"
    assert "3 entries have waited for their seal, the oldest for 9" in finding.text


@pytest.mark.usefixtures("log")
def test_doctor_finds_a_forged_end(log):
    waiting = AuditEntry.objects.unsealed()
    waiting.update(sequence=4, mac="f" * 64)

    (finding,) = checkup_keys.check_log()

    assert (finding.state, "last entry is not as sealed" in finding.text) == ("wrong", True)


@pytest.mark.usefixtures("log")
def test_doctor_finds_that_the_triggers_are_gone():
    drop_guards()

    gone, end = checkup_keys.check_log()

    assert (gone.state, end.state) == ("wrong", "ok")
    assert "audit_no_delete, " in gone.text and "audit_no_update is not there" in gone.text


def test_each_verification_is_recorded(type_in, log):
    type_in("audit", "verify")
    log.write_text(log.read_text().replace('"count": 3', '"count": 5'))
    type_in("audit", "verify")

    found = AuditEntry.objects.filter(event="audit.log.verified").order_by("at")
    assert [(entry.by, entry.facts["is_good"], entry.facts["first_wrong"]) for entry in found] == [
        ("operator", True, None),
        ("operator", False, 4),
    ]
