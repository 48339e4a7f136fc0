"""Master keys over their life: made, confirmed, rotated, dropped."""

import stat
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.vault.shelf.models import Letter
from upwell.vault import masters, ring
from upwell.vault.errors import MasterKeyError
from upwell.vault.models import DataKey, MasterKey
from upwell.vault.scopes import Scope
from upwell.vault.services import seal, shred, unseal

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 1)


def make_letters(count):
    letters = [Letter() for _ in range(count)]
    for number, letter in enumerate(letters):
        seal(letter, body=f"text {number}")
        letter.save()
    return letters


def names():
    return [key.name for key in ring.master_keys()]


def test_missing_files_are_made_for_their_owner_only_and_those_there_stay(key_file):
    made = masters.make_files(TODAY)
    before = key_file.read_bytes()

    assert made == [key_file.with_name("audit.key"), key_file]
    assert masters.make_files(TODAY) == []
    assert key_file.read_bytes() == before
    assert [stat.S_IMODE(path.stat().st_mode) for path in made] == [0o600, 0o600]
    assert [path.name for path in sorted(key_file.parent.iterdir())] == ["audit.key", "master.keys"]


def test_with_keys_from_the_environment_only_the_audit_key_is_made(key_file, settings):
    settings.MASTER_KEYS = "a:" + "A" * 43 + "="

    assert masters.make_files(TODAY) == [settings.AUDIT_KEY_FILE]


def test_a_copy_is_compared_and_then_texts_are_taken(key_file, copy_of):
    masters.make_files(TODAY)

    (key,) = masters.confirm_copy(copy_of())

    assert masters.states() == [masters.MasterState(key.name, key.fingerprint, True, 0)]
    make_letters(1)
    assert masters.states()[0].data_keys == 1


def test_a_copy_that_is_none_confirms_nothing(key_file, copy_of, tmp_path):
    masters.make_files(TODAY)
    link = tmp_path / "link"
    link.hardlink_to(key_file)
    lacking = tmp_path / "lacking"
    lacking.write_text(ring.text_of([ring.make(TODAY)]))

    wrong = {key_file: "itself", link: "itself", lacking: "does not hold"}
    for path, words in (wrong | {tmp_path / "absent": "There is no copy at"}).items():
        with pytest.raises(ValidationError, match=words):
            masters.confirm_copy(path)

    assert not masters.states()[0].is_confirmed


def test_a_fingerprint_confirms_its_own_key(key_file):
    masters.make_files(TODAY)
    (key,) = ring.master_keys()

    with pytest.raises(ValidationError, match="No master key"):
        masters.confirm_fingerprint("0000-0000-0000-0000")
    masters.confirm_fingerprint(f" {key.fingerprint.upper()}\n")

    assert masters.states()[0].is_confirmed


def test_a_rotation_wraps_anew_and_touches_no_content(confirmed_file, copy_of):
    letters = make_letters(3)
    shred(Scope("person", letters[2].writer))
    contents = {letter.pk: letter.body for letter in letters}
    (old,) = names()

    new = masters.begin_rotation(TODAY)
    assert names() == [new.name, old]
    with pytest.raises(ValidationError, match="upwell keys confirm"):
        masters.rewrap()
    make_letters(1)
    masters.confirm_copy(copy_of())
    count = masters.rewrap()

    assert (count, masters.rewrap()) == (3, 0)
    assert set(DataKey.objects.values_list("master", flat=True)) == {new.name, None}
    assert {letter.pk: letter.body for letter in Letter.objects.filter(pk__in=contents)} == contents
    assert masters.drop_old() == [old]
    assert names() == [new.name]
    assert [unseal(letter, "body") for letter in letters[:2]] == ["text 0", "text 1"]


def test_more_keys_than_go_into_one_batch_all_go_over(confirmed_file, monkeypatch):
    monkeypatch.setattr(masters, "BATCH", 2)
    make_letters(5)
    masters.confirm([masters.begin_rotation(TODAY)])

    assert masters.rewrap() == 5


def test_an_old_key_stays_while_it_is_needed(confirmed_file):
    make_letters(1)
    new = masters.begin_rotation(TODAY)

    with pytest.raises(ValidationError, match="not confirmed"):
        masters.drop_old()
    masters.confirm([new])
    with pytest.raises(ValidationError, match="upwell keys rotate"):
        masters.drop_old()

    assert len(names()) == 2


def test_a_key_that_is_gone_is_listed_with_what_it_holds(confirmed_file):
    make_letters(2)
    (gone,) = names()
    ring.replace_file([ring.make(TODAY)])

    found = masters.states()

    assert [(state.is_there, state.is_confirmed, state.data_keys) for state in found] == [
        (True, False, 0),
        (False, False, 2),
    ]
    assert found[1].name == gone
    masters.confirm(ring.master_keys())
    with pytest.raises(MasterKeyError, match="is not there"):
        masters.rewrap()


def test_counts_are_by_kind_and_of_what_was_erased(confirmed_file):
    letter = make_letters(2)[0]
    seal(letter, shared="x")
    shred(Scope("person", letter.writer))

    assert masters.counts() == ({"person": 1, "pair": 1}, 1)


def test_old_keys_of_the_environment_are_the_operators_to_take_away(settings):
    settings.MASTER_KEYS = "new:" + "B" * 43 + "=," + settings.MASTER_KEYS
    make_letters(1)
    masters.confirm(ring.master_keys())

    assert masters.rewrap() == 1
    assert masters.drop_old() == ["tests"]
    assert list(MasterKey.objects.values_list("name", flat=True)) == ["new"]
