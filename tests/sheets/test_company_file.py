"""The real company file, read as it is."""

from collections import Counter

import pytest

from upwell.sheets import Mapping, read_people

ORDER = ("Associate", "Individual Contributor", "Senior", "Manager", "Director", "VP", "SVP")
REFUSED = [
    "StreetAddress",
    "City",
    "State",
    "StateFull",
    "ZipCode",
    "Country",
    "CountryFull",
    "Age",
    "Currency",
    "Bonus_pct",
    "DOB",
    "Salary",
]


@pytest.fixture
def reading(company_file):
    return read_people(company_file)


def test_company_file_counts_people(reading):
    counts = (reading.rows, len(reading.people), reading.left, reading.status_conflicts)

    assert counts == (4968, 3113, 1855, 700)


def test_company_file_has_no_problem(reading):
    assert (reading.problems, reading.problem_count) == ((), 0)


def test_company_file_says_that_status_and_dates_disagree(reading):
    assert [notice.code for notice in reading.notices] == ["status_wins"]


def test_company_file_is_utf_16_with_tabs(reading):
    found = reading.format

    assert (found.encoding, found.separator, found.date_order) == ("utf-16", "\t", "mdy")


def test_company_file_levels_are_put_in_order(reading):
    assert reading.people.level_order == (*ORDER, "CSuite")
    assert reading.unplaced_levels == ()


def test_company_file_has_the_expected_mentors_and_mentees(reading):
    count = Counter(reading.people.levels)

    assert count["Associate"] + count["Individual Contributor"] == 2119
    assert sum(count[level] for level in ("Director", "VP", "SVP", "CSuite")) == 320


def test_company_file_offices_have_zones(reading):
    zones = dict(zip(reading.people.offices, reading.people.zones, strict=True))

    assert zones == {
        "NYC": "America/New_York",
        "Boulder": "America/Denver",
        "SanJose": "America/Los_Angeles",
        "SanFran": "America/Los_Angeles",
        "Austin": "America/Chicago",
        "London": "Europe/London",
        "Oslo": "Europe/Oslo",
        "HongKong": "Asia/Hong_Kong",
        "Tokyo": "Asia/Tokyo",
    }


def test_company_file_offices_have_regions(reading):
    assert Counter(reading.people.regions) == {"Americas": 2785, "Europe": 244, "Asia Pacific": 84}


def test_company_file_names_no_manager_and_no_email(reading):
    assert (reading.people.managers, reading.people.emails) == (None, None)


def test_company_file_refuses_what_is_private(reading):
    assert [column.header for column in reading.columns if column.state == "refused"] == REFUSED


def test_company_file_shows_samples_of_mapped_columns_only(reading):
    shown = {column.header for column in reading.columns if column.samples}

    assert shown == set(reading.mapping.columns.values())


def test_company_file_reads_the_same_by_its_own_mapping(company_file, reading):
    mapping = Mapping.from_toml(reading.mapping.to_toml())

    again = read_people(company_file, mapping=mapping)

    assert again.people == reading.people
    assert again.mapping == reading.mapping
