"""A small organization at work, and the people who look at it: what the proofs walk through."""

from dataclasses import dataclass

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, get_resolver

from tests.factories import (
    make_cohort,
    make_enrollment,
    make_manager,
    make_pair,
    make_person,
    make_run,
)
from tests.pairs.organizations import load_demo, manager_of
from upwell.delivery.models import Job, OutboxMessage
from upwell.delivery.services import post
from upwell.pairs.models import Couple, MatchRun, Pair
from upwell.pairs.services import add_block, publish_run, start_run
from upwell.people.models import PeopleImport, Person
from upwell.people.services import start_import
from upwell.programs.models import Cohort, Enrollment, Program, Staff, TopicsImport
from upwell.programs.services import start_topics_import

TABLE = b"Employee ID,Name,Level\nE90001,Ada Fern,Associate\nE90002,Ben Reed,Director\n"
ANYBODY = frozenset({"everybody", "invited", "visitors"})
"""The audiences that need no sign-in."""


@dataclass(frozen=True)
class Persona:
    """Somebody who looks; ``audiences`` are those of the table that they are of, in this world.

    ``own`` holds the ids among the foreign ones that are not foreign to them.
    """

    name: str
    person: Person | None
    audiences: frozenset[str]
    own: frozenset[object] = frozenset()

    def __str__(self):
        return self.name


@dataclass(frozen=True)
class World:
    """``ids`` holds the row at hand for each model; ``foreign`` rows that belong elsewhere."""

    personas: list[Persona]
    ids: dict[type, object]
    foreign: dict[type, list[object]]


def make_world(run_jobs):
    """One program with a published cohort, another program beside it, and everybody who looks."""
    cohort, _people = load_demo(60)
    manager = manager_of(cohort)
    run = start_run(cohort, by=manager)
    run_jobs()
    run.refresh_from_db()
    publish_run(run, reason="Checked by hand.", by=manager)
    couple, other = Couple.objects.select_related("mentor", "mentee", "pair").order_by("pk")[:2]
    elsewhere = make_elsewhere()
    add_block(couple.mentor, other.mentee)
    staff = Staff.objects.create(
        program=cohort.program, person=make_manager(), role=Staff.Role.PROGRAM_MANAGER
    )
    ids = {
        Program: cohort.program_id,
        Cohort: cohort.pk,
        Enrollment: cohort.enrollments.get(person=couple.mentor).pk,
        MatchRun: run.pk,
        Pair: couple.pair_id,
        Person: couple.mentor_id,
        Staff: staff.person_id,
        PeopleImport: make_import(manager, run_jobs).pk,
        TopicsImport: make_topics_import(cohort, manager, run_jobs).pk,
        Job: run.job_id,
        OutboxMessage: OutboxMessage.objects.first().pk,
    }
    personas = look_at(cohort, couple, other, elsewhere[Program][0])
    foreign = {model: [row.pk for row in rows] for model, rows in elsewhere.items()}
    foreign[Pair].append(other.pair_id)
    return World(personas, ids, foreign)


def make_elsewhere():
    """Rows of every kind that belong to another program."""
    cohort = make_cohort(make_manager())
    manager = manager_of(cohort)
    stranger = make_person(contact_email="stranger@example.com")
    post("people/mail/second_factor_reset", to=stranger, context={"person": stranger, "by": None})
    run = make_run(cohort, by=manager)
    return {
        Program: [cohort.program],
        Cohort: [cohort],
        Enrollment: [make_enrollment(cohort, person=stranger)],
        MatchRun: [run],
        Pair: [make_pair(stranger, run=run)],
        Person: [stranger],
        Staff: [stranger],
        PeopleImport: [make_import(manager)],
        TopicsImport: [make_topics_import(cohort, manager)],
        Job: [Job.objects.create(service="upwell.pairs.services.compute_run", target=run.pk)],
        OutboxMessage: [OutboxMessage.objects.get(person=stranger)],
    }


def make_import(by, run_jobs=None):
    started = start_import(SimpleUploadedFile("people.csv", TABLE), kind="part", mapping="", by=by)
    if run_jobs:
        run_jobs()
    return started


def make_topics_import(cohort, by, run_jobs=None):
    file = SimpleUploadedFile("topics.csv", b"Employee ID,Topics offered\nE90001,Games\n")
    started = start_topics_import(cohort, file, is_adding=False, by=by)
    if run_jobs:
        run_jobs()
    return started


def look_at(cohort, couple, other, elsewhere):
    """Everybody whom the access table tells apart."""
    enrolled = make_manager()
    Staff.objects.create(program=cohort.program, person=enrolled, role=Staff.Role.PROGRAM_MANAGER)
    make_enrollment(cohort, person=enrolled)
    former = make_person(sign_in_email="former@example.com")
    Staff.objects.create(program=cohort.program, person=former, role=Staff.Role.PROGRAM_MANAGER)
    administrator = make_person(
        sign_in_email="administrator@example.com", roles=["directory_administrator"]
    )
    secure(administrator)
    left = make_manager(is_active=False)
    manages = {"program_managers", "program_manager"}
    return [
        Persona("anonymous", None, ANYBODY),
        Persona("left", left, ANYBODY),
        signed_in("bystander", make_person()),
        signed_in("former manager", former),
        signed_in("mentor", couple.mentor, "oneself", "pair_members"),
        signed_in("mentee", couple.mentee, "pair_members"),
        signed_in("mentor of another pair", other.mentor, own=[other.pair_id]),
        signed_in("manager elsewhere", manager_of(elsewhere.cohorts.get()), "program_managers"),
        signed_in("enrolled manager", enrolled, *manages),
        signed_in("manager", manager_of_first(cohort), "cohort_manager", "importer", *manages),
        signed_in("administrator", administrator, "directory_administrators", "with_second_factor"),
    ]


def secure(person):
    """Give somebody a password, an authenticator and recovery codes."""
    person.set_password("a long enough password")
    person.save()
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(person)


def manager_of_first(cohort):
    return cohort.program.staff.order_by("pk").first().person


def signed_in(name, person, *audiences, own=()):
    return Persona(name, person, ANYBODY | {"signed_in", *audiences}, frozenset(own))


def routes(patterns=None, namespace=""):
    """Every route of the resolver: its name with the namespace, and the names of its parameters."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            name = f"{namespace}{pattern.name or pattern.callback.__qualname__}"
            yield name, tuple(pattern.pattern.converters)
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, inner)
