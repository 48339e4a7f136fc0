"""Proof S14: what was sealed opens where it was sealed, or not at all; and rotation resumes.

The attacker writes to both databases by SQL and knows the layout of the bytes, but no key.
"""

import os
import random
import uuid
from collections import Counter
from datetime import date

import pytest
from django.db import connection, connections

from tests.security.crash_points import Attack, under_attack
from tests.vault.conftest import confirmed_file, key_file  # noqa: F401 -- fixtures
from tests.vault.shelf.models import Letter
from upwell.vault import cipher, masters, ring
from upwell.vault.errors import VaultError
from upwell.vault.models import DataKey, MasterKey
from upwell.vault.services import seal, unseal, unseal_all

CASES = int(os.environ.get("UPWELL_PROVE_CASES", "10000"))
SEED = int(os.environ.get("UPWELL_PROVE_SEED", str(random.SystemRandom().randrange(10**6))))
COLUMNS = ("body", "remark", "shared")
WRITERS, LETTERS = 5, 40


def sql(statement, *values, alias="default"):
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def key_of(value, alias="default"):
    """A UUID as the database holds it."""
    return value.hex if connections[alias].vendor == "sqlite" else value


class Attacker:
    """Changes one thing at random; each method returns the row and column to read, and an undo."""

    def __init__(self, letters, dice):
        self.letters, self.dice = letters, dice

    def read(self, letter, column):
        (found,) = sql(f"SELECT {column} FROM shelf_letter WHERE id = %s", key_of(letter.pk))
        return bytes(found[0])

    def write(self, letter, column, content):
        before = self.read(letter, column)
        statement = f"UPDATE shelf_letter SET {column} = %s WHERE id = %s"
        sql(statement, content, key_of(letter.pk))
        return letter.pk, column, lambda: sql(statement, before, key_of(letter.pk))

    def pick(self, **same):
        """Two letters that share, or do not share, their writer."""
        first = self.dice.choice(self.letters)
        others = [
            letter
            for letter in self.letters
            if letter.pk != first.pk and (letter.writer == first.writer) == same["writer"]
        ]
        return first, self.dice.choice(others)

    def another_row_of_the_scope(self):
        target, source = self.pick(writer=True)
        column = self.dice.choice(("body", "remark"))
        return self.write(target, column, self.read(source, column))

    def another_label(self):
        target = self.dice.choice(self.letters)
        column, other = self.dice.sample(COLUMNS, 2)
        return self.write(target, column, self.read(target, other))

    def another_scope(self):
        target, source = self.pick(writer=False)
        column = self.dice.choice(COLUMNS)
        return self.write(target, column, self.read(source, column))

    def another_key_named(self):
        target, source = self.pick(writer=False)
        content, other = self.read(target, "body"), self.read(source, "body")
        return self.write(target, "body", content[:1] + other[1:17] + content[17:])

    def flipped_bit(self):
        target, column = self.dice.choice(self.letters), self.dice.choice(COLUMNS)
        content = bytearray(self.read(target, column))
        place = self.dice.randrange(8 * len(content))
        content[place // 8] ^= 1 << place % 8
        return self.write(target, column, bytes(content))

    def cut_or_grown(self):
        target, column = self.dice.choice(self.letters), self.dice.choice(COLUMNS)
        content = self.read(target, column)
        cut = content[: self.dice.randrange(len(content))]
        return self.write(target, column, self.dice.choice((cut, content + b"\0")))

    def row_of_another_writer(self):
        target, other = self.pick(writer=False)
        statement = "UPDATE shelf_letter SET writer = %s WHERE id = %s"
        sql(statement, key_of(other.writer), key_of(target.pk))
        back = (key_of(target.writer), key_of(target.pk))
        return target.pk, "body", lambda: sql(statement, *back)

    def data_key(self, letter):
        (found,) = sql(
            "SELECT id, wrapped FROM vault_datakey WHERE scope_id = %s",
            key_of(letter.writer, "keys"),
            alias="keys",
        )
        return found[0], bytes(found[1])

    def wrap(self, letter, content):
        row, before = self.data_key(letter)
        statement = "UPDATE vault_datakey SET wrapped = %s WHERE id = %s"
        sql(statement, content, row, alias="keys")
        return letter.pk, "body", lambda: sql(statement, before, row, alias="keys")

    def wrapped_key_of_another(self):
        target, other = self.pick(writer=False)
        return self.wrap(target, self.data_key(other)[1])

    def wrapped_key_flipped(self):
        target = self.dice.choice(self.letters)
        content = bytearray(self.data_key(target)[1])
        content[self.dice.randrange(len(content))] ^= 1 << self.dice.randrange(8)
        return self.wrap(target, bytes(content))

    def scopes_of_keys_exchanged(self):
        target, other = self.pick(writer=False)
        statement = "UPDATE vault_datakey SET scope_id = %s WHERE id = %s"
        rows = [(letter.writer, self.data_key(letter)[0]) for letter in (target, other)]

        def give(*scopes):
            for scope, row in zip((uuid.uuid4(), *scopes), (rows[0], *reversed(rows)), strict=True):
                sql(statement, key_of(scope, "keys"), row[1], alias="keys")

        (first, _row), (second, _other) = rows
        give(first, second)
        return target.pk, "body", lambda: give(second, first)


ATTACKS = (
    Attacker.another_row_of_the_scope,
    Attacker.another_label,
    Attacker.another_scope,
    Attacker.another_key_named,
    Attacker.flipped_bit,
    Attacker.cut_or_grown,
    Attacker.row_of_another_writer,
    Attacker.wrapped_key_of_another,
    Attacker.wrapped_key_flipped,
    Attacker.scopes_of_keys_exchanged,
)


def make_letters():
    writers = [uuid.uuid4() for _ in range(WRITERS)]
    letters = []
    for number in range(LETTERS):
        letter = Letter(writer=writers[number % WRITERS])
        seal(letter, **{column: f"{column} of letter {number}" for column in COLUMNS})
        letter.save()
        letters.append(letter)
    return letters


def outcome(row, column):
    """What reading gave: the class of a refusal, or "opened"."""
    try:
        unseal(Letter.objects.get(pk=row), column)
    except VaultError as refusal:
        return type(refusal).__name__
    return "opened"


def attack_at_random(letters, cases):
    dice = random.Random(SEED)
    attacker, counts = Attacker(letters, dice), Counter()
    for number in range(cases):
        act = ATTACKS[number % len(ATTACKS)]
        row, column, undo = act(attacker)
        counts[act.__name__, outcome(row, column)] += 1
        undo()
    return counts


def opened(counts):
    return sum(count for (_act, found), count in counts.items() if found == "opened")


@pytest.fixture
def tell(tell):
    return lambda text: tell(f"S14 {connection.vendor}, seed {SEED}: {text}")


@pytest.mark.django_db
def test_nothing_opens_where_it_was_not_sealed_or_after_it_was_changed(tell, settings):
    letters = make_letters()
    before = {column: unseal_all(letters, column) for column in COLUMNS}

    counts = attack_at_random(letters, CASES)

    rows = list(Letter.objects.all())
    after = {column: unseal_all(rows, column) for column in COLUMNS}
    settings.MASTER_KEYS = "tests:" + "B" * 43 + "="
    wrong_key = Counter(outcome(letter.pk, "body") for letter in letters)
    for (act, found), count in sorted(counts.items()):
        tell(f"{act.replace('_', ' ')}: {found} {count}")
    tell(f"wrong master key: {dict(wrong_key)}")
    tell(f"{counts.total() + wrong_key.total()} cases, {opened(counts)} wrong plaintexts")
    assert {act for act, _found in counts} == {act.__name__ for act in ATTACKS}
    assert (opened(counts), wrong_key) == (0, {"TamperedError": LETTERS})
    assert counts.total() == CASES > 0
    assert after == before


@pytest.mark.django_db
def test_without_what_binds_a_text_to_its_place_the_proof_fails(tell, monkeypatch):
    monkeypatch.setattr(cipher, "bound_to_place", lambda place, key: b"")
    letters = make_letters()

    counts = attack_at_random(letters, 200)

    tell(f"control, nothing bound: {opened(counts)} of {counts.total()} opened")
    assert opened(counts) >= 20


def rotate_to_the_end(copy, old):
    """What an operator does, from wherever the last try stopped."""
    if [key.name for key in ring.master_keys()] == [old]:
        masters.begin_rotation(date(2026, 3, 1))
    if len(ring.master_keys()) > 1:
        copy.write_bytes(ring.text_of(ring.master_keys()).encode())
        masters.confirm_copy(copy)
        masters.rewrap()
        masters.drop_old()


def reach_before_and_after(attack, act):
    def watched(*arguments, **options):
        attack.reach()
        result = act(*arguments, **options)
        attack.reach()
        return result

    return watched


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_database", "confirmed_file")
@pytest.mark.filterwarnings("ignore:.*was deleted while still open:ResourceWarning")
def test_a_rotation_cut_off_anywhere_can_be_read_and_goes_on(tmp_path, tell, monkeypatch):
    letters = make_letters()[:6]
    expected = {letter.pk: unseal(letter, "body") for letter in letters}
    begun, moment, is_over = 0, 0, False
    while not is_over:
        (old,) = [key.name for key in ring.master_keys()]
        attack = Attack(moment, connections["keys"])
        with monkeypatch.context() as patch, under_attack(attack):
            for name in ("replace", "fsync"):
                patch.setattr(os, name, reach_before_and_after(attack, getattr(os, name)))
            rotate_to_the_end(tmp_path / "copy", old)
        is_over = not attack.is_dead
        begun += len(ring.master_keys()) > 1
        assert unseal_all(Letter.objects.filter(pk__in=expected), "body") == expected

        rotate_to_the_end(tmp_path / "copy", old)

        (new,) = [key.name for key in ring.master_keys()]
        assert new != old
        assert list(MasterKey.objects.values_list("name", flat=True)) == [new]
        assert set(DataKey.objects.values_list("master", flat=True)) == {new}
        assert unseal_all(Letter.objects.filter(pk__in=expected), "body") == expected
        moment += 1

    tell(f"rotation cut off at {moment - 1} points, {begun} times half done, 0 lost")
    assert moment > 50
    assert begun > 20
