"""`upwell keys`, as an operator types it, and what `upwell doctor` says."""

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from tests.vault.conftest import confirmed_file, copy_of, key_file  # noqa: F401 -- fixtures
from tests.vault.shelf.models import Letter
from upwell import environment
from upwell.audit.models import AuditEntry
from upwell.cli import checkup_keys
from upwell.vault import ring
from upwell.vault.models import DataKey, MasterKey
from upwell.vault.scopes import Kind, Scope
from upwell.vault.services import seal, shred, unseal

pytestmark = pytest.mark.django_db


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
    right = type_in("keys", "confirm", key.fingerprint.replace("-", "").upper())

    assert [status for status, _told in (wrong, nothing, right)] == [1, 1, 0]
    assert "No master key has this fingerprint" in wrong[1]
    assert "--copy PATH" in nothing[1]
    assert "Upwell has not seen the copy" in right[1] and "not seen" not in wrong[1]


@pytest.mark.usefixtures("key_file")
def test_a_copy_that_is_not_there_is_said_to_be_so(type_in, tmp_path):
    type_in("keys", "init")

    status, told = type_in("keys", "confirm", "--copy", str(tmp_path / "nowhere"))

    assert (status, "There is no copy at" in told, "keys init" in told) == (1, True, False)


@pytest.mark.usefixtures("key_file")
def test_no_key_is_rotated_of_which_no_copy_was_confirmed(type_in):
    type_in("keys", "init")
    before = ring.master_keys()

    status, told = type_in("keys", "rotate")

    assert (status, "keys confirm --copy PATH" in told) == (1, True)
    assert ring.master_keys() == before


@pytest.mark.usefixtures("key_file")
def test_what_an_operator_does_with_keys_is_recorded(type_in, copy_of):  # noqa: F811
    type_in("keys", "init")
    type_in("keys", "confirm", "--copy", str(copy_of()))
    (old,) = ring.master_keys()
    type_in("keys", "rotate")
    new = ring.master_keys()[0]
    type_in("keys", "confirm", new.fingerprint)
    type_in("keys", "rotate")
    type_in("keys", "rotate", "--drop")

    found = AuditEntry.objects.order_by("at").values_list("event", "by", "object_id", "facts")
    assert list(found) == [
        ("vault.key.made", "operator", old.name, {}),
        ("vault.key.confirmed", "operator", old.name, {"is_compared": True}),
        ("vault.key.made", "operator", new.name, {}),
        ("vault.key.confirmed", "operator", new.name, {"is_compared": False}),
        ("vault.key.rotated", "operator", new.name, {"data_keys": 0}),
        ("vault.key.dropped", "operator", old.name, {}),
    ]


@pytest.mark.usefixtures("confirmed_file")
def test_what_erased_data_keys_mean_is_said(type_in):
    before = type_in("keys", "status")[1]
    shred(Scope(Kind.PAIR, uuid4()))

    assert "can be read by nobody" not in before
    assert "can be read by nobody" in type_in("keys", "status")[1]


@pytest.mark.parametrize("word", ["keys status", "audit verify", "audit list"])
def test_a_folder_without_an_installation_is_one_sentence(type_in, monkeypatch, tmp_path, word):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(environment, "PLACES", (Path("upwell.env"),))
    for name in ("UPWELL_ENV_FILE", "UPWELL_DEBUG", "UPWELL_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)

    status, told = type_in(*word.split())

    text = "no upwell.env in this folder: go there, or set UPWELL_ENV_FILE"
    assert (status, told) == (1, f"upwell {word.split()[0]}: {text}\n")


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
