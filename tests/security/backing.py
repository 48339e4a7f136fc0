"""What the program of the world has: goals, whoever backs it, answers for it and pays."""

from django.utils import timezone

from tests.factories import make_measure, make_person
from upwell.programs.models import (
    Approach,
    LeaderAnswer,
    PlannedMeeting,
    Reading,
    Sponsor,
)
from upwell.programs.services import (
    add_expense,
    add_sponsor,
    answer_leader,
    answer_request,
    ask_to_serve,
    save_funding,
)


def manager_of_first(cohort):
    return cohort.program.staff.order_by("pk").first().person


def plan(program):
    """A measure that was read once, and a planned meeting."""
    measure = make_measure(program)
    reading = Reading.objects.create(measure=measure, taken_on="2026-01-01", value=10)
    meeting = PlannedMeeting.objects.create(program=program, number=1, name="Who we are")
    return measure, reading, meeting


def make_sponsor(cohort, person):
    """Somebody who was asked to back the program, and is thinking about it."""
    talk = Approach(
        made_on=timezone.localdate(),
        made_by=manager_of_first(cohort),
        answer=Sponsor.State.CONSIDERING,
    )
    by = manager_of_first(cohort)
    return add_sponsor(cohort.program, person, unit=None, approach=talk, by=by)


def make_expense(cohort, person):
    """Money that somebody approved, of which some is spent."""
    today = timezone.localdate()
    funding = save_funding(
        cohort.program,
        amount=5000,
        currency="EUR",
        approved_by=person,
        approved_on=today,
        basis="As last year.",
        by=manager_of_first(cohort),
    )
    by = manager_of_first(cohort)
    return add_expense(funding, spent_on=today, amount=120, what="Room", by=by)


def make_leader_answer(cohort, person):
    """Somebody whose work a mentor has changed, and who lets it be said."""
    answer = LeaderAnswer.objects.create(program=cohort.program, person=person)
    answer_leader(answer, has_changed_work=True, may_be_told=True, words="I ask more questions.")
    return answer


def make_named(cohort, role):
    """Somebody who was asked to be executive owner or concern contact, and has accepted."""
    person = make_person(sign_in_email=f"{role}@example.com")
    ask_to_serve(cohort.program, person, role=role, by=manager_of_first(cohort))
    answer_request(cohort.program, person, role=role, accepts=True)
    return person
