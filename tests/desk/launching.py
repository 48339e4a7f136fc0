"""What makes the steps of a launch done, each by itself."""

from datetime import UTC, date, datetime
from decimal import Decimal

from tests.factories import make_enrollment, make_person, make_topic
from upwell.learning.models import Completion, Publication, TextKind
from upwell.learning.texts import lessons
from upwell.programs.models import (
    Cohort,
    EnrollmentTopic,
    Funding,
    Measure,
    PlannedMeeting,
    Program,
    Sponsor,
    Staff,
)

MAY = date(2027, 5, 1)
DATES = {  # of a cohort that starts on January 4, 2027
    "mentees_from": date(2026, 10, 1),
    "mentors_from": date(2026, 10, 15),
    "enrolls_until": date(2026, 11, 30),
    "matches_on": date(2026, 12, 10),
    "midpoint_on": date(2027, 4, 1),
}


def make_measure(program, name="Ideas adopted", due_on=MAY):
    return Measure.objects.create(
        program=program, name=name, unit="ideas", baseline=0, target=12, due_on=due_on
    )


def make_goal(program, measures=1):
    Program.objects.filter(pk=program.pk).update(initiative="Younger customers", goal="Listen.")
    program.refresh_from_db()
    for number in range(measures):
        make_measure(program, f"Measure {number}", MAY.replace(day=1 + number))


def make_sponsor(program, state="committed", **fields):
    person = fields.pop("person", None) or make_person()
    return Sponsor.objects.create(program=program, person=person, state=state, **fields)


def make_funding(program, amount="40000", by=None):
    return Funding.objects.create(
        program=program,
        amount=Decimal(amount),
        currency="EUR",
        approved_by=by or make_person(name="Finn Cho"),
        approved_on=MAY,
        basis="Twelve pairs.",
    )


def make_owner(program, person=None, *, accepted_at=datetime(2027, 5, 1, 12, tzinfo=UTC)):
    return Staff.objects.create(
        program=program,
        person=person or make_person(name="Olga Dahl"),
        role=Staff.Role.EXECUTIVE_OWNER,
        place=1,
        accepted_at=accepted_at,
    )


def make_published(program, *kinds):
    """Its guidelines and its lessons, or these of the two."""
    for kind in kinds or TextKind:
        Publication.objects.create(program=program, kind=kind, published_by=make_person())


def make_learner(cohort, role="mentor", **fields):
    """Somebody who takes part, and can sign in to do their lessons."""
    address = f"learner{cohort.enrollments.count()}.{cohort.pk.hex}@example.com"
    person = make_person(**{"sign_in_email": address} | fields)
    return make_enrollment(cohort, role, person=person)


def make_done(enrollment, *keys):
    """All lessons of somebody's role are done, or these."""
    program, role = enrollment.cohort.program, enrollment.role
    for key in keys or [one.key for one in lessons() if one.audience == role]:
        Completion.objects.create(program=program, person=enrollment.person, key=key, version=1)


def make_backing(program):
    """The steps of a program that come before its first cohort, and what people are to read."""
    make_published(program)
    make_goal(program)
    make_sponsor(program)
    make_funding(program)
    make_owner(program)


def make_calendar(cohort):
    later = cohort.starts_on - date(2027, 1, 4)
    dates = {name: day + later for name, day in DATES.items()}
    Cohort.objects.filter(pk=cohort.pk).update(**dates)
    cohort.refresh_from_db()
    make_meetings(cohort.program, cohort.months)


def make_meetings(program, count):
    for number in range(1, count + 1):
        PlannedMeeting.objects.create(
            program=program, number=number, name=f"Meeting {number}", intent="To talk."
        )


def make_wishing(cohort, *topics, role="mentee", **fields):
    """Somebody who takes part and wants, or as a mentor offers, these topics."""
    kind = "wanted" if role == "mentee" else "offered"
    enrollment = make_enrollment(cohort, role, **fields)
    for name in topics:
        EnrollmentTopic.objects.create(enrollment=enrollment, topic=make_topic(name), kind=kind)
    return enrollment
