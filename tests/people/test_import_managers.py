"""Managers named in a file who are nowhere to be found."""

import pytest

from tests.factories import make_manager, make_person
from tests.people.readings import make_reading
from upwell.people import services
from upwell.people.services.difference import compare
from upwell.people.services.snapshot import take_snapshot

pytestmark = pytest.mark.django_db


def sought(ids="1 2 3 4", **columns):
    return compare(make_reading(ids, **columns), take_snapshot(), is_whole=False).sought


@pytest.mark.parametrize(
    ("managers", "missing", "are_many"),
    [
        (("", "", "", ""), 0, False),
        (("2", "1", "1", "1"), 0, False),
        (("2", "1", "1", "9"), 1, False),
        (("2", "1", "8", "9"), 2, True),
        (("1", "", "", "9"), 1, True),
    ],
)
def test_more_than_a_quarter_missing_are_many(managers, missing, are_many):
    found = sought(managers=managers)

    assert (found.missing_count, found.are_many_missing) == (missing, are_many)


def test_managers_in_the_directory_are_found():
    make_person(employee_id="99")
    make_person(name="Di Roe", employee_id="98")

    assert sought("1 2", managers=("99", "di roe")).missing == {}


def test_dotted_lines_count_too():
    found = sought("1 2", managers="2", dotted=((), ("1", "x", "y")))

    assert (found.named, found.missing) == (4, {"x": [1], "y": [1]})


def test_the_preview_names_them_with_their_rows(upload, run_jobs):
    rows = [[str(at), f"P {at}", "99"] for at in range(1, 8)]
    file = upload(["ID", "Name", "Manager"], *rows, ["8", "P 8", "Zoe"], ["9", "P 9", "1"])

    found = services.start_import(file, kind="part", by=make_manager())
    run_jobs()

    found.refresh_from_db()
    assert found.preview["managers"] == {
        "named": 9,
        "missing": 8,
        "are_many": True,
        "first": [
            {"name": "99", "rows": [2, 3, 4, 5, 6], "more": 2},
            {"name": "Zoe", "rows": [9], "more": 0},
        ],
        "more": 0,
    }
    assert "managers_outside" not in str(found.preview["notices"])


@pytest.mark.django_db
def test_a_name_that_several_have_is_told_with_who_they_are(read):
    make_person(employee_id="A7", name="Kim Park")
    make_person(employee_id="B8", name="Kim Park")

    found = read(["ID", "Name", "Manager"], ["1", "Ann", "Kim Park"])

    (missing,) = found.preview["managers"]["first"]
    assert (missing["name"], sorted(missing["candidates"])) == ("Kim Park", ["A7", "B8"])
