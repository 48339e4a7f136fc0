"""Rows turned into the People table."""

import pytest
from django.utils import timezone

from tests.factories import make_cohort, make_enrollment, make_level, make_person, make_topic
from tests.pairs.organizations import load_demo
from upwell.people.models import Directory, Office, OrgUnit, Person, ReportingLine
from upwell.policy import Policy, compile_problem
from upwell.programs.models import EnrollmentTopic
from upwell.programs.services.table import people_of, read_table
from upwell.sheets import Topic

pytestmark = pytest.mark.django_db


def named(person, manager=None, text="", kind="solid"):
    return ReportingLine.objects.create(person=person, manager=manager, named=text, kind=kind)


def leave(*people):
    for person in people:
        Person.objects.filter(pk=person.pk).update(is_active=False, left_at=timezone.now())


def row_of(cohort, person, column):
    people = people_of(cohort, Policy())
    return getattr(people, column)[people.row_of[person.employee_id or str(person.pk)]]


def test_everybody_active_is_in_the_table_and_others_take_no_part():
    cohort = make_cohort()
    mentor = make_enrollment(cohort).person
    mentee = make_enrollment(cohort, "mentee").person
    bystander, gone = make_person(), make_person()
    make_enrollment(person=bystander)
    leave(gone)

    people = people_of(cohort, Policy())

    assert dict(zip(people.ids, people.roles, strict=True)) == {
        mentor.employee_id: "mentor",
        mentee.employee_id: "mentee",
        bystander.employee_id: "none",
        **dict.fromkeys(managers_of(people, mentor, mentee, bystander), "none"),
    }


def managers_of(people, *others):
    return set(people.ids) - {person.employee_id for person in others}


def test_whoever_left_is_told_apart():
    cohort = make_cohort()
    stays, goes = make_enrollment(cohort), make_enrollment(cohort)
    leave(goes.person)

    table = read_table(cohort, Policy())

    assert table.left == (goes.pk,)
    assert dict(table.enrollments) == {stays.person.employee_id: stays.pk}


def test_people_without_an_employee_id_have_one_in_the_table():
    cohort = make_cohort()
    person = make_enrollment(cohort, person=make_person(employee_id=None)).person
    make_person(employee_id=str(person.pk))

    table = read_table(cohort, Policy())

    assert [*table.enrollments] == [f"? {person.pk}"]


def test_facts_come_from_the_person_then_the_office():
    office = Office.objects.create(name="Oslo", zone="Europe/Oslo", region="Europe")
    parent = OrgUnit.objects.create(name="Sales")
    unit = OrgUnit.objects.create(name="North", parent=parent)
    facts = {"level": make_level("VP"), "office": office, "unit": unit, "team": "Key accounts"}
    hours = {"hours_from": 540, "hours_until": 1020, "languages": ["norwegian", "English"]}
    own = {"own_zone": "Asia/Tokyo", "own_region": "Asia Pacific"}
    one, other = make_person(**facts, **hours), make_person(**facts, **own)

    people = people_of(make_cohort(), Policy())

    rows = [people.row_of[person.employee_id] for person in (one, other)]
    assert {name: [getattr(people, name)[row] for row in rows] for name in (
        "levels", "units", "teams", "offices", "zones", "regions", "hours", "languages"
    )} == {
        "levels": ["VP", "VP"],
        "units": ["Sales / North"] * 2,
        "teams": ["Key accounts"] * 2,
        "offices": ["Oslo", "Oslo"],
        "zones": ["Europe/Oslo", "Asia/Tokyo"],
        "regions": ["Europe", "Asia Pacific"],
        "hours": [(540, 1020), None],
        "languages": [("english", "norwegian"), ()],
    }  # fmt: skip


def test_columns_that_nobody_told_are_not_there():
    Directory.objects.create(pk=1, columns=["languages"])
    make_person()

    people = people_of(make_cohort(), Policy())

    assert people.languages == ((),) * len(people)
    assert (people.levels, people.units, people.hours, people.managers) == (None,) * 4


def test_a_value_is_used_though_no_import_told_of_the_column():
    boss = make_person()
    named(make_person(), boss)

    people = people_of(make_cohort(), Policy())

    assert boss.employee_id in people.managers


def test_levels_are_spelled_as_the_policy_spells_them():
    levels = [make_level("associate", 1), make_level("vp", 2)]
    person = make_person(level=levels[1])
    policy = Policy.from_values({"levels": {"order": ["Associate", "VP"]}})

    people = people_of(make_cohort(), policy)

    assert people.level_order == ("Associate", "VP")
    assert people.levels[people.row_of[person.employee_id]] == "VP"


def test_topics_and_places_are_those_of_the_cohort():
    cohort = make_cohort()
    here = make_enrollment(cohort, capacity=3)
    elsewhere = make_enrollment(person=here.person)
    for enrollment, name, strength in ((here, "B", 3), (here, "A", 1), (elsewhere, "C", 2)):
        EnrollmentTopic.objects.create(
            enrollment=enrollment, topic=make_topic(name), kind="offered", strength=strength
        )

    people = people_of(cohort, Policy())

    at = people.row_of[here.person.employee_id]
    assert people.offered[at] == (Topic("A", 1), Topic("B", 3))
    assert people.wanted is None
    assert people.capacities[at] == 3


def test_the_next_one_up_stands_in_for_a_manager_who_left():
    top, middle, direct, person = (make_person() for _ in range(4))
    named(person, direct)
    named(direct, middle)
    named(middle, top)
    leave(direct, middle)

    assert row_of(make_cohort(), person, "managers") == top.employee_id


def test_a_line_that_ends_at_somebody_who_left_is_not_known():
    gone, person = make_person(employee_id="E-gone"), make_person()
    named(person, gone)
    leave(gone)

    assert row_of(make_cohort(), person, "managers") == "E-gone"


def test_a_loop_of_people_who_left_is_not_known():
    first, second, person = (make_person() for _ in range(3))
    named(person, first)
    named(first, second)
    named(second, first)
    leave(first, second)

    assert row_of(make_cohort(), person, "managers") == first.employee_id


def test_nobody_stands_in_for_their_own_manager():
    gone, person = make_person(), make_person()
    named(person, gone)
    named(gone, person)
    leave(gone)

    assert row_of(make_cohort(), person, "managers") == gone.employee_id


def test_a_name_that_is_somebodys_id_is_marked():
    other, person = make_person(employee_id="E7"), make_person()
    named(person, text=other.employee_id)

    assert row_of(make_cohort(), person, "managers") == "? E7"


def test_dotted_lines_are_each_there_once():
    boss, gone, person = (make_person() for _ in range(3))
    named(gone, boss)
    for line in ({"manager": boss}, {"manager": gone}, {"text": "Somebody"}):
        named(person, **line, kind="dotted")
    leave(gone)

    assert row_of(make_cohort(), person, "dotted") == (boss.employee_id, "Somebody")


@pytest.mark.parametrize("size", [40, 80])
def test_the_table_takes_the_same_queries_for_any_number_of_people(size, django_assert_num_queries):
    cohort, _people = load_demo(size)

    with django_assert_num_queries(9):
        people_of(cohort, Policy())


def test_the_table_is_that_of_the_organization():
    cohort, organization = load_demo(300)
    levels = organization.level_order
    policy = Policy.from_values(
        {"mentors": {"levels": levels[:2]}, "mentees": {"levels": levels[-4:]}}
    )

    compiled = compile_problem(policy, people_of(cohort, policy))

    assert compiled.problem.digest() == compile_problem(policy, organization).problem.digest()
