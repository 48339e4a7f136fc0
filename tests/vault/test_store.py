"""The key store as a database of its own: races, files, migrations."""

import uuid
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connections, transaction

from tests.databases import at_once
from tests.vault.shelf.models import Letter
from upwell.vault import data_keys, masters, ring
from upwell.vault.data_keys import find, key_for
from upwell.vault.models import DataKey, MasterKey
from upwell.vault.scopes import Scope
from upwell.vault.services import seal, shred, unseal


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_database")
def test_two_that_make_the_key_of_a_scope_at_once_get_the_same():
    for _round in range(10):
        scope = Scope("pair", uuid.uuid4())

        found = at_once(*[lambda scope=scope: key_for(scope)] * 4)

        assert len({key.secret for key in found}) == 1, found
        assert DataKey.objects.filter(scope_id=scope.id).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_database", "confirmed_file")
def test_a_master_key_that_is_dropped_meanwhile_gives_way_to_the_next(monkeypatch):
    scope, choose = Scope("pair", uuid.uuid4()), data_keys.master_to_wrap_with
    (old,) = ring.master_keys()

    def rotated_meanwhile(scope):
        chosen = choose(scope)
        if chosen == old:
            masters.begin_rotation(date(2026, 3, 1))
            masters.confirm(ring.master_keys())
            masters.drop_old()
        return chosen

    monkeypatch.setattr(data_keys, "master_to_wrap_with", rotated_meanwhile)

    assert key_for(scope) == key_for(scope)
    assert DataKey.objects.get().master_id == ring.master_keys()[0].name != old.name


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_database", "confirmed_file")
def test_a_master_key_that_is_gone_each_time_is_refused_in_words(monkeypatch):
    MasterKey.objects.all().delete()
    monkeypatch.setattr(data_keys, "confirmed_of", list)

    with pytest.raises(ValidationError, match="at this moment"):
        key_for(Scope("pair", uuid.uuid4()))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_database")
def test_a_key_stays_when_its_content_is_rolled_back_and_does_no_harm():
    letter = Letter()
    with transaction.atomic():
        seal(letter, body="never saved")
        letter.save()
        transaction.set_rollback(True)

    assert not Letter.objects.exists()
    assert find(Scope("person", letter.writer)) is not None
    seal(letter, body="at last")
    letter.save()
    assert unseal(Letter.objects.get(), "body") == "at last"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_database")
def test_an_erased_key_is_in_no_file_any_more():
    store = connections["keys"]
    if store.vendor != "sqlite":
        pytest.skip("files of PostgreSQL are vacuumed, not overwritten")
    scopes = [Scope("person", uuid.uuid4()) for _ in range(50)]
    for scope in scopes:
        key_for(scope)
    wrapped = [bytes(row.wrapped) for row in DataKey.objects.all()]
    folder = Path(store.settings_dict["NAME"]).parent

    def on_disk():
        content = b"".join(path.read_bytes() for path in folder.glob("keys.sqlite3*"))
        return sum(key in content for key in wrapped)

    before = on_disk()
    for scope in scopes:
        assert shred(scope)

    assert (before, on_disk()) == (50, 0)


@pytest.mark.django_db
def test_migrate_cares_for_both_databases(capsys):
    call_command("migrate", "--plan")
    both = capsys.readouterr().out
    call_command("migrate", "people", "--plan")
    one = capsys.readouterr().out
    call_command("migrate", "--plan", database="keys")
    store = capsys.readouterr().out

    assert [text.count("No planned migration") for text in (both, one, store)] == [2, 1, 1]
