"""Proof S14, of what is written: nothing before its key is safe, nothing that tells by its length
or by a digest what it hides.
"""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests.backgrounds import make_open_cohort, tell_of
from tests.factories import make_enrollment, make_person
from tests.pairs.organizations import load_demo
from upwell.pairs.models import BlockList, blocks
from upwell.pairs.models.blocks import MOST_BLOCKS, MOST_TYPED, Block
from upwell.pairs.services import add_block, private
from upwell.pairs.services.private import private_requests
from upwell.policy import compile_problem
from upwell.policy.rules import PrivateRequests
from upwell.programs.models import background
from upwell.vault import data_keys
from upwell.vault.fields import sealed_fields
from upwell.vault.models import DataKey, MasterKey
from upwell.vault.scopes import Kind
from upwell.vault.services import seal

pytestmark = pytest.mark.django_db

COMPUTED = {"pairs.run.private_part"}
"""Nobody wrote what is lost with these: a run can be computed again."""


def row_for(field):
    """A new row of the field's model, with as much as its scope asks for."""
    row = here = field.model()
    *way, last = field.scope[1].split(".")
    for name in way:
        related = here._meta.get_field(name).related_model()  # noqa: SLF001 -- a public API of Django
        setattr(here, name, related)
        here = related
    setattr(here, last, uuid.uuid4())
    return row


def sealed_too_early():
    """The fields that take a text although nobody has confirmed a copy of the master key."""
    MasterKey.objects.update(confirmed_at=None)
    taken = set()
    for field in sealed_fields():
        try:
            seal(row_for(field), **{field.name: "too early"})
        except ValidationError:
            continue
        taken.add(field.label)
    return taken


def lengths_of_lists():
    """How long the stored list is with none to as many as there is room for."""
    row, found = BlockList.objects.create(person=make_person()), set()
    for count in range(MOST_BLOCKS + 1):
        row.seal_blocks(Block(uuid.uuid4(), "\U0001f98a" * MOST_TYPED) for _ in range(count))
        row.save()
        with connection.cursor() as cursor:
            cursor.execute("SELECT LENGTH(colleagues) FROM pairs_blocklist")
            found |= {*cursor.fetchall()}
    return found


def lengths_of_backgrounds():
    """How long the stored rows are of people who have told nothing, something and everything."""
    cohort = make_open_cohort()
    for row in ("------", "y-----", "-h--n-", "yhywyy"):
        tell_of(make_enrollment(cohort), row, ["matching"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT LENGTH(kept) FROM programs_background")
        found = cursor.fetchall()
    return len(found), {*found}


def is_found_by_trying():
    """Whether somebody with the digest of a run and its people can try out who asked for what."""
    cohort, people = load_demo(24)
    policy = cohort.program.policy
    mentor, mentee = cohort.enrollments.mentors()[0], cohort.enrollments.mentees()[0]
    add_block(mentor.person, mentee.person)
    kept = private_requests(cohort, policy).requests
    guess = PrivateRequests(kept.couples, "")
    problems = [compile_problem(policy, people, one).problem for one in (kept, guess)]
    return problems[0].digest() == problems[1].digest()


def compile_for(cohort, people):
    policy = cohort.program.policy
    return compile_problem(policy, people, private_requests(cohort, policy).requests)


@pytest.fixture
def tell(tell):
    return lambda text: tell(f"S14: {text}")


def test_nothing_is_sealed_before_a_copy_of_the_key_is_confirmed(tell):
    taken = sealed_too_early()

    tell(f"no copy confirmed: {len(list(sealed_fields()))} fields, {len(taken)} take a text")
    assert taken == COMPUTED
    assert len(list(sealed_fields())) > 5
    assert {*DataKey.objects.values_list("scope_kind", flat=True)} <= {Kind.INSTALLATION}


def test_the_proof_finds_that_nobody_waits_for_the_copy(monkeypatch):
    monkeypatch.setattr(data_keys, "confirmed_of", list)

    assert sealed_too_early() == {field.label for field in sealed_fields()}


def test_a_list_does_not_tell_by_its_length_how_many_are_on_it(tell):
    lengths = lengths_of_lists()

    tell(f"lists of 0 to {MOST_BLOCKS} people: {len(lengths)} length")
    assert len(lengths) == 1


def test_the_proof_finds_lists_of_different_lengths(monkeypatch):
    monkeypatch.setattr(blocks, "LENGTH", 0)

    assert len(lengths_of_lists()) == MOST_BLOCKS + 1


def test_a_row_does_not_tell_by_its_length_whether_somebody_has_answered(tell):
    count, lengths = lengths_of_backgrounds()

    tell(f"backgrounds of 4 people for 2 uses: {count} rows, {len(lengths)} length")
    assert (count, len(lengths)) == (8, 1)


def test_the_proof_finds_rows_of_different_lengths(monkeypatch):
    monkeypatch.setattr(background, "LENGTH", 0)

    assert len(lengths_of_backgrounds()[1]) == 2


def test_who_asked_for_what_is_not_found_by_trying_it_out():
    assert not is_found_by_trying()


def test_the_digest_of_what_is_open_is_the_same_whoever_is_kept_apart():
    cohort, people = load_demo(24)
    pairs = zip(cohort.enrollments.mentors(), cohort.enrollments.mentees(), strict=False)
    first, second = (compile_for(cohort, people) for _round in range(2))
    for mentor, mentee in pairs:
        add_block(mentor.person, mentee.person)
    asked = compile_for(cohort, people)

    assert asked.private.couples > first.private.couples == ()
    assert len({one.stated(date(2026, 3, 1))["open_digest"] for one in (first, second, asked)}) == 1
    assert len({one.problem.digest() for one in (first, second, asked)}) == 3


def test_the_proof_finds_a_digest_without_salt(monkeypatch):
    monkeypatch.setattr(private.secrets, "token_hex", lambda size: "")

    assert is_found_by_trying()
