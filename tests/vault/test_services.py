"""Texts are sealed, read, and erased."""

import base64
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from tests.vault.shelf.models import Letter, Reply
from upwell.vault import data_keys
from upwell.vault.data_keys import OpenKey
from upwell.vault.errors import DataKeyError, MasterKeyError, TamperedError
from upwell.vault.fields import Sealed
from upwell.vault.models import DataKey, MasterKey
from upwell.vault.scopes import INSTALLATION, Scope
from upwell.vault.services import (
    ERASED,
    seal,
    seal_all,
    seal_secret,
    shred,
    unseal,
    unseal_all,
    unseal_secret,
)

pytestmark = pytest.mark.django_db


def make_letter(text="Not with Bob, please", **fields):
    letter = Letter(**fields)
    seal(letter, body=text)
    letter.save()
    return Letter.objects.get(pk=letter.pk)


def test_a_sealed_text_is_read_by_name_and_stands_nowhere_in_the_database():
    letter = make_letter("Größe 🎈")

    content = letter.body.content
    assert unseal(letter, "body") == "Größe 🎈"
    assert "Größe".encode() not in content
    assert DataKey.objects.get().wrapped not in content


def test_the_same_text_never_looks_the_same():
    letter = make_letter("x")
    before = letter.body.content
    seal(letter, body="x")

    assert letter.body.content != before


def test_nothing_and_an_empty_text_read_as_nothing():
    letter = make_letter("")

    assert (unseal(letter, "body"), unseal(letter, "remark")) == ("", "")
    seal(letter, body=None)
    assert letter.body is None


def test_fields_of_one_row_are_sealed_with_the_keys_of_their_scopes(django_assert_num_queries):
    letter = Letter()
    seal(letter, body="a", remark="b", shared="c")
    letter.save()

    kinds = set(DataKey.objects.values_list("scope_kind", "scope_id"))
    assert kinds == {("person", letter.writer), ("pair", letter.pair)}
    with django_assert_num_queries(1, connection=connections["keys"]):
        seal(letter, body="d", remark="e")


@pytest.mark.parametrize("count", [1, 3])
def test_many_rows_cost_one_look_into_the_key_store(count, django_assert_num_queries):
    for number in range(count):
        make_letter(f"text {number}")
    rows = list(Letter.objects.all())

    with django_assert_num_queries(1, connection=connections["keys"]):
        texts = unseal_all(rows, "body")

    assert sorted(texts.values()) == [f"text {number}" for number in range(count)]
    assert texts.keys() == {row.pk for row in rows}


@pytest.mark.parametrize("count", [1, 3])
def test_many_rows_are_sealed_in_a_few_queries_of_the_key_store(count, django_assert_num_queries):
    letters = [Letter() for _ in range(count)]
    texts = [f"Text {number}" for number in range(count)]

    with django_assert_num_queries(6, using="keys"):
        taken = seal_all(letters, "body", texts)
    with django_assert_num_queries(1, using="keys"):
        seal_all(letters, "body", texts)

    Letter.objects.bulk_create(letters)
    assert taken == letters
    assert list(unseal_all(letters, "body").values()) == texts
    assert DataKey.objects.count() == count


def test_of_many_rows_those_of_an_erased_scope_take_nothing():
    gone, there = Letter(), Letter()
    shred(Scope("person", gone.writer))

    taken = seal_all([gone, there], "body", ["a", "b"])

    assert taken == [there]
    assert gone.body is None
    assert unseal(there, "body") == "b"


def test_no_rows_at_all_ask_for_no_key(django_assert_num_queries):
    with django_assert_num_queries(0, using="keys"):
        assert seal_all([], "body", []) == []


def test_rows_of_one_writer_share_a_key():
    first = Letter()
    second = Letter(writer=first.writer)

    seal_all([first, second], "body", ["a", "b"])

    assert DataKey.objects.get().scope_id == first.writer


def test_many_rows_wait_for_a_copy_of_the_master_key_too():
    MasterKey.objects.update(confirmed_at=None)

    with pytest.raises(ValidationError):
        seal_all([Letter()], "body", ["a"])


def test_keys_written_by_another_process_meanwhile_are_taken(monkeypatch):
    letter = Letter()
    insert_all = data_keys.insert_all

    def late(scopes):
        data_keys.key_for(scopes[0])
        insert_all(scopes)

    monkeypatch.setattr(data_keys, "insert_all", late)
    seal_all([letter], "body", ["a"])

    assert unseal(letter, "body") == "a"
    assert DataKey.objects.count() == 1


def test_a_scope_may_be_reached_through_another_row():
    letter = make_letter()
    reply = Reply(letter=letter)
    seal(reply, body="Thank you")
    reply.save()

    assert unseal(Reply.objects.select_related("letter").get(), "body") == "Thank you"
    assert DataKey.objects.get(scope_kind="pair").scope_id == letter.pair


def test_an_erased_scope_reads_as_erased_beside_others_and_takes_nothing_new():
    gone, kept = make_letter("gone"), make_letter("kept")
    scope = Scope("person", gone.writer)

    assert shred(scope) is True
    assert shred(scope) is False

    texts = unseal_all([gone, kept], "body")
    assert texts == {gone.pk: ERASED, kept.pk: "kept"}
    assert (str(texts[gone.pk]), bool(texts[gone.pk])) == ("Erased", False)
    with pytest.raises(ValidationError, match="was erased"):
        seal(gone, body="again")


def test_a_scope_is_erased_before_it_had_anything():
    scope = Scope("pair", uuid.uuid4())

    assert shred(scope) is False
    with pytest.raises(ValidationError, match="was erased"):
        seal(Letter(pair=scope.id), shared="late")
    with pytest.raises(ValueError, match="not erased"):
        shred(INSTALLATION)


def test_nothing_is_sealed_before_a_copy_of_the_master_key_is_confirmed():
    MasterKey.objects.update(confirmed_at=None)

    with pytest.raises(ValidationError, match="upwell keys confirm"):
        seal(Letter(), body="too early")

    assert DataKey.objects.count() == 0
    assert unseal_secret(seal_secret("seed", label="a.b.c"), label="a.b.c") == "seed"


def test_another_key_under_a_confirmed_name_is_not_used(settings):
    settings.MASTER_KEYS = "tests:" + "A" * 43 + "="

    with pytest.raises(ValidationError, match="upwell keys confirm"):
        seal(Letter(), body="wrong key")
    with pytest.raises(MasterKeyError, match="another master key"):
        seal_secret("wrong key", label="a.b.c")


def test_without_a_master_key_sealing_is_refused_and_reading_says_why(settings, tmp_path, caplog):
    letter = make_letter()
    settings.MASTER_KEYS, settings.MASTER_KEY_FILE = "", tmp_path / "none"

    with pytest.raises(ValidationError) as refused:
        seal(Letter(), body="no key")
    assert refused.value.messages == [
        "Confidential texts cannot be kept at the moment. Tell your IT."
    ]
    assert f"There is no key file {tmp_path / 'none'}" in caplog.text
    with pytest.raises(MasterKeyError, match="There is no key file"):
        unseal(letter, "body")


def test_a_master_key_that_is_gone_and_one_that_changed_are_told(settings):
    letter = make_letter()
    changed = "tests:" + "A" * 43 + "="
    settings.MASTER_KEYS = changed
    with pytest.raises(TamperedError):
        unseal(letter, "body")
    settings.MASTER_KEYS = changed.replace("tests", "other")

    with pytest.raises(MasterKeyError, match="tests is not there"):
        unseal(letter, "body")


def test_a_key_store_older_than_the_text_is_told_from_an_erasure():
    letter = make_letter()
    DataKey.objects.all().delete()

    with pytest.raises(DataKeyError):
        unseal(letter, "body")


def test_a_text_with_half_a_letter_is_refused():
    with pytest.raises(ValidationError, match="cannot be written"):
        seal(Letter(), body="\ud800")


def test_a_field_that_is_not_sealed_is_neither_sealed_nor_read():
    letter = make_letter()

    for act in (lambda: seal(letter, writer="x"), lambda: unseal(letter, "writer")):
        with pytest.raises((TypeError, AttributeError)):
            act()


def test_a_text_sealed_by_another_scopes_key_does_not_open():
    first, second = make_letter(), make_letter()
    Letter.objects.filter(pk=first.pk).update(body=second.body)
    first.refresh_from_db()

    with pytest.raises(TamperedError, match="another scope"):
        unseal(first, "body")


def test_what_is_too_short_does_not_open():
    letter = make_letter()
    Letter.objects.update(body=Sealed(letter.body.content[:40]))

    with pytest.raises(TamperedError, match="too short"):
        unseal(Letter.objects.get(), "body")


@pytest.mark.parametrize("word", ["", "JBSWY3DPEHPK3PXP", "%%%", "AQ==", "é"])
def test_what_was_not_sealed_is_no_secret(word):
    with pytest.raises(TamperedError):
        unseal_secret(word, label="a.b.c")


def test_a_secret_opens_under_its_own_label_and_key_only():
    word = seal_secret("seed", label="a.b.c")
    other = make_letter()

    with pytest.raises(TamperedError):
        unseal_secret(word, label="a.b.d")
    moved = base64.urlsafe_b64encode(other.body.content).decode()
    with pytest.raises(TamperedError, match="another scope"):
        unseal_secret(moved, label="a.b.c")


def test_keys_are_never_shown():
    assert "12345" not in repr(OpenKey(uuid.uuid4(), INSTALLATION, b"12345"))
    assert str(MasterKey.objects.get()) == "tests"
    make_letter()
    assert str(DataKey.objects.get()).startswith("person ")


@pytest.mark.parametrize(
    ("kind", "owner"), [("planet", uuid.uuid4()), ("pair", "1"), ("pair", None)]
)
def test_a_scope_is_of_a_known_kind_and_has_a_uuid(kind, owner):
    with pytest.raises((ValueError, TypeError)):
        Scope(kind, owner)
