"""What the home page asks of whoever is in a cohort, beside whether they take part."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_cohort, make_enrollment, make_manager, make_person
from upwell.desk.queries import home_of
from upwell.programs import services
from upwell.programs.models import Channel

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    """One that begins in two months."""
    return make_cohort(starts_on=timezone.localdate() + timedelta(days=60))


def questions_of(enrollment):
    return [(one.title, one.step.to, one.step.pk) for one in home_of(enrollment.person).questions]


def test_whoever_has_signed_a_pledge_that_changed_is_asked_to_sign_again(cohort):
    mentor, program = make_enrollment(cohort), cohort.program
    services.sign(program, mentor.person, code="shipped-1", language="en")
    before = questions_of(mentor)

    services.change_pledge(program, {"en": "I keep quiet."}, by=make_manager())
    asked = questions_of(mentor)
    services.sign(program, mentor.person, code="own-1", language="en")

    title = f"The pledge of {program} has changed"
    assert (before, questions_of(mentor)) == ([], [])
    assert asked == [(title, "programs:enrollment_detail", mentor.pk)]


def test_a_mentee_is_asked_how_to_be_reached_until_there_are_two_ways(cohort):
    mentee = make_enrollment(cohort, "mentee", person=make_person(contact_email="v@example.com"))
    before = questions_of(mentee)
    Channel.objects.create(enrollment=mentee, kind="mobile", value="+49 30 901820")

    title = f"How can your mentor in {cohort.program} reach you?"
    assert before == [(title, "programs:enrollment_channels", mentee.pk)]
    assert questions_of(mentee) == []


def test_nobody_is_asked_how_to_be_reached_once_the_cohort_has_begun(cohort):
    mentee = make_enrollment(cohort, "mentee")
    mentor = make_enrollment(cohort)
    asked = (len(questions_of(mentee)), questions_of(mentor))
    type(cohort).objects.update(starts_on=timezone.localdate())

    assert (asked, questions_of(mentee)) == ((1, []), [])


@pytest.mark.parametrize(("days", "is_told"), [(5, True), (None, True), (-1, False)])
def test_whoever_said_no_may_change_their_mind_while_enrollment_is_open(cohort, days, is_told):
    mentor = make_enrollment(cohort)
    services.step_out(mentor, asks_next=False, by=mentor.person)
    until = None if days is None else timezone.localdate() + timedelta(days=days)
    type(cohort).objects.update(enrolls_until=until)

    steps = [step for duty in home_of(mentor.person).duties for step in duty.steps]

    told = [("programs:enrollment_detail", mentor.pk)] if is_told else []
    assert [(step.to, step.pk) for step in steps] == told
