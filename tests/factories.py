"""Plain functions that make one valid thing each, from as little as a test cares about."""

from datetime import date
from itertools import count

import numpy as np

from upwell.matching.problem import (
    FORBIDDEN,
    MATRIX_FORBIDDEN,
    Affinity,
    Exclusion,
    Matrix,
    Problem,
    Table,
)
from upwell.pairs.models import Couple, MatchRun, Pair
from upwell.people.models import Level, Person, Role
from upwell.policy.policy import same_name
from upwell.programs.models import Cohort, Enrollment, Program, Staff, Topic

_numbers = count(1)


def make_ids(prefix, count):
    return [f"{prefix}{number}" for number in range(count)]


def make_problem(scores, allowed=None, **options):
    """A problem given as a matrix of scores and one of allowed pairs."""
    scores = np.asarray(scores)
    if allowed is not None:
        scores = np.where(allowed, scores, MATRIX_FORBIDDEN)
    n, m = scores.shape
    return Problem(make_ids("a", n), make_ids("b", m), [Matrix("fit", scores)], **options)


def make_random_matrix(random, *, largest=9):
    """Scores and allowed pairs of a small random size, often rectangular and full of ties."""
    n, m = random.integers(1, largest + 1, 2)
    span = random.choice([0, 1, 3, 50, 1_000_000])
    density = random.choice([0.15, 0.5, 1.0])
    return random.integers(-span // 2, span + 1, (n, m)), random.random((n, m)) < density


def make_feature_problem(random, n=30, m=20, **options):
    """A problem with a criterion and a rule of every kind."""
    languages = np.where(random.random((4, 5)) < 0.2, FORBIDDEN, 0)
    criteria = [
        Affinity("topics", random.integers(0, 4, (n, 6)), random.integers(0, 50, (m, 6))),
        Table("hours", *make_classes(random, n, m), random.integers(0, 90, (3, 7))),
        Table("unit", *make_classes(random, n, m), np.eye(3, 7, dtype=int) * 40, is_private=True),
        Table("language", random.integers(0, 4, n), random.integers(0, 5, m), languages),
    ]
    lines = np.column_stack([random.integers(0, n, n), random.integers(0, m, n)])
    options = {"exclusions": [Exclusion("line", lines, is_private=True)]} | options
    return Problem(make_ids("a", n), make_ids("b", m), criteria, **options)


def make_classes(random, n, m):
    return random.integers(0, 3, n), random.integers(0, 7, m)


def make_person(**fields):
    """Somebody in the directory; ``roles`` names what they hold in the organization."""
    roles = fields.pop("roles", ())
    number = next(_numbers)
    person = Person.objects.create(
        **{"name": f"Person {number}", "employee_id": f"E{number:05}"} | fields
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


def make_level(name="Associate", height=None):
    taken = Level.objects.count()
    return Level.objects.get_or_create(name=name, defaults={"height": height or taken + 1})[0]


def make_program(manager=None, **fields):
    program = Program.objects.create(**{"name": f"Program {next(_numbers)}"} | fields)
    if manager:
        Staff.objects.create(program=program, person=manager, role=Staff.Role.PROGRAM_MANAGER)
    return program


def make_cohort(manager=None, **fields):
    program = fields.pop("program", None) or make_program(manager)
    defaults = {"name": f"Cohort {next(_numbers)}", "starts_on": date(2026, 1, 1)}
    return Cohort.objects.create(program=program, **defaults | fields)


def make_enrollment(cohort=None, role="mentor", **fields):
    cohort = cohort or make_cohort()
    person = fields.pop("person", None) or make_person()
    return Enrollment.objects.create(cohort=cohort, person=person, role=role, **fields)


def make_topic(name="Generative AI at work"):
    return Topic.objects.get_or_create(key=same_name(name), defaults={"name": name})[0]


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
