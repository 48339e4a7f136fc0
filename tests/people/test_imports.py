"""Imports from the upload to the end, with their jobs."""

import os
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories import make_manager, make_person
from tests.sheets.books import make_zip
from upwell.audit.models import AuditEntry
from upwell.delivery.models import Job
from upwell.people import services
from upwell.people.models import Directory, PeopleImport, Person
from upwell.people.services.files import path_of, remove_old_files
from upwell.sheets import Mapping

pytestmark = pytest.mark.django_db

HEADER = ["ID", "Name", "Level", "Salary"]
ANN, BO = ["1", "Ann", "Junior", "10"], ["2", "Bo", "Director", "20"]
State = PeopleImport.State


@pytest.fixture
def start(upload, run_jobs):
    """Starts an import and has its file read."""

    def start_import(*rows, kind="whole", by=None, **options):
        file = upload(*rows, **options)
        found = services.start_import(file, kind=kind, by=by or make_manager())
        run_jobs()
        found.refresh_from_db()
        return found

    return start_import


def confirm(found, run_jobs, leaving=None):
    services.confirm_import(found, leaving=leaving, by=found.created_by)
    run_jobs()
    found.refresh_from_db()
    return found


def test_an_upload_is_kept_where_nobody_else_may_read(upload, imports_folder):
    found = services.start_import(upload(HEADER, ANN), kind="part", by=make_manager())

    path = path_of(found)
    assert path.read_text().splitlines()[1] == "1,Ann,Junior,10"
    assert (imports_folder.stat().st_mode & 0o777, path.stat().st_mode & 0o777) == (0o700, 0o600)
    assert (found.state, Job.objects.get().cluster) == (State.READING, "long")


def test_a_file_read_is_ready_and_has_changed_nothing(start):
    found = start(HEADER, ANN, BO)

    assert found.state == State.READY
    assert found.counts["added"] == 2
    assert [column["state"] for column in found.preview["columns"]] == ["mapped"] * 3 + ["refused"]
    assert "10" not in str(found.preview["columns"][3])
    assert (Person.objects.filter(name="Ann").exists(), Directory.current().revision) == (False, 0)


def test_confirming_brings_people_in_and_removes_the_file(start, run_jobs):
    found = confirm(start(HEADER, ANN, BO), run_jobs)

    assert (found.state, found.preview, found.counts["added"]) == (State.DONE, {}, 2)
    assert Person.objects.filter(employee_id__in=["1", "2"]).count() == 2
    assert not path_of(found).exists()


def test_the_same_file_twice_is_done_and_writes_nothing(start, run_jobs):
    confirm(start(HEADER, ANN, BO), run_jobs)
    revision = Directory.current().revision

    found = confirm(start(HEADER, ANN, BO), run_jobs)

    assert (found.state, found.counts["unchanged"]) == (State.DONE, 2)
    assert Directory.current().revision == revision


def test_another_mapping_is_read_again(start, run_jobs):
    found = start(["Number", "Name", "Grade"], ["1", "Ann", "G1"])

    columns = {"id": "Number", "name": "Name", "title": "Grade"}
    services.change_mapping(found, Mapping(columns=columns), by=found.created_by)
    run_jobs()

    found.refresh_from_db()
    assert [column["field"] for column in found.preview["columns"]] == ["id", "name", "title"]


def test_more_leavers_than_agreed_to_lead_back_to_the_preview(start, run_jobs):
    make_person(employee_id="8")
    found = start(HEADER, ANN)
    make_person(employee_id="9")

    confirm(found, run_jobs, leaving=1)

    assert (found.state, found.counts["leaving"]) == (State.READY, 2)
    assert Person.objects.active().filter(employee_id__in=["8", "9"]).count() == 2
    confirm(found, run_jobs, leaving=2)
    assert (found.state, Person.objects.filter(left_at=None).count()) == (State.DONE, 2)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7\n" + bytes(200), "wrong_kind"),
        (b"", "empty"),
        (b"just some words\nand more of them\n", "no_table"),
        (bytes(range(256)) * 20, "binary"),
        (make_zip({"xl/workbook.xml": "<a/>", "big": "0" * 40_000_000}), "zip_bomb"),
    ],
)
def test_a_hostile_file_gets_a_clear_message_and_changes_nothing(start, content, code):
    found = start(content=content, name="people.xlsx")

    assert found.state == State.REFUSED
    assert found.preview["error"]["code"] == code
    assert Directory.current().revision == 0


def test_a_file_larger_than_allowed_is_refused(start, monkeypatch):
    monkeypatch.setattr("upwell.sheets.source.FILE", 10)

    found = start(HEADER, ANN)

    assert (found.state, found.preview["error"]["code"]) == (State.REFUSED, "file_too_large")


def test_a_mapping_that_does_not_fit_can_be_mended(start, run_jobs):
    found = start(HEADER, ANN)

    services.change_mapping(found, Mapping(columns={"id": "Nummer"}), by=found.created_by)
    run_jobs()
    found.refresh_from_db()
    assert (found.state, found.preview["error"]["code"]) == (State.REFUSED, "unknown_header")
    services.change_mapping(found, Mapping(columns={"id": "ID"}), by=found.created_by)
    run_jobs()

    found.refresh_from_db()
    assert (found.state, "error" in found.preview) == (State.READY, False)


def test_a_file_lost_meanwhile_is_named_without_its_place(start, run_jobs):
    found = start(HEADER, ANN)
    path_of(found).unlink()

    confirm(found, run_jobs)

    assert (found.state, found.preview["error"]["code"]) == (State.REFUSED, "not_found")
    assert found.preview["error"]["params"]["path"] == "people.csv"


def test_an_import_is_confirmed_once(start):
    found = start(HEADER, ANN)
    services.confirm_import(found, leaving=None, by=found.created_by)

    with pytest.raises(ValidationError, match="moved on"):
        services.confirm_import(found, leaving=None, by=found.created_by)

    assert Job.objects.filter(state=Job.State.WAITING).count() == 1


def test_discarding_removes_the_file_and_the_samples(start):
    found = start(HEADER, ANN)

    services.discard_import(found)

    found.refresh_from_db()
    assert (found.state, found.preview, path_of(found).exists()) == (State.DISCARDED, {}, False)


def test_an_import_given_up_while_it_waits_changes_nothing(start, run_jobs):
    found = start(HEADER, ANN)
    services.confirm_import(found, leaving=None, by=found.created_by)

    services.discard_import(found)
    run_jobs()

    assert not Person.objects.filter(name="Ann").exists()


def test_what_is_done_cannot_be_discarded(start, run_jobs):
    found = confirm(start(HEADER, ANN), run_jobs)

    with pytest.raises(ValidationError, match="moved on"):
        services.discard_import(found)


def test_a_job_delivered_twice_does_nothing_more(start, run_jobs):
    found = confirm(start(HEADER, ANN), run_jobs)
    revision = Directory.current().revision

    services.imports.apply_import(str(found.pk), report=print)
    services.imports.read_import(str(found.pk), report=print)

    found.refresh_from_db()
    assert (found.state, Directory.current().revision) == (State.DONE, revision)


def test_files_that_nobody_confirmed_are_removed_after_a_day(start):
    old, young = start(HEADER, ANN), start(HEADER, BO)
    stray = path_of(old).with_name("stray.file")
    stray.write_text("left behind")
    for path in stray, path_of(old):
        os.utime(path, (0, 0))
    path_of(young).with_name("just-uploaded.file").write_text("has no row yet")
    PeopleImport.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    remove_old_files()

    old.refresh_from_db()
    assert (old.state, old.preview) == (State.DISCARDED, {})
    kept = {path.name for path in stray.parent.iterdir()}
    assert kept == {path_of(young).name, "just-uploaded.file"}


def test_an_import_that_never_ended_is_given_up_after_two_days(start):
    stuck, busy = start(HEADER, ANN), start(HEADER, BO)
    for found, days in ((stuck, 1.1), (busy, 0.9)):
        PeopleImport.objects.filter(pk=found.pk).update(
            state=State.APPLYING, expires_at=timezone.now() - timedelta(days=days)
        )
        os.utime(path_of(found), (0, 0))

    remove_old_files()

    stuck.refresh_from_db()
    busy.refresh_from_db()
    assert (stuck.state, stuck.preview, busy.state) == (State.DISCARDED, {}, State.APPLYING)
    assert [path_of(found).exists() for found in (stuck, busy)] == [False, True]


def test_the_audit_log_names_who_confirmed_and_not_who_brought_the_file(start, run_jobs):
    found = start(HEADER, ANN, by=make_manager())
    administrator = make_person(roles=["directory_administrator"])

    services.confirm_import(found, leaving=None, by=administrator)
    run_jobs()

    assert AuditEntry.objects.get(event="people.directory.imported").by == str(administrator.pk)


def test_an_import_goes_on_where_another_asked_for_it_and_the_first_is_gone(start, run_jobs):
    found = start(HEADER, ANN, by=make_manager())
    services.confirm_import(found, leaving=None, by=make_manager())
    Person.objects.filter(pk=found.created_by_id).update(is_active=False)

    run_jobs()

    found.refresh_from_db()
    assert found.state == State.DONE
