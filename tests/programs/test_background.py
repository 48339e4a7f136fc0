"""What people tell about their background: what is kept, and that the table tells nothing."""

import hashlib
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone, translation

from tests.backgrounds import make_open_cohort, tell_of
from tests.databases import at_once
from tests.factories import make_enrollment, make_manager, make_person
from upwell.audit.models import AuditEntry
from upwell.delivery.models import OutboxMessage
from upwell.programs import background_words
from upwell.programs.background_words import ASKED, CONSENTS, VERSIONS
from upwell.programs.models import Background, Cohort
from upwell.programs.models.background import LENGTH, QUESTIONS, Kept, kept_by_row, kept_text
from upwell.programs.queries.background import told_background
from upwell.programs.services import enroll
from upwell.programs.services.answering import step_out
from upwell.programs.services.background import (
    PURPOSES,
    forget_closed,
    keep_answers,
    read_backgrounds,
    take_back,
)
from upwell.vault.models import DataKey, MasterKey
from upwell.vault.scopes import Scope
from upwell.vault.services import shred

pytestmark = pytest.mark.django_db

NOTHING = "------"
TEXTS = {
    "matching": "370fe8a97e27e8f4",
    "monitoring": "a5768f759de9d79e",
}
"""The digest of what is agreed to: where it changes, raise the version beside it."""


@pytest.fixture
def cohort():
    return make_open_cohort(make_manager())


@pytest.fixture
def own(cohort):
    return make_enrollment(cohort)


def kept(enrollment):
    """The letters by use, of the uses for which there are any."""
    rows = list(Background.objects.filter(enrollment=enrollment))
    found = kept_by_row(rows)
    return {row.purpose: found[row.pk].row for row in rows if found[row.pk]}


def test_answers_are_kept_for_the_uses_that_were_ticked_and_no_other(own):
    tell_of(own, "yh----", ["matching"])

    assert kept(own) == {"matching": "yh----"}


def test_both_uses_have_a_copy_each_and_one_is_taken_back_alone(own):
    tell_of(own, "y-----", PURPOSES.values)

    take_back(own, ["matching"])

    assert kept(own) == {"monitoring": "y-----"}
    assert read_backgrounds(own.cohort) == {own.person_id: NOTHING}


def test_a_use_that_is_not_ticked_any_more_is_forgotten(own):
    tell_of(own, "y-----", PURPOSES.values)

    tell_of(own, "yh----", ["monitoring"])

    assert kept(own) == {"monitoring": "yh----"}


def test_everything_is_deleted(own):
    tell_of(own, "y-----", PURPOSES.values)

    take_back(own, PURPOSES.values)

    assert kept(own) == {}
    assert Background.objects.count() == 2


def test_without_a_use_nothing_is_kept_and_that_is_said(own):
    with pytest.raises(ValidationError, match="Tick at least one use"):
        tell_of(own, "y-----", [])

    assert not Background.objects.exists()


def test_no_answer_is_as_good_as_nothing(own):
    tell_of(own, "y-----")

    tell_of(own, NOTHING, PURPOSES.values)

    assert kept(own) == {}


@pytest.mark.parametrize("answers", [{"parents": "x"}, {"parents": "yn"}, {"religion": "y"}])
def test_what_is_no_answer_is_refused(own, answers):
    with pytest.raises(ValidationError):
        keep_answers(own, answers, ["matching"])


def test_once_the_cohort_has_closed_nothing_is_kept(own):
    Cohort.objects.update(starts_on="2020-01-01")

    with pytest.raises(ValidationError, match="has closed"):
        tell_of(own, "y-----")


def test_rows_of_everybody_come_with_the_first_answer_and_look_alike(cohort, own):
    others = [make_enrollment(cohort, role) for role in ("mentor", "mentee")]

    tell_of(own, "yhnwyn")

    rows = Background.objects.values_list("enrollment", "purpose")
    assert {*rows} == {(one.pk, use) for one in (own, *others) for use in PURPOSES.values}
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT LENGTH(kept) FROM programs_background")
        assert len(cursor.fetchall()) == 1
    keys = DataKey.objects.filter(scope_kind="person").values_list("scope_id", flat=True)
    assert {*keys} == {one.person_id for one in (own, *others)}


def test_whoever_comes_later_has_rows_once_others_have(cohort, own):
    manager = cohort.program.staff.get().person
    enroll(cohort, [make_person()], role="mentee", by=manager)
    assert not Background.objects.exists()
    tell_of(own, "y-----")

    enroll(cohort, [make_person()], role="mentor", by=manager)

    assert Background.objects.count() == 6


def test_people_are_enrolled_although_nothing_can_be_sealed_any_more(cohort, own):
    tell_of(own, "y-----")
    MasterKey.objects.update(confirmed_at=None)

    added = enroll(cohort, [make_person()], role="mentor", by=cohort.program.staff.get().person)

    assert (added, Background.objects.count()) == (1, 2)


def test_a_match_reads_everybody_and_nothing_of_those_who_have_not_agreed(cohort, own):
    silent, other = make_enrollment(cohort), make_enrollment(cohort, "mentee")
    tell_of(own, "yh----", ["matching"])
    tell_of(other, "n-----", ["monitoring"])

    assert read_backgrounds(cohort) == {
        own.person_id: "yh----",
        silent.person_id: NOTHING,
        other.person_id: NOTHING,
    }


def test_a_match_of_one_cohort_does_not_read_what_was_told_for_another(cohort, own):
    elsewhere = make_enrollment(make_open_cohort(), person=own.person)
    tell_of(elsewhere, "y-----")

    assert read_backgrounds(cohort) == {own.person_id: NOTHING}


def test_reading_costs_the_same_queries_for_one_and_three(cohort, django_assert_num_queries):
    counts = []
    for number in (1, 2):
        for _one in range(number):
            tell_of(make_enrollment(cohort), "y-----")
        with django_assert_num_queries(6) as queries:
            read_backgrounds(cohort)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_consent_to_a_former_text_does_not_count(own, monkeypatch):
    tell_of(own, "y-----")
    monkeypatch.setitem(VERSIONS, "matching", VERSIONS["matching"] + 1)

    assert read_backgrounds(own.cohort) == {own.person_id: NOTHING}
    [agreed] = told_background(own).agreed
    assert agreed.is_outdated


def test_a_changed_answer_keeps_the_day_of_the_consent(own, monkeypatch):
    tell_of(own, "y-----")
    first = timezone.localdate()
    monkeypatch.setattr(timezone, "localdate", lambda: first + timedelta(days=3))

    tell_of(own, "n-----")

    [row] = told_background(own).kept.values()
    assert (row.given_on, row.row) == (first, "n-----")


def test_answers_of_another_cohort_are_offered_again_without_the_consents(cohort, own):
    elsewhere = make_enrollment(make_open_cohort(), person=own.person)
    tell_of(elsewhere, "y-----", PURPOSES.values)

    told = told_background(own)

    assert told.answers == {"parents": "y"}
    assert told.is_from_earlier and not told.kept


def test_with_the_close_everybodys_rows_go(cohort, own):
    other = make_enrollment(make_open_cohort(), person=own.person)
    tell_of(own, "y-----")
    tell_of(other, "n-----")

    closed = forget_closed(cohort.ends_on - timedelta(days=1))
    Cohort.objects.filter(pk=cohort.pk).update(starts_on="2020-01-01")

    assert (closed, forget_closed(timezone.localdate())) == (0, 1)
    assert {*Background.objects.values_list("enrollment", flat=True)} == {other.pk}


def test_who_was_erased_has_nothing_and_stands_in_nobodys_way(cohort, own):
    other = make_enrollment(cohort)
    tell_of(own, "y-----")
    shred(Scope("person", own.person_id))

    tell_of(other, "n-----")

    assert kept(own) == {}
    assert read_backgrounds(cohort) == {other.person_id: "n-----"}


def test_somebody_erased_before_has_no_row(cohort, own):
    shred(Scope("person", own.person_id))

    tell_of(make_enrollment(cohort), "n-----")

    assert not Background.objects.filter(enrollment=own).exists()


def test_whoever_steps_out_is_forgotten_and_not_read(cohort, own):
    tell_of(own, "y-----", PURPOSES.values)
    tell_of(make_enrollment(cohort), "n-----")

    step_out(own, asks_next=True, by=own.person)

    assert kept(own) == {}
    assert own.person_id not in read_backgrounds(cohort)
    assert Background.objects.count() == 4


def test_somebody_steps_out_although_nothing_can_be_sealed_any_more(own):
    tell_of(own, "y-----")
    MasterKey.objects.update(confirmed_at=None)
    shred(Scope("person", own.person_id))

    step_out(own, asks_next=False, by=own.person)

    assert own.state == "out"


def test_neither_log_nor_mail_tells_of_it(own):
    entries, sent = AuditEntry.objects.count(), OutboxMessage.objects.count()
    tell_of(own, "y-----", PURPOSES.values)

    take_back(own, PURPOSES.values)

    assert (AuditEntry.objects.count(), OutboxMessage.objects.count()) == (entries, sent)


def test_everything_that_can_be_kept_has_one_length():
    day = timezone.localdate()
    full = "".join(letters[0] for letters in QUESTIONS.values())

    texts = [kept_text(None), *(kept_text(Kept(n, day, full)) for n in (1, 999))]

    assert {len(text.encode()) for text in texts} == {LENGTH}


def test_each_question_has_words_for_just_its_letters():
    assert {name: "".join(asked.choices) for name, asked in ASKED.items()} == QUESTIONS
    assert CONSENTS.keys() == VERSIONS.keys() == {*PURPOSES.values}


def test_whoever_changes_what_is_agreed_to_raises_its_version():
    with translation.override("en"):
        digests = {
            use: hashlib.sha256(
                "\n".join([str(VERSIONS[use]), *map(str, words)]).encode()
            ).hexdigest()[:16]
            for use, words in background_words.CONSENTS.items()
        }

    assert digests == TEXTS


def test_two_who_answer_at_once_both_have_their_answers(own_database):
    cohort = make_open_cohort()
    people = [make_enrollment(cohort) for _ in range(4)]

    at_once(*(lambda one=one: tell_of(one, "y-----") for one in people))

    assert {*read_backgrounds(cohort).values()} == {"y-----"}
    assert Background.objects.count() == 8
