"""The made-up organization, brought to a published match the way a program manager would do it."""

from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from upwell.delivery.jobs import run_job
from upwell.demo.backgrounds import tell_backgrounds
from upwell.demo.call import call_for
from upwell.demo.enrolling import half_enroll, settle
from upwell.demo.launch import back, open_gates, prepare_second
from upwell.demo.learning import learn, publish
from upwell.demo.mending import mend_one
from upwell.demo.studio import match_next
from upwell.pairs.models import MatchRun
from upwell.pairs.services import publish_run, start_run
from upwell.people.models import Person, Role
from upwell.people.services.directory import bring_in
from upwell.people.sign_in import set_address
from upwell.policy import Policy
from upwell.programs.models import Cohort, Program
from upwell.programs.services import (
    create_program,
    enroll,
    import_topics,
    open_cohort,
    read_topics_file,
    save_policy,
    work_out,
)
from upwell.sheets import read_people

MENTORS, MENTEES = ("Associate", "Individual Contributor"), ("Director", "VP", "SVP", "C-suite")
SIDES = {
    "objective": "fair",
    "mentors": {"levels": MENTORS},
    "mentees": {"levels": MENTEES},
}
EVERY = 25  # of so many mentors one cannot sign in yet
PROGRAM = "Closer to younger customers"
GOAL = "Leaders learn from the newest colleagues how customers under 30 choose, buy and complain."


def load(table: Path, *, today: date) -> MatchRun:
    """Import a table of people, launch a program, match its cohort and publish it.

    The next cohort is being matched, and a second program is in preparation. The database is an
    empty one.
    """
    reading = read_people(table, today=today)
    bring_in(reading, is_whole=True)
    manager = staffed("People", Role.Kind.PROGRAM_MANAGER)
    staffed("Data and Analytics", Role.Kind.DIRECTORY_ADMINISTRATOR)
    cohort = make_cohort(manager, today)
    back(cohort, manager, today)
    publish(cohort, manager)
    enroll_sides(cohort, manager)
    import_topics(cohort, read_topics_file(table), by=manager)
    settle(cohort)
    tell_backgrounds(cohort)
    let_people_sign_in(cohort)
    learn(cohort, today)
    open_gates(cohort, manager)
    run = start_run(cohort, by=manager)
    run_job(str(run.job_id))
    run.refresh_from_db()
    publish_run(run, by=manager)
    mend_one(cohort, by=manager)
    work_out(cohort)
    match_next(cohort, table, today, by=manager)
    second = prepare_second(manager, today)
    save_policy(second.program, Policy.from_values(SIDES), by=manager)
    levels = {"mentor": MENTORS, "mentee": MENTEES}
    half_enroll(second, manager, levels=levels)
    tell_backgrounds(second)
    call_for(second, manager, levels=levels)
    run.refresh_from_db()
    return run


def staffed(unit: str, kind: Role.Kind) -> Person:
    """Give a role to a manager of this unit, who takes no part in any cohort."""
    choice = Person.objects.filter(level__name__in=("Manager", "Senior"))
    person: Person | None = (
        choice.filter(unit__name=unit).order_by("level__height", "name").last() or choice.last()
    )
    if person is None:
        raise ValueError("The organization is too small to have anybody for a role.")
    Role.objects.create(person=person, kind=kind)
    set_address(person, person.contact_email)
    return person


def make_cohort(manager: Person, today: date) -> Cohort:
    program: Program = create_program(
        name=PROGRAM, goal=GOAL, goal_kind=Program.Kind.CUSTOMERS, by=manager
    )
    save_policy(program, Policy.from_values(SIDES), by=manager)
    starts_on = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return open_cohort(program, name=_("First cohort"), starts_on=starts_on, months=6, by=manager)


def enroll_sides(cohort: Cohort, manager: Person) -> None:
    for role, levels in (("mentor", MENTORS), ("mentee", MENTEES)):
        people = Person.objects.active().filter(level__name__in=levels)
        enroll(cohort, people, role=role, by=manager)


@transaction.atomic
def let_people_sign_in(cohort: Cohort) -> None:
    """Let nearly everybody sign in with their address, as an administrator would.

    A few mentors wait for it, as a few always do.
    """
    mentors = Person.objects.filter(enrollments__in=cohort.enrollments.mentors())
    waiting = mentors.order_by("name", "pk").values_list("pk", flat=True)[EVERY - 1 :: EVERY]
    people = Person.objects.filter(enrollments__cohort=cohort, sign_in_email__isnull=True)
    for person in people.exclude(pk__in=list(waiting)):
        set_address(person, person.contact_email)
