"""Rounds in which people choose, and what some of them do."""

from datetime import timedelta

from django.utils import timezone

from tests.factories import make_person
from tests.pairs.organizations import manager_of
from tests.pairs.test_runs import make_sides, silent
from upwell.pairs.models import ChoiceRound, ChoiceSheet, ListEntry
from upwell.pairs.services import make_lists, open_choosing, rank_higher, say_yes


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def make_choosing(mentors=3, mentees=3, *, way="chosen", **policy):
    """A cohort whose people choose now."""
    cohort = make_sides(mentors, mentees, choosing=way, **policy)
    return opened(cohort)


def opened(cohort, days=7):
    cohort.refresh_from_db()
    found = open_choosing(cohort, closes_on=in_days(days), by=manager_of(cohort))
    make_lists(found.pk, report=silent)
    return ChoiceRound.objects.get(pk=found.pk)


def sheet_of(found, enrollment):
    rows = ChoiceSheet.objects.select_related("round", "enrollment__person")
    return rows.get(round=found, enrollment=enrollment)


def sides_of(found):
    """Mentors and mentees in order."""
    enrollments = found.cohort.enrollments.select_related("person").order_by("pk")
    return list(enrollments.mentors()), list(enrollments.mentees())


def entry_of(found, one, other):
    mentor, mentee = (one, other) if one.is_mentor else (other, one)
    return ListEntry.objects.get(round=found, mentor=mentor, mentee=mentee)


def choose(found, one, other):
    """Let somebody say yes."""
    return say_yes(sheet_of(found, one), entry_of(found, one, other).pk)


def choose_each_other(found, mentor, mentee):
    """Let two become a pair."""
    choose(found, mentor, mentee)
    return choose(found, mentee, mentor)


def rank(found, one, *others):
    """Let somebody put these in order."""
    for other in others:
        rank_higher(sheet_of(found, one), entry_of(found, one, other).pk)


def make_sheet(cohort, enrollment, **fields):
    """A list of one's own, in a round without anybody else."""
    defaults = {"way": "ranked", "state": "open", "closes_on": in_days(7), "policy_json": "{}"}
    by = fields.pop("by", None) or make_person()
    found = ChoiceRound.objects.create(cohort=cohort, opened_by=by, **defaults | fields)
    return ChoiceSheet.objects.create(round=found, enrollment=enrollment, person=enrollment.person)
