"""The pages of an import."""

import pytest
from django.urls import reverse

from tests.factories import make_manager, make_person
from tests.people.test_imports import ANN, BO, HEADER
from upwell.delivery.models import Job
from upwell.people import services
from upwell.people.models import PeopleImport, Person
from upwell.people.services.files import path_of
from upwell.sheets import limits

pytestmark = pytest.mark.django_db
START = "/people/import/"
State = PeopleImport.State


def url(name, found):
    return reverse(f"people:import_{name}", args=[found.pk])


def page(client, found):
    return client.get(found.get_absolute_url()).content.decode()


def test_a_file_goes_from_upload_to_the_list(client, manager, upload, run_jobs):
    started = client.post(START, {"file": upload(HEADER, ANN, BO), "kind": "whole"})
    run_jobs()
    preview = client.get(started["Location"]).content.decode()
    found = PeopleImport.objects.get()
    client.post(url("confirm", found), {"leaving": 0})
    run_jobs()
    end = client.get(found.get_absolute_url(), follow=True).content.decode()

    assert "2 rows: 2 people to work with, 0 who have left" in preview
    assert "Pay and bank details are never stored." in preview
    assert "2 people are new" in end
    assert Person.objects.filter(name="Ann").exists()


def test_the_page_says_what_is_going_on_and_works_without_script(client, manager, upload):
    found = services.start_import(upload(HEADER, ANN), kind="part", by=manager)

    html = page(client, found)

    assert "people.csv is being read" in html
    assert "Waiting for the worker" in html
    assert f'<a href="{found.get_absolute_url()}">Look again</a>' in html


def test_htmx_gets_the_progress_alone_and_then_the_page_anew(client, manager, upload, run_jobs):
    found = services.start_import(upload(HEADER, ANN), kind="part", by=manager)
    headers = {"hx-request": "true"}

    working = client.get(found.get_absolute_url(), headers=headers)
    run_jobs()
    ready = client.get(found.get_absolute_url(), headers=headers)

    assert working.content.decode().strip().startswith("<div")
    assert (ready.content, ready["HX-Refresh"]) == (b"", "true")


def test_a_job_that_failed_can_be_asked_for_again(client, manager, upload, run_jobs):
    found = services.start_import(upload(HEADER, ANN), kind="part", by=manager)
    client.post(url("retry", found))
    assert Job.objects.count() == 1

    Job.objects.update(state=Job.State.FAILED)
    html = page(client, found)
    client.post(url("retry", found))
    run_jobs()

    found.refresh_from_db()
    assert "The work stopped before its end" in html
    assert "every 1s" not in html
    assert found.state == State.READY


def test_columns_can_be_read_otherwise(client, read, run_jobs):
    found = read(["ID", "Name", "Grade"], ["1", "Ann", "A"])

    client.post(
        found.get_absolute_url(),
        {"column_0": "id", "column_1": "name", "column_2": "title", "left": "gone, away"},
    )
    run_jobs()

    found.refresh_from_db()
    assert [column["field"] for column in found.preview["columns"]] == ["id", "name", "title"]
    assert 'left = ["gone", "away"]' in found.mapping


def test_levels_can_be_put_in_another_order(client, read, run_jobs):
    found = read(HEADER, ANN, BO)
    assert (found.preview["levels"], found.preview["levels_guessed"]) == (
        ["Junior", "Director"],
        True,
    )

    fields = {"column_0": "id", "column_1": "name", "column_2": "level"}
    client.post(found.get_absolute_url(), fields | {"levels": "Director\r\n Junior \r\n"})
    run_jobs()

    found.refresh_from_db()
    assert (found.preview["levels"], found.preview["levels_guessed"]) == (
        ["Director", "Junior"],
        False,
    )


def test_an_order_that_was_only_guessed_stays_a_guess(client, read, run_jobs):
    found = read(HEADER, ANN, BO)

    fields = {"column_0": "id", "column_1": "name", "column_2": "level"}
    client.post(found.get_absolute_url(), fields | {"levels": "Junior\r\nDirector"})
    run_jobs()

    found.refresh_from_db()
    assert found.preview["levels_guessed"]


def test_offices_without_zone_can_be_given_one(client, read, run_jobs):
    found = read(["ID", "Name", "Office"], ["1", "Ann", "Nowhere"])
    fields = {"column_0": "id", "column_1": "name", "column_2": "office"}

    refused = client.post(found.get_absolute_url(), fields | {"office_0": "Moon/Base"})
    client.post(found.get_absolute_url(), fields | {"office_0": "Europe/Oslo"})
    run_jobs()

    found.refresh_from_db()
    assert "There is no such time zone." in refused.content.decode()
    assert found.preview["offices"] == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"column_0": "id", "column_1": "id"}, "“ID” and “Name” are both read as ID."),
        ({}, "Please map at least one column."),
        ({"column_0": "salary"}, "Select a valid choice."),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused(client, read, fields, said):
    found = read(HEADER, ANN)

    html = client.post(found.get_absolute_url(), fields).content.decode()

    assert said in html
    found.refresh_from_db()
    assert found.state == State.READY


def test_a_refused_column_cannot_be_mapped(client, read, run_jobs):
    found = read(HEADER, ANN)

    client.post(found.get_absolute_url(), {"column_0": "id", "column_3": "title"})
    run_jobs()

    found.refresh_from_db()
    assert "Salary" not in found.mapping


def test_many_leaving_need_a_yes_to_their_number(client, read, run_jobs):
    for number in range(3):
        make_person(name=f"Leaver {number}")
    found = read(HEADER, ANN)

    html = page(client, found)
    without = client.post(url("confirm", found), {"leaving": 3}, follow=True).content.decode()
    stale = client.post(url("confirm", found), {"leaving": 2, "is_agreed": "on"}, follow=True)
    assert Person.objects.filter(left_at=None).count() == 4
    client.post(url("confirm", found), {"leaving": 3, "is_agreed": "on"})
    run_jobs()

    assert "Yes, 3 people leave" in html
    assert all(f"Leaver {number}" in html for number in range(3))
    assert "Please say yes to the number of people who leave." in without
    assert "The numbers have changed." in stale.content.decode()
    assert Person.objects.exclude(left_at=None).count() == 3


def test_problems_are_named_by_row_and_column(client, read):
    found = read([*HEADER, "Start date"], [*ANN, "whenever"])

    html = page(client, found)

    assert "1 problem" in html
    assert "This is not a date, so it is unknown." in html


def test_what_stands_in_a_file_is_text_on_the_page(client, read):
    found = read(["ID", "Name", "<script>x</script>"], ["1", "<img src=x onerror=y>", "z"])

    html = page(client, found)

    assert "<img src=x" not in html
    assert "<script>x" not in html


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"%PDF-1.7\n" + bytes(200), "not a table of people"), (b"PK\x03\x04damaged", "workbook")],
)
def test_a_file_that_is_no_table_says_so(client, read, content, said):
    found = read(content=content)

    html = page(client, found)

    assert "This file cannot be read" in html
    assert said in html


def test_an_upload_that_is_too_large_is_not_even_stored(client, manager, upload, monkeypatch):
    monkeypatch.setattr(limits, "FILE", 200)

    response = client.post(START, {"file": upload(HEADER, ANN), "kind": "whole"})

    assert "The file is too large." in response.content.decode()
    assert not PeopleImport.objects.exists()


@pytest.mark.parametrize("values", [{}, {"kind": "all"}])
def test_an_upload_without_a_file_or_kind_is_refused(client, manager, values):
    response = client.post(START, values)

    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"file", "kind"}


def test_a_saved_mapping_comes_with_the_file(client, manager, upload, run_jobs, read):
    first = read(["ID", "Called"], ["1", "Ann"])
    fields = {"column_0": "id", "column_1": "name"}
    client.post(first.get_absolute_url(), fields)
    run_jobs()
    saved = client.get(url("mapping", first))

    mapping = upload(content=saved.content, name="mapping.toml")
    file = upload(["ID", "Called"], ["1", "Ann"])
    client.post(START, {"file": file, "kind": "part", "mapping": mapping})
    run_jobs()

    assert saved["Content-Disposition"] == 'attachment; filename="mapping.toml"'
    assert PeopleImport.objects.first().counts["added"] == 1


@pytest.mark.parametrize("content", [b"not = [toml", b"\xff\xfe", b'salary = "yes"'])
def test_a_saved_mapping_that_is_none_is_refused(client, manager, upload, content):
    mapping = upload(content=content, name="mapping.toml")

    response = client.post(START, {"file": upload(HEADER, ANN), "kind": "part", "mapping": mapping})

    assert list(response.context["form"].errors) == ["mapping"]


def test_giving_up_removes_the_file(client, read):
    found = read(HEADER, ANN)

    client.post(url("discard", found))

    assert not path_of(found).exists()
    assert client.get(found.get_absolute_url())["Location"] == START


@pytest.mark.parametrize("name", ["preview", "confirm", "discard", "retry", "mapping"])
def test_the_imports_of_others_are_not_there(client, read, name):
    found = read(HEADER, ANN)
    client.force_login(make_manager())
    method = client.get if name in {"preview", "mapping"} else client.post

    assert method(url(name, found)).status_code == 404
    found.refresh_from_db()
    assert found.state == State.READY


def test_a_directory_administrator_sees_every_import(client, read, upload):
    found = read(HEADER, ANN)
    client.force_login(make_manager(roles=["directory_administrator"]))

    assert client.get(found.get_absolute_url()).status_code == 200
