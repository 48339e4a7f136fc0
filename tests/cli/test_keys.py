"""`upwell keys` and `upwell audit`, as an operator types them, and what `upwell doctor` says."""

import json
from datetime import date

import pytest
from django.db import transaction

from tests.vault.conftest import confirmed_file, copy_of, key_file  # noqa: F401 -- fixtures
from tests.vault.shelf.models import Letter
from upwell.audit.models import AuditEntry
from upwell.audit.services import record, seal_tail
from upwell.cli import checkup_keys
from upwell.cli.main import main
from upwell.vault import masters, ring
from upwell.vault.models import DataKey, MasterKey
from upwell.vault.services import seal, unseal

pytestmark = pytest.mark.django_db


@pytest.fixture
def type_in(capsys):
    """Runs a command; returns its exit status and what it printed."""

    def run(*words):
        capsys.readouterr()
        status = main(list(words))
        return status, "".join(capsys.readouterr())

    return run


def states(check):
    return [finding.state for finding in check()]


@pytest.mark.usefixtures("key_file")
def test_keys_are_made_confirmed_by_a_copy_and_shown_without_a_secret(type_in, copy_of):  # noqa: F811
    made = type_in("keys", "init")
    before = states(checkup_keys.check_keys)
    (key,) = ring.master_keys()
    confirmed = type_in("keys", "confirm", "--copy", str(copy_of()))
    status = type_in("keys", "status")
    again = type_in("keys", "init")

    assert made[0] == confirmed[0] == status[0] == 0
    assert key.fingerprint in made[1] and "keys confirm --copy" in made[1]
    assert (before, states(checkup_keys.check_keys)) == (["wrong"], ["ok"])
    assert f"{key.name:20} {key.fingerprint}  confirmed, 0 data keys" in status[1]
    assert again == (0, "")
    assert ring.line_of(key).partition(":")[2] not in made[1] + confirmed[1] + status[1]


@pytest.mark.usefixtures("key_file")
def test_a_fingerprint_confirms_and_a_wrong_one_does_not(type_in):
    type_in("keys", "init")
    (key,) = ring.master_keys()

    wrong = type_in("keys", "confirm", "0000-0000-0000-0000")
    nothing = type_in("keys", "confirm")
    right = type_in("keys", "confirm", key.fingerprint)

    assert [status for status, _told in (wrong, nothing, right)] == [1, 1, 0]
    assert "No master key has this fingerprint" in wrong[1]
    assert "--copy PATH" in nothing[1]


@pytest.mark.usefixtures("confirmed_file")
def test_a_rotation_goes_step_by_step(type_in, copy_of):  # noqa: F811
    letter = Letter()
    seal(letter, body="kept")
    letter.save()
    (old,) = ring.master_keys()

    begun = type_in("keys", "rotate")
    too_early = type_in("keys", "rotate")
    warned = states(checkup_keys.check_keys)
    type_in("keys", "confirm", "--copy", str(copy_of()))
    gone_over = type_in("keys", "rotate")
    dropped = type_in("keys", "rotate", "--drop")

    assert [status for status, _told in (begun, too_early, gone_over, dropped)] == [0, 1, 0, 0]
    assert warned == ["warn"]
    assert "1 data key went over" in gone_over[1]
    assert f"{old.name} is forgotten" in dropped[1]
    (new,) = ring.master_keys()
    assert DataKey.objects.get().master_id == new.name != old.name
    assert unseal(letter, "body") == "kept"
    assert states(checkup_keys.check_keys) == ["ok"]


def test_keys_of_the_environment_are_changed_there(type_in):
    status, told = type_in("keys", "rotate")

    assert (status, "UPWELL_MASTER_KEYS" in told) == (1, True)


@pytest.mark.usefixtures("key_file")
def test_a_missing_file_is_one_sentence(type_in):
    status, told = type_in("keys", "status")

    assert (status, told.count("\n")) == (1, 1)
    assert "upwell keys init" in told
    assert states(checkup_keys.check_keys) == ["wrong"]


def test_doctor_finds_a_lost_master_key_and_an_open_file(confirmed_file):  # noqa: F811
    seal(Letter(), body="x")
    confirmed_file.chmod(0o644)
    open_file = states(checkup_keys.check_keys)
    ring.replace_file([ring.make(date(2026, 1, 1))])

    assert open_file == ["ok", "wrong"]
    assert states(checkup_keys.check_keys) == ["wrong", "wrong"]
    assert MasterKey.objects.count() == 1


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
    listed = type_in("audit", "list", "--last", "2")[1].splitlines()

    assert status == 0
    assert "3 sealed entries\n" in told
    assert "1 entry since" in told and "The head file agrees: 3" in told
    assert [line.split()[0] for line in listed] == ["3", "–"]
    assert "pages=3" in listed[0] and "A letter was written" in listed[1]
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
