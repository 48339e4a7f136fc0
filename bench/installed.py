"""An installation at work for measurements: a large organization, matched and published."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from upwell.demo import generate, write_csv
from upwell.policy import Policy

MENTORS = ("Associate", "Individual Contributor")
MENTEES = ("Manager", "Director", "VP", "SVP", "C-suite")
TODAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Installed:
    """``personas`` by name, None for nobody; ``ids`` holds the row at hand for each model."""

    folder: Path
    personas: dict[str, Any]
    ids: dict[type, object]

    def counts(self) -> str:
        from upwell.pairs.models import Pair  # noqa: PLC0415 -- needs the setup
        from upwell.people.models import Person  # noqa: PLC0415

        people, pairs = Person.objects.count(), Pair.objects.count()
        return f"{people:,} people, {pairs:,} pairs in the database"


@contextmanager
def installation(people: int, *, port: int = 8000) -> Iterator[Installed]:
    """Set Django up with the shipped settings in a folder of its own, and fill the database."""
    with prepared(port=port) as folder:
        yield fill(folder, people)


@contextmanager
def prepared(*, port: int = 8000) -> Iterator[Path]:
    """Set Django up with the shipped settings in a folder of its own; the database is empty."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        set_environment(folder, port)
        import django  # noqa: PLC0415 -- reads the variables

        django.setup()
        build()
        yield folder


def set_environment(folder: Path, port: int) -> None:
    for variable in [name for name in os.environ if name.startswith("UPWELL_")]:
        del os.environ[variable]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "upwell.settings",
        "UPWELL_ENV_FILE": "",
        "UPWELL_DATA_DIR": str(folder),
        "UPWELL_ORGANIZATION": "A large organization",
        "UPWELL_SECRET_KEY": secrets.token_urlsafe(50),
        "UPWELL_URL": f"http://localhost:{port}",
    }


def build() -> None:
    from django.core.management import call_command  # noqa: PLC0415 -- needs the setup

    from upwell.vault import masters, ring  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    masters.make_files(TODAY)
    masters.confirm(ring.master_keys())


def fill(folder: Path, people: int) -> Installed:
    """By the services that the pages call; files under way lie beside what was published."""
    from upwell.demo.loader import let_people_sign_in, staffed  # noqa: PLC0415 -- needs the setup
    from upwell.pairs.models import Couple  # noqa: PLC0415
    from upwell.people.models import Person, Role  # noqa: PLC0415
    from upwell.people.services.directory import bring_in  # noqa: PLC0415
    from upwell.sheets import read_people  # noqa: PLC0415

    table = folder / "people.csv"
    write_csv(generate(people, seed=1), table)
    bring_in(read_people(table, today=TODAY), is_whole=True)
    manager = staffed("People", Role.Kind.PROGRAM_MANAGER)
    administrator = staffed("Data and Analytics", Role.Kind.DIRECTORY_ADMINISTRATOR)
    run = matched(manager, table, let_people_sign_in)
    couple = Couple.objects.of_cohort(run.cohort).with_people().first()
    personas = {
        "nobody": None,
        "mentee": couple.mentee,
        "manager": manager,
        "administrator": administrator,
    }
    ids = rows_at_hand(run, couple, table, manager)
    ids[Person] = couple.mentor_id
    return Installed(folder, personas, ids)


def matched(manager: Any, table: Path, let_sign_in: Any) -> Any:
    """A published run of everybody on the two sides."""
    from upwell.delivery.jobs import run_job  # noqa: PLC0415 -- needs the setup
    from upwell.pairs.services import publish_run, start_run  # noqa: PLC0415

    cohort = cohort_of(manager, table, MENTORS, MENTEES)
    run = start_run(cohort, by=manager)
    run_job(str(run.job_id))
    run.refresh_from_db()
    let_sign_in(cohort)
    publish_run(run, by=manager)
    return run


def cohort_of(manager: Any, table: Path, mentors: tuple[str, ...], mentees: tuple[str, ...]) -> Any:
    """A cohort of everybody of these levels, open to be matched."""
    from upwell.demo.launch import open_gates  # noqa: PLC0415 -- needs the setup
    from upwell.people.models import Person  # noqa: PLC0415
    from upwell.programs import services as programs  # noqa: PLC0415

    program = programs.create_program(name="Closer to customers", by=manager)
    sides = {"mentors": {"levels": mentors}, "mentees": {"levels": mentees}}
    programs.save_policy(program, Policy.from_values(sides), by=manager)
    cohort = programs.open_cohort(
        program, name="April 2026", starts_on=date(2026, 4, 1), months=6, by=manager
    )
    for role, levels in (("mentor", mentors), ("mentee", mentees)):
        found = Person.objects.active().filter(level__name__in=levels, roles=None)
        programs.enroll(cohort, found, role=role, by=manager)
    programs.import_topics(cohort, programs.read_topics_file(table), by=manager)
    open_gates(cohort, manager)
    return cohort


def rows_at_hand(run: Any, couple: Any, table: Path, manager: Any) -> dict[type, object]:
    """One row of each model that an address names."""
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    from upwell.delivery.jobs import run_job  # noqa: PLC0415 -- needs the setup
    from upwell.delivery.models import Job, OutboxMessage  # noqa: PLC0415
    from upwell.pairs.models import MatchRun, Pair  # noqa: PLC0415
    from upwell.people.models import PeopleImport  # noqa: PLC0415
    from upwell.people.services import start_import  # noqa: PLC0415
    from upwell.programs.models import Cohort, Enrollment, Program, Staff, TopicsImport  # noqa: PLC0415
    from upwell.programs.services import start_topics_import  # noqa: PLC0415

    turned = table.read_text("utf-8").replace("Manager", "Lead Manager")
    upload = SimpleUploadedFile("people.csv", turned.encode())
    import_ = start_import(upload, kind="part", mapping="", by=manager)
    topics = start_topics_import(
        run.cohort,
        SimpleUploadedFile("topics.csv", table.read_bytes()),
        is_adding=False,
        by=manager,
    )
    for job in Job.objects.filter(state=Job.State.WAITING):
        run_job(str(job.pk))
    return {
        Program: run.cohort.program_id,
        Cohort: run.cohort_id,
        Enrollment: run.cohort.enrollments.get(person=couple.mentor).pk,
        MatchRun: run.pk,
        Pair: couple.pair_id,
        Staff: manager.pk,
        PeopleImport: import_.pk,
        TopicsImport: topics.pk,
        Job: run.job_id,
        OutboxMessage: OutboxMessage.objects.values_list("pk", flat=True).first(),
    }
