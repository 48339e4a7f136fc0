"""What becomes of a file of topics between its upload and its end."""

import os
import time
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.factories import make_cohort, make_manager, make_person
from upwell.people.services import discard_import
from upwell.people.services.files import KEPT, path_of, remove_old_files
from upwell.programs import services
from upwell.programs.models import EnrollmentTopic, TopicsImport
from upwell.programs.services.topics_jobs import read_topics, write_topics

pytestmark = pytest.mark.django_db
State = TopicsImport.State
HEADER = "Employee ID,Name,Topics offered,Capacity\n"


@pytest.fixture
def cohort():
    return make_cohort()


@pytest.fixture
def by(cohort):
    manager = make_manager()
    services.add_manager(cohort.program, manager, by=manager)
    return manager


@pytest.fixture
def start(cohort, by, run_jobs):
    """An import of a text about a mentor with the ID A1, read."""

    def start_text(text=f"{HEADER}A1,One,Games,\n"):
        services.enroll(cohort, [make_person(employee_id="A1")], role="mentor", by=by)
        file = SimpleUploadedFile("topics.csv", text.encode())
        found = services.start_topics_import(cohort, file, is_adding=False, by=by)
        run_jobs()
        found.refresh_from_db()
        return found

    return start_text


def state_of(found):
    found.refresh_from_db()
    return found.state


def test_the_file_is_kept_for_its_owner_alone_and_goes_with_the_end(start, run_jobs):
    found = start()
    path = path_of(found)
    modes = oct(path.stat().st_mode)[-3:], oct(path.parent.stat().st_mode)[-3:]

    services.confirm_topics_import(found, by=found.created_by)
    run_jobs()

    assert modes == ("600", "700")
    assert (state_of(found), found.preview, path.exists()) == (State.DONE, {}, False)


def test_an_import_is_confirmed_once(start):
    found = start()
    services.confirm_topics_import(found, by=found.created_by)

    with pytest.raises(ValidationError, match="moved on"):
        services.confirm_topics_import(found, by=found.created_by)


def test_jobs_that_run_again_do_nothing(start, run_jobs):
    found = start()
    services.confirm_topics_import(found, by=found.created_by)
    run_jobs()
    rows = set(EnrollmentTopic.objects.values_list())

    for job in (read_topics, write_topics):
        job(str(found.pk), report=lambda progress: None)

    assert state_of(found) == State.DONE
    assert set(EnrollmentTopic.objects.values_list()) == rows


def test_whoever_lost_the_cohort_meanwhile_writes_nothing(start, run_jobs, by):
    found = start()
    services.confirm_topics_import(found, by=found.created_by)
    by.roles.all().delete()
    run_jobs()

    assert (state_of(found), path_of(found).exists()) == (State.DISCARDED, False)
    assert not EnrollmentTopic.objects.exists()


def test_an_import_given_up_while_it_is_written_changes_nothing(start):
    found = start()
    services.confirm_topics_import(found, by=found.created_by)

    def give_up(progress):
        if progress == {"step": "writing"}:
            discard_import(found)

    write_topics(str(found.pk), report=give_up)

    assert (state_of(found), found.preview) == (State.DISCARDED, {})
    assert not EnrollmentTopic.objects.exists()


def test_a_file_that_is_gone_is_said(start, run_jobs):
    found = start()
    path_of(found).unlink()
    services.confirm_topics_import(found, by=found.created_by)
    run_jobs()

    assert (state_of(found), found.preview["error"]["code"]) == (State.REFUSED, "not_found")


def test_imports_that_nobody_confirms_end_with_their_files(start):
    found = start()
    TopicsImport.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    old = time.time() - KEPT.total_seconds() - 1
    os.utime(path_of(found), (old, old))

    remove_old_files()

    assert (state_of(found), found.preview, path_of(found).exists()) == (
        State.DISCARDED,
        {},
        False,
    )


def test_young_files_and_living_imports_stay(start):
    found = start()
    stray = path_of(found).with_name("stray.file")
    stray.write_text("x")

    remove_old_files()

    assert (state_of(found), stray.exists(), path_of(found).exists()) == (
        State.READY,
        True,
        True,
    )
