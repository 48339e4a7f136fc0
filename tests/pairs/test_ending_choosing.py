"""The end of a cohort whose people have chosen each other: what is left is told, once."""

import pytest
from django.urls import reverse

from tests.factories import make_earlier_pair, make_enrollment, make_manager
from tests.pairs.choosing import choose_each_other, in_days, make_choosing, sides_of
from tests.pairs.organizations import manager_of
from tests.pairs.test_mutual import refusal
from tests.pairs.test_runs import NO_RULES, computed, set_policy, silent
from upwell.audit.models import AuditEntry
from upwell.delivery.models import OutboxMessage
from upwell.pairs.models import ChoiceRound, Couple, CoupleRule, ListEntry, MatchRun, Repair
from upwell.pairs.services import (
    apply_repair,
    close_choosing,
    compute_repair,
    compute_run,
    finish_choosing,
    make_lists,
    open_choosing,
    start_repair,
    start_run,
)
from upwell.people.models import Person
from upwell.people.services import raise_revision
from upwell.policy import Policy

pytestmark = pytest.mark.django_db


def finished(found, *, by=None):
    found.refresh_from_db()
    finish_choosing(found, by=by or manager_of(found.cohort))


def test_where_nobody_is_left_to_match_the_others_get_kind_words_once():
    found = make_choosing(2, 1)
    Person.objects.update(contact_email="somebody@example.com")
    (mentor, other), (mentee,) = sides_of(found)
    choose_each_other(found, mentor, mentee)
    assert "still choosing" in refusal(lambda: finished(found))
    close_choosing(found, by=manager_of(found.cohort))

    finished(found)

    assert refusal(lambda: finished(found)) == "Everybody has been told already."
    told = OutboxMessage.objects.filter(template="programs/mail/not_placed")
    assert [one.person for one in told] == [other.person]
    assert not ListEntry.objects.exists()
    assert AuditEntry.objects.filter(event="pairs.choosing.finished").count() == 1


def test_while_there_is_somebody_to_match_or_no_pair_it_does_not_end():
    found, empty = make_choosing(2, 2), make_choosing(1, 1)
    (mentor, *_), (mentee, *_) = sides_of(found)
    choose_each_other(found, mentor, mentee)

    for each in (found, empty):
        close_choosing(each, by=manager_of(each.cohort))
        assert "to match on both sides" in refusal(lambda each=each: finished(each))


def left_with(found):
    """One pair has come about, choosing is closed, and the other two were a pair before."""
    (mentor, second), (mentee, other) = sides_of(found)
    choose_each_other(found, mentor, mentee)
    close_choosing(found, by=manager_of(found.cohort))
    Person.objects.update(contact_email="somebody@example.com")
    make_earlier_pair(second.person, other.person, program=found.cohort.program)
    return second, other


def test_it_ends_where_a_run_has_found_no_pair_for_those_who_are_left():
    found = make_choosing(2, 2)
    left = left_with(found)

    assert computed(found.cohort).figures["pairs"] == 0
    finished(found)

    told = OutboxMessage.objects.filter(template="programs/mail/not_placed")
    assert {one.person for one in told} == {one.person for one in left}


STRICTER = Policy.from_values({"rules": NO_RULES["rules"] | {"level_gap": 9}})


def other_rules(cohort, left):
    start_run(cohort, by=manager_of(cohort), policy=STRICTER, name="Stricter")
    compute_run(MatchRun.objects.latest("number").pk, report=silent)


def another_policy(cohort, left):
    set_policy(cohort, NO_RULES | {"choosing": "chosen", "capacity": {"mentor": 2, "mentee": 1}})


def kept_apart_since(cohort, left):
    mentor, mentee = left
    by = manager_of(cohort)
    CoupleRule.objects.create(cohort=cohort, mentor=mentor, mentee=mentee, kind="ban", set_by=by)


def somebody_joins(cohort, left):
    make_enrollment(cohort, "mentor")


@pytest.mark.parametrize("change", [other_rules, another_policy, kept_apart_since, somebody_joins])
def test_a_run_of_other_people_or_rules_ends_nothing(change):
    found = make_choosing(2, 2)
    left = left_with(found)
    computed(found.cohort)

    change(found.cohort, left)

    assert "to match on both sides" in refusal(lambda: finished(found))


def test_the_page_offers_the_end_and_no_other_round(client):
    found = make_choosing(2, 2)
    left_with(found)
    computed(found.cohort)
    client.force_login(manager_of(found.cohort))

    html = client.get(reverse("pairs:run_list", args=[found.cohort_id])).content.decode()

    assert reverse("pairs:choosing_finish", args=[found.pk]) in html
    assert reverse("pairs:choosing_open", args=[found.cohort_id]) not in html


def test_a_round_that_fails_leaves_the_end_as_it_was():
    found = make_choosing(2, 2)
    left_with(found)
    computed(found.cohort)
    finished(found)

    with_lists(found.cohort)

    states = ChoiceRound.objects.order_by("created_at").values_list("state", flat=True)
    assert list(states) == ["closed", "failed"]
    found.refresh_from_db()
    assert found.finished_at is not None


def with_lists(cohort):
    again = open_choosing(cohort, closes_on=in_days(7), by=manager_of(cohort))
    make_lists(again.pk, report=silent)


def test_kind_words_that_still_wait_do_not_go_to_whoever_has_somebody_since():
    found = make_choosing(2, 1)
    Person.objects.update(contact_email="somebody@example.com")
    (mentor, other), (mentee,) = sides_of(found)
    choose_each_other(found, mentor, mentee)
    close_choosing(found, by=manager_of(found.cohort))
    finished(found)
    late = OutboxMessage.objects.filter(template__contains="not_placed", useful_until=None)
    assert late.count() == 1
    Person.objects.filter(pk=mentor.person_id).update(is_active=False)
    raise_revision()

    repair = start_repair(found.cohort, by=manager_of(found.cohort))
    compute_repair(repair.pk, report=silent)
    apply_repair(Repair.objects.get(), 0, by=manager_of(found.cohort))

    assert Couple.objects.active().get().mentor == other.person
    assert not late.exists()


def test_only_the_managers_end_it():
    found = make_choosing(2, 1)

    assert "Only the program's managers" in refusal(lambda: finished(found, by=make_manager()))
