from uuid import UUID

import pytest

from tests.people.readings import make_reading
from upwell.people.services.difference import compare, merged, needs_confirmation
from upwell.people.services.snapshot import Facts, Known, Line, Snapshot
from upwell.sheets import Mapping, Place


def key(number):
    return UUID(int=number)


def make_known(number, name=None, is_active=True, **facts):
    return Known(key(number), is_active, Facts(name=name or f"Person {number}", **facts))


def make_snapshot(*people, **fields):
    known = {str(one.pk.int): one for one in people}
    return Snapshot(revision=7, people=known, **fields)


def differ(reading, *people, is_whole=False, **fields):
    return compare(reading, make_snapshot(*people, **fields), is_whole=is_whole)


def test_somebody_unknown_is_new():
    found = differ(make_reading("1", titles="Analyst", units="Sales"))

    (facts,) = found.added.values()
    assert facts == Facts(name="Person 1", title="Analyst", unit="Sales")
    assert list(found.ids.values()) == ["1"]
    assert (found.revision, found.units, found.columns) == (7, {"Sales"}, ("titles", "units"))


def test_the_same_facts_are_no_difference():
    reading = make_reading("1 2", titles="Analyst")
    people = [make_known(1, title="Analyst"), make_known(2, title="Analyst")]

    found = differ(reading, *people, columns=frozenset({"titles"}))

    assert found.is_empty
    assert found.counts["unchanged"] == 2


def test_a_column_that_the_file_lacks_leaves_what_is_known():
    found = differ(make_reading("1", titles="Head"), make_known(1, title="Analyst", team="Blue"))

    assert found.changed == {key(1): Facts(name="Person 1", title="Head", team="Blue")}


def test_a_name_that_the_file_lacks_leaves_the_known_one():
    found = differ(make_reading("1", names="1", titles="Head"), make_known(1, name="Ann"))

    assert found.changed[key(1)].name == "Ann"


def test_only_a_whole_file_lets_people_leave():
    people = [make_known(1), make_known(2), make_known(3, is_active=False)]

    part, whole = (differ(make_reading("1"), *people, is_whole=whole) for whole in (False, True))

    assert part.leaving == {}
    assert whole.leaving == {key(2): "Person 2"}


def test_somebody_with_a_role_never_leaves_by_a_file():
    found = differ(
        make_reading("1"),
        make_known(1),
        make_known(2),
        is_whole=True,
        with_role=frozenset([key(2)]),
    )

    assert (found.leaving, found.counts["spared"]) == ({}, 1)


def test_somebody_who_had_left_is_back():
    found = differ(make_reading("1"), make_known(1, is_active=False))

    counts = found.counts
    assert (counts["returning"], counts["changed"], counts["added"]) == (1, 0, 0)


@pytest.mark.parametrize(("leaving", "wanted"), [(0, False), (2, False), (3, True)])
def test_more_than_two_percent_need_a_yes(leaving, wanted):
    assert needs_confirmation(leaving, active=100) is wanted


def test_the_last_one_leaving_needs_a_yes():
    assert needs_confirmation(1, active=1)


def test_a_zone_is_kept_only_where_it_is_not_the_offices():
    reading = make_reading(
        "1 2",
        offices="Oslo",
        zones=("Europe/Oslo", "Asia/Tokyo"),
        regions=("Europe", "Europe"),
        mapping=Mapping(offices={"Oslo": Place("Europe/Oslo", "Europe")}),
    )

    found = differ(reading)

    assert found.offices == {"Oslo": Place("Europe/Oslo", "Europe")}
    assert [facts.own_zone for facts in found.added.values()] == ["", "Asia/Tokyo"]
    assert [facts.own_region for facts in found.added.values()] == ["", ""]


def test_what_a_file_does_not_know_of_an_office_stays():
    known = {"Oslo": Place("Europe/Oslo", "Europe")}

    found = differ(make_reading("1", offices="Oslo", zones="", regions=""), offices=known)

    assert found.offices == {}


def test_managers_are_found_in_the_file_and_in_the_directory():
    reading = make_reading("1 2", managers=("2", "9"))

    found = differ(reading, make_known(1), make_known(2), make_known(9, is_active=False))

    assert found.lines == {
        key(1): frozenset([Line("solid", key(2))]),
        key(2): frozenset([Line("solid", key(9))]),
    }


def test_a_manager_of_the_directory_is_found_by_address_or_name_if_only_one_has_it():
    people = [
        make_known(1),
        make_known(2),
        make_known(3),
        make_known(7, name="Ann", contact_email="Ann@example.com"),
        make_known(8, name="Bo"),
        make_known(9, name="Bo"),
    ]

    found = differ(make_reading("1 2 3", managers=("ann@EXAMPLE.com", "ANN", "Bo")), *people)

    assert found.lines == {
        key(1): frozenset([Line("solid", key(7))]),
        key(2): frozenset([Line("solid", key(7))]),
        key(3): frozenset([Line("solid", None, "Bo")]),
    }


def test_nobody_reports_to_themselves():
    found = differ(make_reading("1", managers="Ann", dotted=[("1",)]), make_known(1, name="Ann"))

    assert found.lines == {}


def test_a_file_without_dotted_lines_leaves_them():
    dotted, solid = Line("dotted", key(3)), Line("solid", key(2))

    found = differ(
        make_reading("1", managers="4"),
        *(make_known(number) for number in (1, 2, 3, 4)),
        lines={key(1): frozenset([dotted, solid])},
    )

    assert found.lines == {key(1): frozenset([dotted, Line("solid", key(4))])}


def test_somebody_whose_line_alone_changes_is_changed():
    found = differ(make_reading("1", managers="2"), make_known(1), make_known(2))

    assert (found.counts["changed"], found.counts["unchanged"]) == (1, 0)


def test_long_texts_are_cut_and_long_addresses_left_out():
    found = differ(
        make_reading("1", titles="t" * 301, levels="l" * 201, emails="e" * 250 + "@a.io")
    )

    (facts,) = found.added.values()
    assert (len(facts.title), len(facts.level), facts.contact_email) == (300, 200, "")


def test_somebody_with_an_id_too_long_is_left_out_and_counted():
    found = differ(make_reading(("1", "x" * 201)))

    assert (len(found.added), found.left_out) == (1, 1)


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("ACE", "", "ACE"),
        ("", "AB", "AB"),
        ("ACE", "ABCDEF", "ABCDEF"),
        ("BA", "AB", "BA"),
        ("CB", "ABX", "ACBX"),
    ],
)
def test_merged_keeps_the_first_order(first, second, wanted):
    assert "".join(merged(tuple(first), tuple(second))) == wanted


def test_a_guessed_order_gives_way_to_the_one_there_is():
    reading = make_reading("1", levels="Junior", level_order=("Head", "Junior"), guessed=True)

    found = differ(reading, levels=("Junior", "Head"))

    assert found.levels == ()


def test_an_order_laid_down_wins():
    reading = make_reading("1", levels="Junior", level_order=("Head", "Junior"))

    found = differ(reading, levels=("Junior", "Head"))

    assert found.levels == ("Head", "Junior")
