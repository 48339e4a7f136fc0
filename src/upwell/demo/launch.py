"""What launches the programs of the made-up organization: one is through, one in preparation."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.desk.services import open_gate
from upwell.learning.models import TextKind
from upwell.learning.services import publish_texts
from upwell.people.models import Person
from upwell.programs import services
from upwell.programs.goal_templates import goal_templates
from upwell.programs.models import Approach, Cohort, Opening, Program, Sponsor, Staff

MATCHES_IN = timedelta(days=25)  # the second, whose enrollment is under way
SECOND = "A career for everybody"
SECOND_GOAL = "Leaders learn first-hand what keeps colleagues from growing here, and change it."
BACKGROUND = 20
FIGURES = {
    Program.Kind.CUSTOMERS: ((11, 15, 12), (48, 60, 51), (0, 12, 3)),
    Program.Kind.INCLUSION: ((64, 72, 64), (0, 10, 0)),
}
"""Baseline, target and the latest reading of each measure that fits the goal."""


def back(cohort: Cohort, manager: Person, today: date) -> None:
    """Everything of the ten steps that Upwell has a place for, before anybody takes part."""
    program = cohort.program
    measure(program, today, by=manager)
    first, second, third = leaders(3)
    win_sponsor(program, second, today, by=manager)
    win_sponsor(program, third, today, by=manager, answer=Sponsor.State.CONSIDERING)
    funding = services.save_funding(
        program,
        amount=Decimal(24_000),
        currency="EUR",
        approved_by=first,
        approved_on=today - timedelta(days=70),
        basis="Two hours a month of everybody in a pair, and a kick-off in three offices.",
        by=manager,
    )
    services.add_expense(
        funding,
        spent_on=today - timedelta(days=10),
        amount=Decimal(3_100),
        what="Rooms of the kick-off",
        by=manager,
    )
    appoint(program, today)
    set_dates(cohort, min(today, cohort.starts_on), by=manager)


def leaders(count: int) -> list[Person]:
    """The most senior people, of one height by name."""
    return list(Person.objects.active().order_by("-level__height", "name", "pk")[:count])


def measure(program: Program, today: date, *, by: Person) -> None:
    """The measures that fit the goal, each read twice."""
    kind = Program.Kind(program.goal_kind)
    ideas = goal_templates()[kind].measures
    for idea, (baseline, target, reading) in zip(ideas, FIGURES[kind], strict=True):
        added = services.add_measure(
            program,
            name=idea.name,
            unit=idea.unit,
            baseline=Decimal(baseline),
            target=Decimal(target),
            due_on=date(today.year + 1, 12, 31),
            by=by,
        )
        for days, value in ((60, baseline), (5, reading)):
            taken_on = today - timedelta(days=days)
            services.add_reading(added, taken_on=taken_on, value=Decimal(value), by=by)


def win_sponsor(
    program: Program,
    person: Person,
    today: date,
    *,
    by: Person,
    answer: Sponsor.State = Sponsor.State.COMMITTED,
) -> None:
    """One who was asked by e-mail, thought about it, and said this in a talk."""

    def talk(days: int, way: Approach.Way, said: Sponsor.State) -> Approach:
        return Approach(made_on=today - timedelta(days=days), made_by=by, way=way, answer=said)

    first = talk(80, Approach.Way.EMAIL, Sponsor.State.CONSIDERING)
    sponsor = services.add_sponsor(program, person, unit=person.unit, approach=first, by=by)
    services.record_approach(sponsor, talk(73, Approach.Way.TALK, answer), by=by)


def appoint(program: Program, today: date) -> None:
    """An executive owner, and two concern contacts outside the lines of most who take part."""
    owner = leaders(4)[-1]
    contacts = Person.objects.active().filter(level__name="Manager", staffed=None, roles=None)
    places = [(owner, Staff.Role.EXECUTIVE_OWNER, 1)]
    places += [
        (person, Staff.Role.CONCERN_CONTACT, number)
        for number, person in enumerate(contacts.order_by("name", "pk")[:2], start=1)
    ]
    for person, role, place in places:
        put(program, person, role, place)


def put(program: Program, person: Person, role: Staff.Role, place: int) -> None:
    """Somebody who was asked some weeks ago, and has accepted."""
    at = timezone.now() - timedelta(days=60)
    Staff.objects.create(
        program=program, person=person, role=role, place=place, asked_at=at, accepted_at=at
    )


def set_dates(cohort: Cohort, matches_on: date, *, by: Person) -> None:
    """All dates, from six weeks before the match on. The mentors' own sessions are there."""
    start = cohort.starts_on
    services.set_days(
        cohort,
        supervisions=cohort.supervisions.values_list("held_on", flat=True),
        mentees_from=matches_on - timedelta(days=42),
        mentors_from=matches_on - timedelta(days=28),
        enrolls_until=matches_on - timedelta(days=7),
        matches_on=matches_on,
        midpoint_on=start + timedelta(days=91),
        starts_on=start,
        months=cohort.months,
        by=by,
    )


def open_gates(cohort: Cohort, manager: Person) -> None:
    """Each by what is done; where something is missing, for the reason that is true."""
    reason = _("Everybody here is made up, so nobody waits for what is missing.")
    for gate in Opening.Gate:
        open_gate(cohort, gate, reason=reason, by=manager)


def prepare_second(manager: Person, today: date) -> Cohort:
    """A program with goal, sponsor, owner and dates; money and lessons are still to come."""
    program = services.create_program(
        name=SECOND, goal=SECOND_GOAL, goal_kind=Program.Kind.INCLUSION, by=manager
    )
    weigh_backgrounds(program, by=manager)
    measure(program, today, by=manager)
    win_sponsor(program, leaders(1)[0], today, by=manager)
    starts_on = (today.replace(day=1) + timedelta(days=125)).replace(day=1)
    cohort = services.open_cohort(
        program, name=_("Pilot cohort"), starts_on=starts_on, months=6, by=manager
    )
    set_dates(cohort, today + MATCHES_IN, by=manager)
    put(program, leaders(2)[-1], Staff.Role.EXECUTIVE_OWNER, 1)
    publish_texts(program, TextKind.GUIDELINES, by=manager)
    return cohort


def weigh_backgrounds(program: Program, *, by: Person) -> None:
    """Whom it is about are people whose lives have differed from those of its leaders."""
    preferences = program.policy.preferences.model_copy(update={"background": BACKGROUND})
    policy = program.policy.model_copy(update={"preferences": preferences})
    services.save_policy(program, policy, by=by)
