"""The kinds of changes that a file brings, and loops among managers."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people.readings import bring_in, make_reading
from upwell.people.models import Person, ReportingLine
from upwell.people.services.changes import changes_of
from upwell.people.services.difference import compare
from upwell.people.services.loops import loops_in
from upwell.people.services.snapshot import take_snapshot


def numbered(reading):
    return replace(reading, numbers=tuple(range(2, 2 + len(reading.people))))


def changes(ids, *, is_whole=False, repairs=None, **columns):
    reading = numbered(make_reading(ids, **columns))
    difference = compare(reading, take_snapshot(), is_whole=is_whole, repairs=repairs)
    return changes_of(reading, difference)


def kinds(found):
    return {kind["kind"]: [person["row"] for person in kind["first"]] for kind in found["kinds"]}


def loops(found):
    return [
        (loop["is_new"], sorted((one["name"], one["row"]) for one in loop["people"]))
        for loop in found["loops"]
    ]


def manager_of(id_):
    line = ReportingLine.objects.filter(person__employee_id=id_, kind="solid").first()
    return line and (line.manager.employee_id if line.manager else f"? {line.named}")


@pytest.mark.django_db
def test_each_kind_is_told_with_its_rows():
    bring_in(make_reading("1 2 3 4", units="Sales", titles="Clerk", managers=["", "1", "1", "1"]))

    found = changes(
        "1 2 3 5",
        is_whole=True,
        units=["Sales", "Finance", "Sales", "Sales"],
        titles=["Head", "Head", "Clerk", "Clerk"],
        managers=["", "1", "2", "1"],
    )

    assert kinds(found) == {
        "added": [5], "leaving": [0], "moved": [3], "manager": [4], "title": [2, 3],
    }  # fmt: skip
    moved = next(kind for kind in found["kinds"] if kind["kind"] == "moved")
    assert moved["first"] == [{"row": 3, "name": "Person 2", "was": "Sales", "now": "Finance"}]


@pytest.mark.django_db
def test_a_loop_of_file_and_directory_together_is_found_and_new():
    bring_in(make_reading("1 2 3", managers=["", "1", "2"]))

    found = changes("1", managers=["3"])

    assert loops(found) == [(True, [("Person 1", 2), ("Person 2", 0), ("Person 3", 0)])]
    assert (found["loop_count"], found["new_loops"]) == (1, 1)


@pytest.mark.django_db
def test_a_loop_that_was_there_before_is_not_new():
    bring_in(make_reading("1 2", managers=["2", "1"]))

    found = changes("1 2 3", managers=["2", "1", "1"])

    assert loops(found) == [(False, [("Person 1", 2), ("Person 2", 3)])]


@pytest.mark.django_db
def test_people_under_a_leaver_are_told():
    bring_in(make_reading("1 2 3", managers=["", "1", "1"]))

    found = changes("2 3", is_whole=True, names=["Person 2", "Person 3"])

    assert kinds(found)["orphan"] == [2, 3]


@pytest.mark.django_db
def test_a_line_left_out_is_kept_as_not_known():
    reading = make_reading("1 2 3", managers=["2", "1", "1"])

    done = bring_in(reading, repairs={"1": ""})

    assert [manager_of(one) for one in "123"] == ["? 2", "1", "1"]
    assert done.counts["added"] == 3


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["3", "person 3", "c@example.com"])
def test_a_manager_is_corrected_by_id_name_or_address(said):
    emails = ["a@example.com", "b@example.com", "c@example.com"]
    reading = make_reading("1 2 3", managers=["2", "1", ""], emails=emails)

    bring_in(reading, repairs={"1": said})

    assert [manager_of(one) for one in "123"] == ["3", "1", None]


@pytest.mark.django_db
def test_a_repair_reaches_people_whom_the_file_lacks():
    bring_in(make_reading("1 2 3", managers=["", "1", "2"]))

    found = changes("1", managers=["3"], repairs={"2": ""})

    assert found["loops"] == []


@pytest.mark.django_db
def test_a_correction_that_is_nobody_leaves_the_line_and_is_told():
    bring_in(make_reading("1 2"))
    reading = make_reading("1 2", managers=["2", "1"])

    difference = compare(reading, take_snapshot(), is_whole=False, repairs={"1": "Zoe"})

    assert difference.unrepaired == ("Zoe",)
    assert len(changes_of(reading, difference)["loops"]) == 1


@pytest.mark.django_db
def test_a_repair_that_changes_nothing_writes_nothing():
    bring_in(make_reading("1 2", managers=["2", "1"]), repairs={"1": ""})

    done = bring_in(make_reading("1 2", managers=["2", "1"]), repairs={"1": ""})

    assert done.is_empty
    assert Person.objects.count() == 2


managers = st.dictionaries(st.integers(0, 12), st.integers(0, 12), max_size=13)


def walked(chosen):
    """Those who come back to themselves, by walking from each."""
    found = set()
    for start in chosen:
        seen, at = [], start
        while at in chosen and at not in seen:
            seen.append(at)
            at = chosen[at]
        if at == start:
            found.add(frozenset(seen))
    return found


@given(managers)
def test_loops_are_those_that_walking_finds(chosen):
    keyed = {UUID(int=one): UUID(int=other) for one, other in chosen.items()}

    found = loops_in(keyed)

    assert {frozenset(one.int for one in loop) for loop in found} == walked(chosen)
    assert len(found) == len({frozenset(loop) for loop in found})
    assert all(
        keyed[one] == loop[(at + 1) % len(loop)] for loop in found for at, one in enumerate(loop)
    )
