"""Whom people rank: the order, those equally welcome, and names that are nobody's."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upwell.sheets.ranking import read_tiers, written
from upwell.sheets.topics import UnreadableError

IDS = {"A12", "B7", "C3", "D9", "Lee, Ann", "x=y", "=E1"}


def codes(reading):
    return [(problem.row, problem.value, problem.reason.code) for problem in reading.problems]


@pytest.mark.parametrize(
    ("value", "tiers"),
    [
        ("A12; B7 = C3; D9", (("A12",), ("B7", "C3"), ("D9",))),
        ("A12,B7=C3, D9", (("A12",), ("B7", "C3"), ("D9",))),
        ("A12\nB7|C3", (("A12",), ("B7",), ("C3",))),
        ("Lee, Ann; x=y", (("Lee, Ann",), ("x=y",))),
        ("D9 = =E1 = x=y", (("D9", "=E1", "x=y"),)),
        ("? = A12; who, B7", (("?", "A12"), ("who",), ("B7",))),
        (" ; , = ", ()),
    ],
)
def test_tiers_are_in_order_with_equals_together(value, tiers):
    assert read_tiers(value, IDS.__contains__) == tiers


def test_a_ranking_that_is_too_long_is_refused():
    with pytest.raises(UnreadableError, match="too_many_items"):
        read_tiers("A12;" * 51, IDS.__contains__)


@given(st.permutations(sorted(IDS)), st.lists(st.integers(1, 3)))
def test_any_ranking_is_read_as_it_was_written(people, lengths):
    ends = [0, *(sum(lengths[: at + 1]) for at in range(len(lengths))), len(people)]
    cut = [tuple(people[start:end]) for start, end in pairwise(ends)]
    tiers = tuple(filter(None, cut))

    assert read_tiers(written(tiers), IDS.__contains__) == tiers


def test_people_are_named_by_id_address_or_name(read):
    reading = read(
        ["ID", "Name", "E-mail", "Preferred mentees"],
        ["1", "Ann Lee", "ann@x.com", "3; BO@x.com"],
        ["2", "Bo Li", "bo@x.com", "cy = Lee, Ann"],
        ["3", "Cy", "cy@x.com", ""],
    )

    assert reading.people.ranked == ((("3",), ("2",)), (("3", "1"),), ())
    assert codes(reading) == []


def test_nobody_oneself_and_the_same_person_again_are_left_out_and_said(read):
    reading = read(
        ["ID", "Name", "Ranking", "Status"],
        ["1", "Ann", "9; 2 = 2; 1; 3 = 2; 4; Bo", "active"],
        ["2", "Bo", "", "active"],
        ["3", "Bo", "", "active"],
        ["4", "Di", "", "left"],
    )

    assert reading.people.ranked == ((("2",), ("3",)), (), ())
    assert reading.problem_count == 6
    assert codes(reading) == [
        (2, "9", "ranked_nobody"),
        (2, "2", "ranked_twice"),
        (2, "1", "ranked_self"),
        (2, "2", "ranked_twice"),
        (2, "4", "ranked_nobody"),
        (2, "Bo", "ranked_several"),
    ]


def test_without_a_column_nothing_is_ranked(read):
    assert read(["ID", "Name"], ["1", "Ann"]).people.ranked is None
