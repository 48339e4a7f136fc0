"""Proof S15: whoever changes the audit log by SQL is found, and the first wrong entry is named.

The attacker owns the database and drops its triggers; the key and the head file are elsewhere.
"""

import hashlib
import hmac
import os
import random
import uuid
from collections import Counter

import pytest
from django.db import DatabaseError, connection, transaction

from tests.audit.conftest import chain  # noqa: F401 -- a fixture
from tests.audit.test_seal import write
from tests.databases import drop_guards
from upwell.audit import head, services
from upwell.audit import verify as verifying
from upwell.audit.models import AuditEntry
from upwell.audit.services import seal_tail

CASES = int(os.environ.get("UPWELL_PROVE_CASES", "1000"))
SEED = int(os.environ.get("UPWELL_PROVE_SEED", str(random.SystemRandom().randrange(10**6))))
ENTRIES = 60
TABLE = "audit_auditentry"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("chain")]


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("LOG", TABLE), values)
        return cursor.fetchall() if cursor.description else []


class Attacker:
    """Each method changes the log and returns the number of the first entry that is wrong then."""

    def __init__(self, dice):
        self.dice = dice

    def number(self, least=1, most=ENTRIES):
        return self.dice.randint(least, most)

    def edit(self):
        number = self.number()
        column, value = self.dice.choice(
            [
                ("at", "2001-02-03 04:05:06+00:00"),
                ("by", str(uuid.UUID(int=self.dice.getrandbits(128)))),
                ("event", "shelf.letter.written"),
                ("object_kind", "shelf.reply"),
                ("object_id", str(uuid.UUID(int=self.dice.getrandbits(128)))),
                ("facts", '{"pages": 9}'),
                ("mac", f"{self.dice.getrandbits(256):064x}"),
            ]
        )
        sql(f"UPDATE LOG SET {column} = %s WHERE sequence = %s", value, number)
        return number

    def move_the_border_of_two_columns(self):
        number = self.number()
        sql(
            "UPDATE LOG SET object_kind = object_kind || substr(object_id, 1, 1),"
            " object_id = substr(object_id, 2) WHERE sequence = %s",
            number,
        )
        return number

    def delete(self):
        number = self.number()
        sql("DELETE FROM LOG WHERE sequence = %s", number)
        return number

    def delete_and_close_the_gap(self):
        number = self.number()
        sql("DELETE FROM LOG WHERE sequence = %s", number)
        for later in range(number + 1, ENTRIES + 1):
            sql("UPDATE LOG SET sequence = %s WHERE sequence = %s", later - 1, later)
        return number

    def swap(self):
        first, second = sorted(self.dice.sample(range(1, ENTRIES + 1), 2))
        for old, new in ((first, 10**6), (second, first), (10**6, second)):
            sql("UPDATE LOG SET sequence = %s WHERE sequence = %s", new, old)
        return first

    def swap_with_their_seals(self):
        first, second = sorted(self.dice.sample(range(1, ENTRIES + 1), 2))
        macs = dict(sql("SELECT sequence, mac FROM LOG WHERE sequence IN (%s, %s)", first, second))
        for old, new in ((first, 10**6), (second, first), (10**6, second)):
            sql("UPDATE LOG SET sequence = %s WHERE sequence = %s", new, old)
        for number in (first, second):
            sql("UPDATE LOG SET mac = %s WHERE sequence = %s", macs[number], number)
        return first

    def truncate(self):
        number = self.number()
        sql("DELETE FROM LOG WHERE sequence >= %s", number)
        return number

    def unseal(self):
        number = self.number()
        sql("UPDATE LOG SET sequence = NULL, mac = '' WHERE sequence = %s", number)
        return number

    def insert_at_the_end(self):
        values = (self.new_id(), ENTRIES + 1, f"{self.dice.getrandbits(256):064x}")
        sql(
            "INSERT INTO LOG (id, at, by, event, object_kind, object_id, facts, sequence, mac)"
            " SELECT %s, at, by, event, object_kind, object_id, facts, %s, %s"
            " FROM LOG WHERE sequence = 1",
            *values,
        )
        return ENTRIES + 1

    def forge_an_end_and_wait_for_the_worker(self):
        """As above, with an honest entry after it, which the worker must not seal on top."""
        wrong = self.insert_at_the_end()
        write(1)
        assert seal_tail() == 0
        return wrong

    def truncate_all(self):
        sql("DELETE FROM LOG" if connection.vendor == "sqlite" else "TRUNCATE LOG")
        return 1

    def new_id(self):
        made = uuid.UUID(int=self.dice.getrandbits(128))
        return made.hex if connection.vendor == "sqlite" else made

    def write_the_rest_anew(self):
        """Edit one and seal it and all later ones, with a key of the attacker's own."""
        number, key = self.number(), self.dice.randbytes(32)
        sql("UPDATE LOG SET by = 'system', facts = '{}' WHERE sequence = %s", number)
        mac = "0" * 64
        for later in range(number, ENTRIES + 1):
            mac = hmac.new(key, f"{later} {mac}".encode(), hashlib.sha256).hexdigest()
            sql("UPDATE LOG SET mac = %s WHERE sequence = %s", mac, later)
        return number


ATTACKS = (
    Attacker.edit,
    Attacker.move_the_border_of_two_columns,
    Attacker.delete,
    Attacker.delete_and_close_the_gap,
    Attacker.swap,
    Attacker.swap_with_their_seals,
    Attacker.truncate,
    Attacker.unseal,
    Attacker.insert_at_the_end,
    Attacker.forge_an_end_and_wait_for_the_worker,
    Attacker.truncate_all,
    Attacker.write_the_rest_anew,
)


def look():
    return verifying.verify(head.chain_key())


def make_log():
    write(ENTRIES)
    assert seal_tail() == ENTRIES
    drop_guards()


def attack_at_random(cases):
    """Counts by attack and by whether the first wrong entry was found and named."""
    dice, counts = random.Random(SEED), Counter()
    attacker = Attacker(dice)
    for number in range(cases):
        act = ATTACKS[number % len(ATTACKS)]
        with transaction.atomic():
            wrong = act(attacker)
            verdict = look()
            transaction.set_rollback(True)
        named = verdict.fault and verdict.fault.sequence
        found = "named" if named == wrong and not verdict.is_good else "missed"
        counts[act.__name__, found] += 1
    return counts


def missed(counts):
    return sum(count for (_act, found), count in counts.items() if found == "missed")


@pytest.fixture
def tell(tell):
    return lambda text: tell(f"S15 {connection.vendor}, seed {SEED}: {text}")


def test_every_change_is_found_and_the_first_wrong_entry_is_named(tell):
    make_log()
    before = look()

    counts = attack_at_random(CASES)

    after = look()
    for (act, found), count in sorted(counts.items()):
        tell(f"{act.replace('_', ' ')}: {found} {count}")
    tell(f"{counts.total()} attacks, {missed(counts)} missed")
    assert {act for act, _found in counts} == {act.__name__ for act in ATTACKS}
    assert (counts.total(), missed(counts)) == (CASES, 0)
    assert before == after and before.is_good


def test_the_database_itself_refuses_whoever_leaves_its_triggers_alone(tell):
    """Also for what waits for its seal, which no chain can miss once it is gone."""
    write(20)
    seal_tail()
    waiting = [entry.pk for entry in write(20)]
    dice, refused = random.Random(SEED), 0
    statements = [
        "DELETE FROM LOG WHERE sequence = {number}",
        "DELETE FROM LOG WHERE sequence IS NULL",
        "DELETE FROM LOG WHERE id = '{id}'",
        "UPDATE LOG SET by = 'system' WHERE id = '{id}'",
        "UPDATE LOG SET sequence = NULL WHERE id = '{id}'",
        "UPDATE LOG SET sequence = NULL, mac = '' WHERE sequence = {number}",
        "DELETE FROM LOG" if connection.vendor == "sqlite" else "TRUNCATE LOG",
    ]
    for number in range(0, CASES, 5):
        pk = dice.choice(waiting)
        named = {"id": pk.hex if connection.vendor == "sqlite" else pk}
        named["number"] = dice.randint(1, 20)
        with pytest.raises(DatabaseError, match="neither changed"), transaction.atomic():
            sql(statements[number // 5 % len(statements)].format(**named))
        refused += 1

    tell(f"triggers in place: {refused} statements, all refused")
    assert refused > 0
    assert (AuditEntry.objects.sealed().count(), AuditEntry.objects.unsealed().count()) == (20, 20)


def test_a_log_that_nobody_touched_is_never_accused(tell):
    accused = 0
    for number in range(50):
        write(1 + number % 3)
        accused += not look().is_good
        seal_tail()
        accused += not look().is_good

    tell(f"control, untouched: {accused} of 100 accused, {look().sealed} entries")
    assert accused == 0


def test_without_the_head_file_a_truncation_is_not_found_and_that_is_said(chain, tell):  # noqa: F811 -- the fixture
    make_log()
    chain.unlink()
    sql("DELETE FROM LOG WHERE sequence > %s", 40)

    verdict = look()

    tell("control, no head file: truncation not seen, file said to be lost")
    assert (verdict.fault, verdict.is_head_lost, verdict.is_good) == (None, True, False)


def test_without_the_link_to_the_entry_before_the_proof_fails(tell, monkeypatch):
    real = services.seal_of
    for module in (services, verifying):
        monkeypatch.setattr(
            module, "seal_of", lambda entry, number, before, key: real(entry, 0, "", key)
        )
    make_log()

    counts = attack_at_random(100)

    tell(f"control, no chain: {missed(counts)} of {counts.total()} missed")
    assert missed(counts) >= 10
    assert AuditEntry.objects.sealed().count() == ENTRIES
