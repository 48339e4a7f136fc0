"""A table written down and read again is the same table."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from upwell.demo import generate
from upwell.sheets import People, Topic, read_people
from upwell.sheets.hours import read_hours
from upwell.sheets.table import hours, table_rows, with_sides_clear
from upwell.sheets.write import write_table

SMALL = {
    "ids": ("=E1", "-2", "E 3"),
    "names": ("=E1", "-2", "E 3"),
    "level_order": ("Junior", "Chief"),
    "levels": ("Junior", "", "Chief"),
    "roles": ("mentor", "", "mentee"),
    "units": ("+Sales", "@Home / Office", ""),
    "teams": ("", "", ""),
    "zones": ("Asia/Kolkata", "", "Europe/Oslo"),
    "hours": ((1320, 1800), None, (0, 1440)),
    "languages": (("english", "tok pisin"), (), ("english",)),
    "offered": ((Topic("a, b", 1), Topic("Web (3)", 3)), (), ()),
    "wanted": ((), (), (Topic("=SUM", 2),)),
    "managers": ("E 3", "? E 3", ""),
    "dotted": (("-2", "somebody else"), (), ()),
    "capacities": (3, None, 0),
    "max_mentees": (None, 2, 0),
    "max_mentors": (1, None, None),
    "ranked": ((("-2", "E 3"),), (("E 3",), ("=E1",)), ()),
}


def read_again(people, path):
    write_table(path, {"People": table_rows(people)})
    return read_people(path, level_order=people.level_order or None).people


def test_a_table_comes_back_as_it_was(tmp_path):
    people = People(**SMALL)

    assert read_again(people, tmp_path / "people.xlsx") == people


def test_the_made_up_organization_comes_back_as_it_was(tmp_path):
    people = generate(300)

    assert read_again(people, tmp_path / "people.xlsx") == people


def test_who_takes_no_part_and_who_has_no_name_is_left_blank():
    people = People(ids=("a", "b"), names=("", ""), roles=("none", "mentor"))

    assert [*table_rows(people)] == [["Employee ID", "Mentoring role"], ["a", ""], ["b", "mentor"]]


@pytest.mark.parametrize("span", [(0, 1440), (0, 1), (719, 720), (1320, 1800), (600, 1500)])
def test_hours_are_read_as_they_were(span):
    assert read_hours(hours(span)) == span


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 1439), st.integers(1, 1439))
def test_any_hours_are_read_as_they_were(start, length):
    span = start, start + length

    assert read_hours(hours(span)) == span


def test_whoever_takes_no_part_is_on_no_side_by_a_level():
    people = People(
        ids=("a", "b", "c"),
        names=("", "", ""),
        level_order=("VP", "Senior"),
        levels=("VP", "VP", "Senior"),
        roles=("none", "mentee", "none"),
    )

    assert with_sides_clear(people, ["vp"]).levels == ("", "VP", "Senior")
    assert with_sides_clear(replace(people, roles=None), ["vp"]).levels == people.levels
