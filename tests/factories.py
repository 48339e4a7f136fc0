"""Plain functions that make one valid thing each, from as little as a test cares about."""

from datetime import date
from itertools import count, pairwise

from django.utils import timezone

from upwell.pairs.models import Couple, EarlierPair, MatchRun, Pair
from upwell.people.models import Level, Person, ReportingLine, Role
from upwell.policy.values import same_name
from upwell.programs.models import (
    Cohort,
    Enrollment,
    Measure,
    OpenCall,
    Opening,
    Program,
    Staff,
    Topic,
    TopicName,
    Willing,
    WillingTopic,
)

_numbers = count(1)


def make_person(**fields):
    """Somebody in the directory; ``roles`` names what they hold in the organization."""
    roles = fields.pop("roles", ())
    number = next(_numbers)
    person = Person.objects.create(
        **{"name": f"Person {number}", "employee_id": f"X{number:05}"} | fields
    )
    for kind in roles:
        Role.objects.create(person=person, kind=kind)
    return person


def make_manager(**fields):
    """A program manager who can sign in."""
    number = next(_numbers)
    return make_person(
        **{"roles": ["program_manager"], "sign_in_email": f"manager{number}@example.com"} | fields
    )


def make_lines(*people, kind="solid"):
    """Each of these people reports to the next."""
    for person, manager in pairwise(people):
        ReportingLine.objects.create(person=person, manager=manager, kind=kind)


def make_level(name="Associate", height=None):
    taken = Level.objects.count()
    return Level.objects.get_or_create(name=name, defaults={"height": height or taken + 1})[0]


def make_program(manager=None, **fields):
    program = Program.objects.create(**{"name": f"Program {next(_numbers)}"} | fields)
    if manager:
        Role.objects.get_or_create(person=manager, kind=Role.Kind.PROGRAM_MANAGER)
        Staff.objects.create(program=program, person=manager, role=Staff.Role.PROGRAM_MANAGER)
    return program


def make_cohort(manager=None, *, gates=tuple(Opening.Gate), **fields):
    """One that has everything open, as cohorts that are older than gates; or these gates."""
    program = fields.pop("program", None) or make_program(manager)
    defaults = {"name": f"Cohort {next(_numbers)}", "starts_on": date(2026, 1, 1)}
    cohort = Cohort.objects.create(program=program, **defaults | fields)
    Opening.objects.bulk_create([Opening(cohort=cohort, gate=gate) for gate in gates])
    return cohort


def make_measure(program=None, **fields):
    """A figure that is to rise from 9 % to 15 %."""
    defaults = {"name": f"Measure {next(_numbers)}", "unit": "%", "baseline": 9, "target": 15}
    return Measure.objects.create(
        program=program or make_program(), **defaults | {"due_on": date(2031, 5, 1)} | fields
    )


def make_enrollment(cohort=None, role="mentor", **fields):
    """Somebody who has said that they take part; ``state`` for anything else."""
    cohort = cohort or make_cohort()
    person = fields.pop("person", None) or make_person()
    said = {"state": Enrollment.State.ENROLLED, "answered_at": timezone.now()}
    asked = {"state": Enrollment.State.ASKED, "answered_at": None}
    state = fields.get("state", Enrollment.State.ENROLLED)
    defaults = asked if state == Enrollment.State.ASKED else said
    return Enrollment.objects.create(cohort=cohort, person=person, role=role, **defaults | fields)


def make_call(program=None, **fields):
    return OpenCall.objects.create(program=program or make_program(), **fields)


def make_willing(program=None, role="mentor", *, topics=(), **fields):
    """Somebody on the roster of a program; ``topics`` with their strengths."""
    program, person = program or make_program(), fields.pop("person", None) or make_person()
    willing = Willing.objects.create(
        program=program, person=person, role=role, **{"when": "next"} | fields
    )
    for topic, strength in dict(topics).items():
        WillingTopic.objects.create(willing=willing, topic=topic, strength=strength)
    return willing


def make_topic(name="Generative AI at work", also=(), **fields):
    topic = Topic.objects.get_or_create(key=same_name(name), defaults={"name": name} | fields)[0]
    for one in (name, *also):
        TopicName.objects.get_or_create(key=same_name(one), defaults={"name": one, "topic": topic})
    return topic


def make_run(cohort=None, **fields):
    """A finished match run that found nothing."""
    cohort = cohort or make_cohort()
    defaults = {
        "number": cohort.runs.count() + 1,
        "state": MatchRun.State.DONE,
        "policy_json": cohort.program.policy_json,
        "read_on": date(2026, 1, 1),
        "started_by": fields.pop("by", None) or make_manager(),
    }
    return MatchRun.objects.create(cohort=cohort, **defaults | fields)


def make_pair(mentor=None, mentee=None, **fields):
    """A pair of two people of one cohort, without their places."""
    run = fields.pop("run", None) or make_run()
    pair = Pair.objects.create(cohort=run.cohort, run=run, **fields)
    Couple.objects.create(pair=pair, mentor=mentor or make_person(), mentee=mentee or make_person())
    return pair


def make_earlier_pair(mentor=None, mentee=None, **fields):
    """A pair of a program from before it came to Upwell."""
    return EarlierPair.objects.create(
        program=fields.pop("program", None) or make_program(),
        mentor=mentor or make_person(),
        mentee=mentee or make_person(),
        **fields,
    )
