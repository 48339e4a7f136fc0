"""What launches the programs of the made-up organization: one is through, one in preparation."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.desk.services import open_gate
from upwell.people.models import Person
from upwell.programs.models import (
    Approach,
    Cohort,
    Expense,
    Funding,
    Measure,
    Opening,
    PlannedMeeting,
    Program,
    Reading,
    Sponsor,
    Staff,
)
from upwell.programs.services import create_program, open_cohort

SECOND = "A career for everybody"
SECOND_GOAL = "Leaders learn first-hand what keeps colleagues from growing here, and change it."
MEETINGS = (
    ("Who we are", "Getting to know each other: how you came here, what surprises you."),
    ("A day in my work", "What a working day of each of the two is like."),
    ("One topic in depth", "The mentor shows, the mentee tries."),
    ("See it together", "A visit to where the topic happens."),
    ("Decide", "What the mentee does differently from now on."),
    ("Close or continue", "Looking back, thanks, and what comes next."),
)
MEASURES = (
    ("Customers under 30", "percent of sales", 11, 15, 12),
    ("Ideas tried that came from a pair", "ideas", 0, 12, 3),
    ("Leaders who use what young customers use", "percent", 20, 60, 28),
)


def back(cohort: Cohort, manager: Person, today: date) -> None:
    """Everything of the ten steps that Upwell has a place for, before anybody takes part."""
    program = cohort.program
    set_goal(program, "younger_customers", "Growth with customers under 30", today)
    first, second, third = leaders(3)
    add_sponsor(program, second, manager, today)
    add_sponsor(program, third, manager, today, Sponsor.State.CONSIDERING)
    funding = Funding.objects.create(
        program=program,
        amount=Decimal(24_000),
        currency="EUR",
        approved_by=first,
        approved_on=today - timedelta(days=70),
        basis="Two hours a month of everybody in a pair, and a kick-off in three offices.",
    )
    Expense.objects.create(
        funding=funding,
        spent_on=today - timedelta(days=10),
        amount=Decimal(3_100),
        what="Rooms of the kick-off",
        recorded_by=manager,
    )
    appoint(program, today)
    set_dates(cohort, today)


def leaders(count: int) -> list[Person]:
    """The most senior people, of one height by name."""
    return list(Person.objects.active().order_by("-level__height", "name", "pk")[:count])


def set_goal(program: Program, kind: str, initiative: str, today: date) -> None:
    program.goal_kind, program.initiative = kind, initiative
    program.save(update_fields=["goal_kind", "initiative"])
    for name, unit, baseline, target, reading in MEASURES:
        measure = Measure.objects.create(
            program=program,
            name=name,
            unit=unit,
            baseline=baseline,
            target=target,
            due_on=date(today.year + 1, 12, 31),
        )
        for days, value in ((60, baseline), (5, reading)):
            taken_on = today - timedelta(days=days)
            Reading.objects.create(measure=measure, taken_on=taken_on, value=value)


def add_sponsor(
    program: Program,
    person: Person,
    by: Person,
    today: date,
    answer: Sponsor.State = Sponsor.State.COMMITTED,
) -> None:
    """One who was asked by e-mail, thought about it, and said this in a talk."""
    sponsor = Sponsor.objects.create(program=program, person=person, unit=person.unit, state=answer)
    for days, way, said in (
        (80, Approach.Way.EMAIL, Sponsor.State.CONSIDERING),
        (73, Approach.Way.TALK, answer),
    ):
        Approach.objects.create(
            sponsor=sponsor, made_on=today - timedelta(days=days), made_by=by, way=way, answer=said
        )


def appoint(program: Program, today: date) -> None:
    """An executive owner, and two concern contacts outside the lines of most who take part."""
    at = timezone.now() - timedelta(days=60)
    owner = leaders(4)[-1]
    contacts = Person.objects.active().filter(level__name="Manager", staffed=None, roles=None)
    places = [(owner, Staff.Role.EXECUTIVE_OWNER, 1)]
    places += [
        (person, Staff.Role.CONCERN_CONTACT, number)
        for number, person in enumerate(contacts.order_by("name", "pk")[:2], start=1)
    ]
    for person, role, place in places:
        Staff.objects.create(
            program=program, person=person, role=role, place=place, asked_at=at, accepted_at=at
        )


def set_dates(cohort: Cohort, today: date) -> None:
    """All dates from six weeks ago on, and six meetings. The mentors' own sessions are there."""
    start = cohort.starts_on
    matches_on = min(today, start)
    cohort.mentees_from = matches_on - timedelta(days=42)
    cohort.mentors_from = matches_on - timedelta(days=28)
    cohort.enrolls_until = matches_on - timedelta(days=7)
    cohort.matches_on = matches_on
    cohort.midpoint_on = start + timedelta(days=91)
    cohort.save()
    for number, (name, intent) in enumerate(MEETINGS, start=1):
        PlannedMeeting.objects.create(
            program=cohort.program, number=number, name=name, intent=intent
        )


def open_gates(cohort: Cohort, manager: Person) -> None:
    """For the reason that is true: nobody of this organization exists."""
    reason = _("Everybody here is made up, so nobody needs guidelines or training.")
    for gate in Opening.Gate:
        open_gate(cohort, gate, reason=reason, by=manager)


def prepare_second(manager: Person, today: date) -> Cohort:
    """A program with goal, sponsor and dates; money, owner and people are still to come."""
    program = create_program(name=SECOND, goal=SECOND_GOAL, by=manager)
    set_goal(program, "inclusion", "An organization in which everybody can rise", today)
    add_sponsor(program, leaders(1)[0], manager, today)
    starts_on = (today.replace(day=1) + timedelta(days=125)).replace(day=1)
    cohort = open_cohort(program, name=_("Pilot cohort"), starts_on=starts_on, months=6, by=manager)
    set_dates(cohort, today)
    return cohort
