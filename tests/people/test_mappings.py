"""Mappings kept under a name."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.factories import make_manager
from upwell.people import services
from upwell.people.models import PeopleImport, SavedMapping
from upwell.sheets import Mapping

pytestmark = pytest.mark.django_db
HEADER, ANN = ["Number", "Who", "Grade"], ["1", "Ann", "G1"]
COLUMNS = {"id": "Number", "name": "Who", "title": "Grade"}
LIST = "/people/mappings/"


def make_saved(name="Workday", columns=COLUMNS, **fields):
    text = Mapping(columns=columns).to_toml()
    key = SavedMapping.key_of(name)
    return SavedMapping.objects.create(
        name=name, key=key, **{"text": text, "kind": "part"} | fields
    )


@pytest.fixture
def meant(read, run_jobs):
    """An import whose columns somebody has said."""
    found = read(HEADER, ANN)
    services.change_mapping(found, Mapping(columns=COLUMNS), by=found.created_by)
    run_jobs()
    found.refresh_from_db()
    return found


def fields_of(found):
    return [column["field"] for column in found.preview["columns"]]


def test_how_a_file_is_read_is_saved_while_it_waits(client, manager, meant):
    client.post(reverse("people:mapping_save", args=[meant.pk]), {"name": " Workday "})

    saved = SavedMapping.objects.get()
    assert (saved.name, saved.kind, saved.saved_by) == ("Workday", "whole", manager)
    assert saved.headers == HEADER
    assert Mapping.from_toml(saved.text).columns == COLUMNS


def test_how_a_file_was_read_is_saved_after_the_import(client, manager, meant, run_jobs):
    services.confirm_import(meant, leaving=0, by=manager)
    run_jobs()
    page = client.get(f"/people/?imported={meant.pk}").content.decode()

    client.post(reverse("people:mapping_save", args=[meant.pk]), {"name": "Workday"})

    assert reverse("people:mapping_save", args=[meant.pk]) in page
    assert Mapping.from_toml(SavedMapping.objects.get().text).columns == COLUMNS


def test_the_next_file_that_it_fits_is_read_by_it(read):
    make_saved()

    found = read([*HEADER, "Another"], [*ANN, "x"])

    assert (found.state, fields_of(found)) == (
        PeopleImport.State.READY,
        ["id", "name", "title", ""],
    )
    assert found.preview["saved"] == "Workday"


def test_of_several_that_fit_the_one_with_most_columns_is_taken(read):
    make_saved()
    make_saved("Short", {"id": "Number", "name": "Who"})

    assert read(HEADER, ANN).preview["saved"] == "Workday"


def test_a_file_with_a_known_column_that_it_has_never_seen_is_read_anew(read):
    make_saved()

    found = read([*HEADER, "Manager"], [*ANN, ""])

    assert (found.preview["saved"], fields_of(found)[3]) == ("", "manager")


def test_a_column_left_out_on_purpose_stays_out(read):
    make_saved(headers=[*HEADER, "Manager"])

    found = read([*HEADER, "Manager"], [*ANN, ""])

    assert (found.preview["saved"], fields_of(found)[3]) == ("Workday", "")


def test_a_file_without_its_columns_is_read_as_if_it_were_not_there(read):
    make_saved()

    found = read(["ID", "Name"], ["1", "Ann"])

    assert (fields_of(found), found.preview["saved"]) == (["id", "name"], "")


def test_what_is_changed_by_hand_is_no_longer_the_saved_mapping(client, read, run_jobs):
    make_saved()
    found = read(HEADER, ANN)
    fields = {"column_0": "id", "column_1": "name", "column_2": "level"}

    client.post(found.get_absolute_url(), fields)
    run_jobs()

    found.refresh_from_db()
    assert (fields_of(found)[2], found.preview["saved"]) == ("level", "")


def test_one_can_be_chosen_for_an_upload(client, manager, upload, run_jobs):
    saved = make_saved("Short", {"id": "Number", "name": "Who"})
    make_saved()
    given = {"file": upload(HEADER, ANN), "kind": "part", "saved": saved.pk}

    client.post("/people/import/", given)
    run_jobs()

    found = PeopleImport.objects.get()
    assert (fields_of(found), found.preview["saved"]) == (["id", "name", ""], "Short")


def test_a_name_is_changed_and_belongs_to_one_alone(client, manager):
    saved, _other = make_saved(), make_saved("SAP")
    rename = reverse("people:mapping_rename", args=[saved.pk])

    client.post(rename, {"name": "Nightly"})
    refused = client.post(rename, {"name": " sap"}, follow=True).content.decode()

    assert list(SavedMapping.objects.values_list("name", flat=True)) == ["Nightly", "SAP"]
    assert "Another mapping is called “sap”." in refused


def test_saving_under_a_name_that_is_there_takes_its_place(manager, meant):
    make_saved("WORKDAY", {"id": "Other"})

    services.save_mapping(meant, "Workday", by=manager)

    assert Mapping.from_toml(SavedMapping.objects.get().text).columns == COLUMNS


def test_one_that_is_deleted_is_gone(client, manager):
    saved = make_saved()

    client.post(reverse("people:mapping_delete", args=[saved.pk]))

    assert not SavedMapping.objects.exists()


def test_a_file_that_was_never_read_has_nothing_to_save(upload, manager):
    found = services.start_import(upload(HEADER, ANN), kind="part", by=manager)

    with pytest.raises(ValidationError, match="not known yet"):
        services.save_mapping(found, "Early", by=manager)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(
    client, manager, count, django_assert_num_queries
):
    for number in range(count):
        make_saved(f"Mapping {number}", saved_by=make_manager())

    with django_assert_num_queries(6):
        response = client.get(LIST)

    assert len(response.context["mappings"]) == count
