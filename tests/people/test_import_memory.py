"""Files whose columns a person has to map, and columns read as last time."""

import pytest

from tests.factories import make_manager
from upwell.people import services
from upwell.people.models import PeopleImport
from upwell.sheets import Mapping

pytestmark = pytest.mark.django_db
HEADER, ANN = ["Kennung", "Wer", "Zustand"], ["1", "Ann", "weg"]
COLUMNS = {"id": "Kennung", "name": "Wer", "status": "Zustand"}
State = PeopleImport.State


@pytest.fixture
def start(upload, run_jobs):
    def start_import(*rows, mapping=None):
        file, by = upload(*rows), make_manager()
        found = services.start_import(file, kind="part", by=by, mapping=mapping)
        run_jobs()
        found.refresh_from_db()
        return found

    return start_import


@pytest.fixture
def complete(start, run_jobs):
    """An import brought in with a mapping."""

    def complete_import(*rows, mapping=None):
        found = start(*rows, mapping=mapping)
        services.confirm_import(found, leaving=None, by=found.created_by)
        run_jobs()
        found.refresh_from_db()
        assert found.state == State.DONE
        return found

    return complete_import


def fields(found):
    return {column["header"]: column["field"] for column in found.preview["columns"]}


def test_a_file_of_unknown_headers_has_its_columns_to_map(start, run_jobs):
    found = start(HEADER, ANN)
    seen = (found.state, found.preview["error"]["code"], fields(found))

    services.change_mapping(
        found, Mapping(columns={"id": "Kennung", "name": "Wer"}), by=found.created_by
    )
    run_jobs()

    found.refresh_from_db()
    nothing = dict.fromkeys(HEADER, "")
    assert seen == (State.REFUSED, "unknown_headers", nothing)
    assert (found.state, found.counts["added"]) == (State.READY, 1)


def test_a_mapping_that_tells_nobody_apart_is_kept_to_be_mended(start, run_jobs):
    found = start(HEADER, ["1", "Ann", ""], ["2", "Ann", ""])

    services.change_mapping(found, Mapping(columns={"name": "Wer"}), by=found.created_by)
    run_jobs()

    found.refresh_from_db()
    assert (found.state, found.preview["error"]["code"]) == (State.REFUSED, "no_id")
    assert fields(found) == {"Kennung": "", "Wer": "name", "Zustand": ""}


def test_a_file_that_no_mapping_can_mend_shows_no_columns(start):
    found = start(["1", "Ann"], ["2", "Bo"])

    assert (found.preview["error"]["code"], "columns" in found.preview) == ("no_header", False)


def test_the_next_file_is_read_as_last_time(start, complete):
    complete(HEADER, ANN, mapping=Mapping(columns=COLUMNS, left=("weg",)))

    found = start([*HEADER, "Office"], [*ANN, "Oslo"])

    expected = {"Kennung": "id", "Wer": "name", "Zustand": "status", "Office": "office"}
    assert (found.state, found.preview["as_last_time"], found.preview["left"]) == ("ready", True, 1)
    assert fields(found) == expected


def test_a_column_not_stored_last_time_is_not_stored_again(start, complete):
    complete(["ID", "Team"], ["1", "Blue"], mapping=Mapping(columns={"id": "ID"}))

    assert fields(start(["ID", "Team"], ["1", "Blue"])) == {"ID": "id", "Team": ""}


def test_what_the_next_import_was_shown_is_what_it_does(start, complete, run_jobs):
    complete(["ID", "Wer"], ["1", "Ann"], mapping=Mapping(columns={"id": "ID", "name": "Wer"}))
    found = start(["ID", "Wer"], ["2", "Bo"])
    complete(["ID", "Wer"], ["3", "C"], mapping=Mapping(columns={"id": "ID", "title": "Wer"}))

    services.confirm_import(found, leaving=None, by=found.created_by)
    run_jobs()

    found.refresh_from_db()
    assert found.read_as["columns"] == {"ID": "id", "Wer": "name"}


@pytest.mark.parametrize(
    ("header", "mapping"),
    [
        (["ID", "Full name"], None),
        (["ID", "Wer"], Mapping(columns={"id": "ID"})),
    ],
)
def test_nothing_is_said_where_last_time_does_not_count(start, complete, header, mapping):
    complete(["Nr", "Wer"], ["1", "Ann"], mapping=Mapping(columns={"id": "Nr", "name": "Wer"}))

    assert not start(header, ["1", "Ann"], mapping=mapping).preview["as_last_time"]


def test_an_import_given_up_is_not_remembered(start):
    services.discard_import(start(["ID", "Wer"], ["1", "Ann"]))

    assert start(["ID", "Wer"], ["1", "Ann"]).last_time == {}
