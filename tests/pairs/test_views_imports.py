"""The pages of a file of pairs, and of the earlier pairs that are kept apart."""

import html as markup

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from tests.factories import (
    make_cohort,
    make_earlier_pair,
    make_enrollment,
    make_manager,
    make_person,
)
from tests.pairs.test_import_pairs import HEADER, row
from upwell.delivery.models import Job
from upwell.pairs.models import EarlierPair, Pair, PairsImport
from upwell.pairs.views.import_words import reasons_left_out, sample_rows
from upwell.sheets import limits
from upwell.sheets.pairs import read_pairs

pytestmark = pytest.mark.django_db
State = PairsImport.State


@pytest.fixture
def manager(client):
    """A program manager, signed in."""
    person = make_manager()
    client.force_login(person)
    return person


@pytest.fixture
def cohort(manager):
    return make_cohort(manager, name="Spring")


def url(name, found):
    return reverse(f"pairs:pairs_{name}", args=[found.pk])


def send(client, cohort, *rows):
    file = SimpleUploadedFile("old.csv", "\n".join([HEADER, *rows]).encode())
    return client.post(url("import", cohort), {"file": file})


@pytest.fixture
def read(client, cohort, run_jobs):
    """The import of rows that were sent and read."""

    def read_rows(*rows):
        send(client, cohort, *rows)
        run_jobs()
        return PairsImport.objects.latest("created_at")

    return read_rows


def html(client, address):
    return " ".join(markup.unescape(client.get(address).content.decode()).split())


def some(state="current", **fields):
    return row(make_person(**fields), make_person(), state)


def test_the_page_of_the_cohort_leads_to_the_file(client, cohort):
    page = html(client, cohort.get_absolute_url())

    assert f'href="{url("import", cohort)}">Pairs you already have</a>' in page
    assert "Download a small sample" in html(client, url("import", cohort))


def test_nothing_is_written_before_the_preview_is_confirmed(client, cohort, read, run_jobs):
    found = read(some(), some("former"), some("former"), "Nobody,No one,current,,")
    preview = html(client, found.get_absolute_url())

    assert "1 pair continues, 2 earlier pairs are kept apart, 1 row needs you" in preview
    assert "Nobody in the directory goes by “Nobody”." in preview
    assert (Pair.objects.count(), EarlierPair.objects.count()) == (0, 0)

    client.post(url("confirm", found))
    run_jobs()

    assert (Pair.objects.count(), EarlierPair.objects.count()) == (1, 2)
    result = html(client, found.get_absolute_url())
    assert "1 pair continues, 2 earlier pairs are kept apart, 1 row needs you" in result
    assert reverse("pairs:earlier_list", args=[cohort.pk]) in result


def test_the_same_file_again_has_nothing_to_confirm(client, read, run_jobs):
    rows = some(), some("former")
    client.post(url("confirm", read(*rows)))
    run_jobs()

    found = read(*rows)
    page = html(client, found.get_absolute_url())

    assert "The file would change nothing in Spring" in page
    assert "1 pair is here already." in page
    assert "1 earlier pair is kept apart already." in page
    assert url("confirm", found) not in page


def test_cells_that_cannot_be_read_are_named_with_their_row(client, read):
    found = read(some("current"), some("paused"))
    page = html(client, found.get_absolute_url())

    assert "1 pair continues, 1 row needs you" in page
    assert "The state is neither current nor former" in page


def test_a_file_without_the_columns_says_what_is_missing(client, cohort, run_jobs):
    file = SimpleUploadedFile("old.csv", b"Name,Age\nAda,3\n")
    client.post(url("import", cohort), {"file": file})
    run_jobs()
    found = PairsImport.objects.get()

    page = html(client, found.get_absolute_url())

    assert "This file cannot be used as it is" in page
    assert "Choose another file" in page
    assert url("confirm", found) not in page


def test_no_file_and_one_too_large_are_said(client, cohort, monkeypatch):
    assert "Please choose a file." in html_of(client.post(url("import", cohort)))

    monkeypatch.setattr(limits, "FILE", 10)
    assert "The file is too large" in html_of(send(client, cohort, "x" * 5_000))
    assert not PairsImport.objects.exists()


def html_of(response):
    return markup.unescape(response.content.decode())


def test_the_progress_is_shown_and_ends_with_the_page(client, cohort, run_jobs):
    send(client, cohort, some())
    found = PairsImport.objects.get()

    assert "Waiting for the worker" in html(client, found.get_absolute_url())
    run_jobs()
    response = client.get(found.get_absolute_url(), headers={"hx-request": "true"})
    assert response.headers["HX-Refresh"] == "true"


def test_a_job_that_gave_up_can_be_tried_again(client, cohort):
    send(client, cohort, some())
    found = PairsImport.objects.get()
    Job.objects.update(state=Job.State.FAILED)
    assert "The work stopped before its end" in html(client, found.get_absolute_url())

    client.post(url("retry", found))

    assert Job.objects.filter(state=Job.State.WAITING, target=str(found.pk)).count() == 1


def test_an_import_given_up_leads_back(client, cohort, read):
    found = read(some())

    response = client.post(url("discard", found))

    assert response.url == url("import", cohort)
    assert client.get(found.get_absolute_url()).url == url("import", cohort)
    assert client.post(url("confirm", found), follow=True).status_code == 200
    assert not Pair.objects.exists()


@pytest.mark.parametrize("name", ["preview", "confirm", "discard", "retry"])
@pytest.mark.parametrize("who", ["another manager", "one who takes part"])
def test_imports_are_only_for_who_brought_them(client, cohort, read, name, who):
    found = read(some())
    if who == "one who takes part":
        make_enrollment(cohort, person=found.created_by)
    else:
        client.force_login(make_manager())
    method = client.get if name == "preview" else client.post

    assert method(url(name, found)).status_code == 404


@pytest.mark.parametrize("name", ["pairs_import", "pairs_sample", "earlier_list"])
def test_pages_of_other_cohorts_are_not_there(client, manager, name):
    assert client.get(reverse(f"pairs:{name}", args=[make_cohort().pk])).status_code == 404


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_sample_is_a_file_that_is_read(client, cohort, manager, tmp_path, language):
    manager.own_language = language
    manager.save()
    path = tmp_path / "sample.csv"
    path.write_bytes(client.get(url("sample", cohort)).content)

    reading = read_pairs(path)

    assert [pair.state for pair in reading.pairs] == ["current", "former", "former"]
    assert [one.field for one in reading.columns] == ["mentor", "mentee", "state", "since", "until"]
    assert reading.problem_count == 0
    with override(language):
        assert len([*sample_rows()]) == 4


def test_every_reason_has_its_sentence():
    codes = {"unknown", "ambiguous", "one", "left", "oneself", "apart", "twice", "already"}

    assert reasons_left_out().keys() == codes | {"elsewhere", "role", "level", "out", "place"}


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_costs_the_same_for_any_number_of_rows(
    client, read, count, django_assert_num_queries
):
    found = read(*(some(state) for state in ("current", "former") for _ in range(count)))
    client.get(found.get_absolute_url())

    with django_assert_num_queries(6):
        client.get(found.get_absolute_url())


@pytest.mark.parametrize("count", [1, 3])
def test_earlier_pairs_cost_the_same_for_any_number(
    client, cohort, count, django_assert_num_queries
):
    pairs = [make_earlier_pair(program=cohort.program) for _ in range(count)]
    client.get(reverse("pairs:earlier_list", args=[cohort.pk]))

    with django_assert_num_queries(8):
        response = client.get(reverse("pairs:earlier_list", args=[cohort.pk]))

    assert {*response.context["page"]} == {*pairs}


def test_earlier_pairs_are_found_by_name_and_only_those_of_the_program(client, cohort):
    make_earlier_pair(make_person(name="Ada Fern"), program=cohort.program)
    make_earlier_pair(make_person(name="Ben Reed"), program=cohort.program)
    make_earlier_pair(make_person(name="Ada Elsewhere"))

    page = html(client, reverse("pairs:earlier_list", args=[cohort.pk]) + "?q=ada")

    assert "1 earlier pair found" in page
    assert "Ada Fern" in page
    assert "Ben Reed" not in page
    assert "Ada Elsewhere" not in page


def test_a_wrong_earlier_pair_is_removed(client, cohort):
    mentor = make_person(name="Ada Fern")
    pair = make_earlier_pair(mentor, make_person(name="Ben Reed"), program=cohort.program)

    address = reverse("pairs:earlier_remove", args=[cohort.pk, pair.pk])
    response = client.post(address, follow=True)

    assert "Ada Fern and Ben Reed may be paired from the next run on." in html_of(response)
    assert "No earlier pairs yet" in html_of(response)
    assert not EarlierPair.objects.exists()


@pytest.mark.parametrize("whose", ["another program", "another manager"])
def test_earlier_pairs_of_others_are_not_removed(client, cohort, whose):
    other = make_cohort()
    pair = make_earlier_pair(program=other.program)
    at = cohort if whose == "another program" else other

    response = client.post(reverse("pairs:earlier_remove", args=[at.pk, pair.pk]))

    assert response.status_code == 404
    assert EarlierPair.objects.count() == 1
