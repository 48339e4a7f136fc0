"""Reporting lines, solid and dotted, at any depth."""

import pytest

from upwell.policy import PolicyError
from upwell.policy.lines import ReportingLines
from upwell.sheets.people import People


def make_lines(managers, dotted=None):
    """People A, B, C … with one letter of a manager each, "-" for none, and dotted managers."""
    ids = tuple(chr(ord("A") + row) for row in range(len(managers)))
    lines = tuple(tuple((dotted or {}).get(person, "")) for person in ids)
    named = tuple("" if manager == "-" else manager for manager in managers)
    return ReportingLines(People(ids=ids, names=ids, managers=named, dotted=lines))


def test_everyone_above_is_found_at_any_depth():
    lines = make_lines("BCD-")

    above = lines.above(0)

    assert above == {1, 2, 3}


def test_a_dotted_line_goes_on_upwards():
    lines = make_lines("B-D-", {"A": "C"})

    above = lines.above(0)

    assert above == {1, 2, 3}


def test_a_loop_ends_where_it_began():
    lines = make_lines("BCAA")

    above = [lines.above(row) for row in range(4)]

    assert above == [{0, 1, 2}] * 4


def test_two_reports_of_one_manager_are_not_in_line():
    lines = make_lines("CC-")

    pairs = lines.pairs([0], [1], None)

    assert pairs == []


def test_a_distance_allows_the_far_end_of_a_solid_line():
    lines = make_lines("BCDE-")

    pairs = lines.pairs([0], [1, 2, 3, 4], 3)

    assert pairs == [(0, 0), (0, 1)]


def test_a_distance_never_allows_who_is_reached_by_a_dotted_line_of_a_manager():
    lines = make_lines("BCDE-F-", {"B": "F"})

    pairs = lines.pairs([0], [3, 4, 5, 6], 2)

    assert pairs == [(0, 2)]


def test_a_distance_never_allows_a_mentor_above_the_mentee():
    lines = make_lines("BCDE-")

    pairs = lines.pairs([4], [0], 2)

    assert pairs == [(0, 0)]


def test_a_line_is_known_up_to_somebody_who_manages_and_has_no_manager():
    lines = make_lines("B-Z-FE")

    known = [lines.is_known(row) for row in range(6)]

    assert known == [True, True, False, False, False, False]


def known_of(people):
    lines = ReportingLines(people)
    return [person for row, person in enumerate(people.ids) if lines.is_known(row)]


def test_a_manager_who_cannot_be_identified_leaves_the_line_unknown_below():
    ids = ("Bob", "Ann", "Eve", "Kim1", "Kim2", "Boss")
    names = ("Bob", "Ann", "Eve", "Kim Lee", "Kim Lee", "Boss")
    managers = ("Ann", "Kim Lee", "Bob", "Boss", "Boss", "")

    known = known_of(People(ids=ids, names=names, managers=managers))

    assert known == ["Kim1", "Kim2", "Boss"]


@pytest.mark.parametrize("person", ["A", "B", "C"])
def test_a_dotted_manager_who_cannot_be_identified_leaves_the_line_unknown_below(person):
    lines = make_lines("BC-C", {person: ("D", "Kim Lee")})

    known = [lines.is_known(row) for row in range(4)]

    below = {"A": [0], "B": [0, 1], "C": [0, 1, 2, 3]}[person]
    assert known == [row not in below for row in range(4)]


def test_a_line_is_unknown_below_a_dotted_manager_whose_manager_cannot_be_identified():
    lines = make_lines("B-?", {"A": "C"})

    known = [lines.is_known(row) for row in range(3)]

    assert known == [False, True, False]


def test_somebody_without_manager_and_without_people_below_is_no_top():
    lines = make_lines("B--")

    known = [lines.is_known(row) for row in range(3)]

    assert known == [True, True, False]


@pytest.mark.parametrize(("managers", "are_known"), [("B-", True), ("--", False), ("??", False)])
def test_lines_are_known_where_somebody_is_above_somebody(managers, are_known):
    lines = make_lines(managers)

    known = lines.are_known

    assert known == are_known


def test_a_line_of_many_steps_is_climbed():
    size = 3_000
    ids = tuple(map(str, range(size)))
    people = People(ids=ids, names=ids, managers=(*ids[1:], ""))

    above = ReportingLines(people).above(0)

    assert len(above) == size - 1


def test_a_line_longer_than_any_organization_has_is_refused():
    size = 3_000
    ids = tuple(map(str, range(size)))
    people = People(ids=ids, names=ids, managers=(*ids[1:], ids[0]))

    with pytest.raises(PolicyError) as caught:
        ReportingLines(people).pairs([5], [9], None)

    assert caught.value.sentences() == [
        'rules.reporting_lines cannot be checked: the table puts more than 2000 people above "5".'
        " The column of managers must hold each person's own manager."
    ]


def test_what_is_not_remembered_is_found_again(monkeypatch):
    monkeypatch.setattr("upwell.policy.lines.MOST_REMEMBERED", 0)
    lines = make_lines("BCD-")

    above = lines.above(0), lines.above(0)

    assert above == ({1, 2, 3}, {1, 2, 3})
    assert lines.reached == {}
