"""Imports that wait for somebody, and what their pages warn of."""

import pytest
from django.urls import reverse

from tests.factories import make_manager
from upwell.people import services
from upwell.people.models import PeopleImport

pytestmark = pytest.mark.django_db
START, LIST = "/people/import/", "/people/"
HEADER, ANN = ["ID", "Name"], ["1", "Ann"]


def page(client, found):
    return client.get(found.get_absolute_url()).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_start_page_lists_what_is_not_finished(
    client, manager, upload, count, django_assert_num_queries
):
    for number in range(count):
        services.start_import(upload(HEADER, ANN, name=f"{number}.csv"), kind="part", by=manager)

    with django_assert_num_queries(7):
        response = client.get(START)

    assert len(response.context["unfinished"]) == count
    assert "0.csv" in response.content.decode()


def test_what_is_not_finished_can_be_gone_on_with_and_discarded(client, read):
    found = read(HEADER, ANN)
    html = client.get(START).content.decode()

    client.post(reverse("people:import_discard", args=[found.pk]))

    assert f'href="{found.get_absolute_url()}"' in html
    assert "waiting for your yes" in html
    assert "Not finished yet" not in client.get(START).content.decode()


def test_the_list_of_people_says_that_an_import_is_not_finished(client, read, run_jobs):
    found = read(HEADER, ANN)
    waiting = client.get(LIST).content.decode()

    services.confirm_import(found, leaving=0, by=found.created_by)
    run_jobs()

    assert "1 import is not finished" in waiting
    assert "not finished" not in client.get(LIST).content.decode()


def test_a_file_that_nobody_can_read_is_not_waited_for(client, manager, upload, run_jobs):
    unreadable = upload(content=b"", name="photo.csv")
    found = services.start_import(unreadable, kind="part", by=manager)
    run_jobs()
    found.refresh_from_db()

    assert (found.state, "mapping" in found.preview) == ("refused", False)
    assert "not finished" not in client.get(LIST).content.decode()
    assert "photo.csv" not in client.get(START).content.decode()


def test_the_imports_of_others_are_not_listed(client, read):
    read(HEADER, ANN)
    client.force_login(make_manager())

    assert "people.csv" not in client.get(START).content.decode()
    assert "not finished" not in client.get(LIST).content.decode()


def test_columns_that_nobody_knows_are_mapped_by_hand(client, read, run_jobs):
    found = read(["Kennung", "Wer"], ["1", "Ann"])
    html = page(client, found)

    client.post(found.get_absolute_url(), {"column_0": "id", "column_1": "name"})
    run_jobs()

    found.refresh_from_db()
    assert "Which column holds what?" in html
    assert "None of the column names in row 1 is known" in html
    assert "“Kennung” is" in html
    assert (found.state, found.counts["added"]) == (PeopleImport.State.READY, 1)


def test_the_page_says_that_columns_are_read_as_last_time(client, read, run_jobs):
    first = read(HEADER, ANN)
    services.confirm_import(first, leaving=0, by=first.created_by)
    run_jobs()

    again = page(client, read(HEADER, ANN))

    assert "Columns are read as last time." in again


def test_many_managers_not_found_are_warned_of_above_the_button(client, read):
    rows = [[str(at), f"P {at}", "99"] for at in range(1, 8)]

    html = page(client, read(["ID", "Name", "Manager"], *rows))

    assert "7 of 7 managers named are not found." in html
    assert html.index("Please choose another column") < html.index("Bring them in")
    assert "“99” in rows 2, 3, 4, 5, 6" in html
    assert "and 2 more" in html


def test_few_managers_not_found_are_only_listed(client, read):
    rows = [[str(at), f"P {at}", "1"] for at in range(2, 8)]

    html = page(client, read(["ID", "Name", "Manager"], ["1", "Bo", "77"], *rows))

    assert "Please choose another column" not in html
    assert "1 manager is named and not found" in html
    assert "“77” in row 2" in html
