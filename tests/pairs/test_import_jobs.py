"""What becomes of a file of pairs between its upload and its end."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import make_cohort, make_enrollment, make_manager, make_person
from tests.pairs.organizations import manager_of
from tests.pairs.test_import_pairs import HEADER, row
from tests.pairs.test_runs import silent
from upwell.pairs.models import EarlierPair, Pair, PairsImport
from upwell.pairs.services import confirm_pairs_import, start_pairs_import
from upwell.pairs.services.import_jobs import read_pairs_file, write_pairs_file
from upwell.people.services import discard_import
from upwell.people.services.files import path_of
from upwell.programs.models import Staff

pytestmark = pytest.mark.django_db
State = PairsImport.State


@pytest.fixture
def cohort():
    return make_cohort(make_manager())


@pytest.fixture
def start(cohort, run_jobs):
    """An import of rows, read; without any, of a pair that continues and one that is over."""

    def start_rows(*rows):
        rows = rows or tuple(
            row(make_person(), make_person(), state) for state in ("current", "former")
        )
        file = SimpleUploadedFile("pairs.csv", "\n".join([HEADER, *rows]).encode())
        by = cohort.program.staff.order_by("pk")[0].person
        found = start_pairs_import(cohort, file, by=by)
        run_jobs()
        found.refresh_from_db()
        return found

    return start_rows


def confirm(found):
    confirm_pairs_import(found, by=found.created_by)


def state_of(found):
    found.refresh_from_db()
    return found.state


def counts():
    return Pair.objects.count(), EarlierPair.objects.count()


def test_a_file_is_shown_then_written_and_goes(start, run_jobs):
    found = start()
    assert (state_of(found), counts()) == (State.READY, (0, 0))
    assert path_of(found).exists()

    confirm(found)
    run_jobs()

    assert (state_of(found), found.preview, path_of(found).exists()) == (State.DONE, {}, False)
    assert (found.counts["continuing"], found.counts["earlier"], counts()) == (1, 1, (1, 1))


def test_the_preview_keeps_rows_names_and_days(start):
    mentor, mentee = make_person(name="Ada"), make_person(name="Ben")

    found = start(row(mentor, mentee, "former", "2025-07-11"), "Nobody,Ben,current,,")

    (earlier,) = found.preview["earlier"]
    assert earlier == {
        "row": 2,
        "mentor": "Ada",
        "mentee": "Ben",
        "since": "",
        "until": "2025-07-11",
    }
    (left_out,) = found.preview["left_out"]
    assert (left_out["row"], left_out["why"], left_out["who"]) == (3, "unknown", "Nobody")
    assert found.counts["needing"] == 1


def test_what_would_be_written_by_now_is_shown_again_first(start, run_jobs):
    make_person(name="Ada")
    make_person(name="Ben")
    found = start("Ada,Cleo,current,,", "Ada,Ben,current,,")
    make_person(name="Cleo")
    confirm(found)
    run_jobs()
    found.refresh_from_db()
    outdated = (
        found.state,
        counts(),
        found.preview["is_outdated"],
        len(found.preview["continuing"]),
    )

    confirm(found)
    run_jobs()

    assert outdated == (State.READY, (0, 0), True, 1)
    assert state_of(found) == State.DONE


def test_an_import_is_confirmed_once(start):
    found = start()
    confirm(found)

    with pytest.raises(ValidationError, match="moved on"):
        confirm(found)


def test_jobs_that_run_again_do_nothing(start, run_jobs):
    found = start()
    confirm(found)
    run_jobs()

    for job in (read_pairs_file, write_pairs_file):
        job(str(found.pk), report=silent)

    assert (state_of(found), counts()) == (State.DONE, (1, 1))


@pytest.mark.parametrize("loss", ["role", "part"])
def test_whoever_lost_the_cohort_meanwhile_writes_nothing(start, run_jobs, cohort, loss):
    found = start()
    confirm(found)
    if loss == "role":
        Staff.objects.all().delete()
    else:
        make_enrollment(cohort, person=found.created_by)
    run_jobs()

    assert (state_of(found), path_of(found).exists()) == (State.DISCARDED, False)
    assert counts() == (0, 0)


def test_an_import_given_up_while_it_is_written_changes_nothing(start):
    found = start()
    confirm(found)

    def give_up(progress):
        if progress == {"step": "writing"}:
            discard_import(found)

    write_pairs_file(str(found.pk), report=give_up)

    assert (state_of(found), counts()) == (State.DISCARDED, (0, 0))


def test_a_refusal_while_writing_leads_back_to_the_preview(start, cohort):
    found = start()
    confirm(found)

    def take_part(progress):
        if progress == {"step": "writing"}:
            make_enrollment(cohort, person=found.created_by)

    write_pairs_file(str(found.pk), report=take_part)

    assert (state_of(found), counts()) == (State.READY, (0, 0))
    assert "You take part in this cohort" in found.preview["refused"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("Name,Age\nAda,3\n", "no_mentor_column"), ("Mentor,Mentee\n", "no_pairs")],
)
def test_a_file_that_is_none_is_refused(cohort, run_jobs, text, code):
    file = SimpleUploadedFile("pairs.csv", text.encode())
    found = start_pairs_import(cohort, file, by=manager_of(cohort))
    run_jobs()

    assert state_of(found) == State.REFUSED
    assert found.preview["error"]["code"] == code


def test_a_file_that_is_gone_is_said(start, run_jobs):
    found = start()
    path_of(found).unlink()
    confirm(found)
    run_jobs()

    assert (state_of(found), found.preview["error"]["code"]) == (State.REFUSED, "not_found")
