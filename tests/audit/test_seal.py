"""The tail is sealed in order, once, and the head is written down."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from tests.databases import at_once
from tests.vault.shelf.models import Letter
from upwell.audit import head, services
from upwell.audit.models import AuditEntry
from upwell.audit.services import record, seal_tail
from upwell.delivery.tend import tick

pytestmark = pytest.mark.django_db


def write(count):
    with transaction.atomic():
        return [record("shelf.letter.read", by=None, on=Letter()) for _ in range(count)]


def head_of(path):
    return json.loads(path.read_text())


def test_what_waits_is_sealed_in_order_and_the_head_is_written(chain, monkeypatch):
    monkeypatch.setattr(services, "BATCH", 2)
    written = write(5)

    assert seal_tail() == 5
    assert seal_tail() == 0

    sealed = list(AuditEntry.objects.sealed())
    assert [entry.pk for entry in sealed] == [entry.pk for entry in written]
    assert [entry.sequence for entry in sealed] == [1, 2, 3, 4, 5]
    assert len({entry.mac for entry in sealed}) == 5
    assert head_of(chain) == {"count": 5, "mac": sealed[-1].mac}


def test_an_empty_log_has_a_head_too_and_every_tick_seals(chain):
    seal_tail()
    empty = head_of(chain)
    write(1)

    tick("here:1")

    assert (empty["count"], head_of(chain)["count"]) == (0, 1)


def test_a_head_file_that_fell_behind_is_brought_up(chain):
    write(1)
    seal_tail()
    before = chain.read_text()
    write(1)
    seal_tail()
    chain.write_text(before)

    seal_tail()

    assert head_of(chain)["count"] == 2


def test_nothing_is_sealed_over_a_database_that_lost_its_end(chain, caplog):
    write(3)
    seal_tail()
    before = chain.read_text()
    chain.write_text(before.replace('"count": 3', '"count": 4'))
    write(1)

    assert seal_tail() == 0
    assert "upwell audit verify" in caplog.text
    assert AuditEntry.objects.unsealed().count() == 1
    assert head_of(chain)["count"] == 4


@pytest.mark.parametrize("content", [None, "", "{}", "[]", '{"count": "x", "mac": ""}'])
def test_nothing_is_sealed_without_a_head_file_that_can_be_read(chain, caplog, content):
    write(1)
    seal_tail()
    chain.unlink()
    if content is not None:
        chain.write_text(content)
    write(1)

    assert seal_tail() == 0
    assert "head file" in caplog.text
    assert chain.exists() is (content is not None)


def test_without_a_key_nothing_is_sealed_and_the_worker_goes_on(settings, tmp_path, caplog):
    settings.AUDIT_KEY_FILE = tmp_path / "none"
    write(1)

    tick("here:1")

    assert "upwell keys init" in caplog.text
    assert AuditEntry.objects.unsealed().count() == 1


def test_the_database_refuses_to_change_or_delete_what_is_sealed(chain):
    (entry,) = write(1)
    seal_tail()
    row = AuditEntry.objects.filter(pk=entry.pk)

    for change in (
        lambda: row.update(facts={"pages": 9}),
        lambda: row.update(sequence=None, mac=""),
        row.delete,
    ):
        with (
            pytest.raises(DatabaseError, match="neither changed nor deleted"),
            transaction.atomic(),
        ):
            change()

    assert row.get().sequence == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_database")
def test_two_workers_at_once_seal_each_entry_once(chain):
    for _round in range(5):
        write(30)

        at_once(*[seal_tail] * 3)
        seal_tail()

    numbers = list(AuditEntry.objects.sealed().values_list("sequence", flat=True))
    assert numbers == list(range(1, 151))
    assert head_of(chain)["count"] == 150


def test_nothing_is_sealed_on_top_of_a_forged_end(chain, caplog):
    write(2)
    seal_tail()
    before = chain.read_text()
    (forged,) = write(1)
    AuditEntry.objects.filter(pk=forged.pk).update(sequence=3, mac="f" * 64)
    write(1)

    assert seal_tail() == 0
    assert "last entry is not as sealed" in caplog.text
    assert AuditEntry.objects.unsealed().count() == 1
    assert chain.read_text() == before


def test_a_slow_worker_does_not_set_the_head_file_back(chain):
    write(3)
    seal_tail()
    newest = head_of(chain)

    head.advance(head.Head(2, "a" * 64))
    kept = head_of(chain)
    head.advance(head.Head(4, "b" * 64))

    assert kept == newest
    assert head_of(chain) == {"count": 4, "mac": "b" * 64}


@pytest.mark.parametrize("is_sealed", [True, False])
def test_the_database_refuses_to_delete_any_entry(chain, is_sealed):
    write(2)
    if is_sealed:
        seal_tail()

    with pytest.raises(DatabaseError, match="neither changed nor deleted"), transaction.atomic():
        AuditEntry.objects.all().delete()

    assert AuditEntry.objects.count() == 2


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no TRUNCATE")
def test_the_database_refuses_to_empty_the_table_at_once():
    write(1)

    with (
        pytest.raises(DatabaseError, match="neither changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE audit_auditentry")

    assert AuditEntry.objects.count() == 1


def test_the_database_lets_an_entry_be_sealed_and_nothing_else(chain):
    (entry,) = write(1)

    with pytest.raises(DatabaseError, match="neither changed"), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(sequence=None)

    assert seal_tail() == 1
