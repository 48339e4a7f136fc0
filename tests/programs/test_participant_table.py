"""Those who take part, as a table to keep."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_cohort, make_enrollment, make_level, make_manager, make_person
from upwell.core.access import audiences_of
from upwell.people.models import ReportingLine
from upwell.programs import services
from upwell.programs.audiences import COHORT_MANAGER
from upwell.sheets import Topic, read_people

pytestmark = pytest.mark.django_db


def above(person, manager, kind="solid"):
    ReportingLine.objects.create(person=person, manager=manager, kind=kind)


@pytest.fixture
def cohort(manager):
    """A mentor and a mentee, with bosses at all depths, and somebody who stands elsewhere."""
    ahead = timezone.localdate() + timedelta(days=60)
    cohort = make_cohort(manager, name="Früh & spät", starts_on=ahead)
    high, low = make_level("Chief", 9), make_level("Junior", 1)
    ann, ben, boss, chief, dotted = (
        make_person(name=name, employee_id=key, level=level)
        for name, key, level in (
            ("Ann", "=1+1", low),
            ("Ben", "B", high),
            ("Boss", "C", high),
            ("Chief", "D", high),
            ("Dot", "E", high),
        )
    )
    make_person(name="Elsewhere")
    above(ann, boss)
    above(boss, chief)
    above(ann, dotted, "dotted")
    mentor = make_enrollment(cohort, "mentor", person=ann, capacity=2)
    services.set_topics(mentor, offered=[Topic("Games", 3), Topic("Law")], by=manager)
    services.set_topics(make_enrollment(cohort, "mentee", person=ben), wanted=["Law"], by=manager)
    return cohort


@pytest.mark.parametrize(
    ("query", "ending"), [("", "csv"), ("?as=csv", "csv"), ("?as=xlsx", "xlsx")]
)
def test_the_table_comes_back_as_upwell_match_reads_it(client, cohort, tmp_path, query, ending):
    response = client.get(reverse("programs:participant_table", args=[cohort.pk]) + query)
    path = tmp_path / f"people.{ending}"
    path.write_bytes(response.content)

    people = read_people(path).people

    ann = "=1+1" if ending == "xlsx" else "'=1+1"
    assert f'filename="fruh-spat-participants.{ending}"' in response["Content-Disposition"]
    assert dict(zip(people.ids, people.roles, strict=True)) == {
        ann: "mentor",
        "B": "mentee",
        "C": "",
        "D": "",
        "E": "",
    }
    at = people.row_of[ann]
    assert (people.offered[at], people.capacities[at]) == ((Topic("Games", 3), Topic("Law")), 2)
    assert (people.managers[at], people.dotted[at]) == ("C", ("E",))
    assert people.wanted[people.row_of["B"]] == (Topic("Law"),)


def test_what_people_say_themselves_stands_in_the_table_and_they_are_told_who_sees_it(
    client, cohort, manager
):
    ann = cohort.enrollments.mentors().get()
    said = {"languages": ["klingon"], "hours_from": 611, "hours_until": 911}
    services.save_answers(ann, said, by=ann.person)

    people = services.participants_of(cohort)
    client.force_login(ann.person)
    page = client.get(ann.own_href).content.decode()

    at = people.row_of["=1+1"]
    assert (people.languages[at], people.hours[at]) == (("klingon",), (611, 911))
    told = page.index("the program managers of your cohort", page.index('name="hours_until"'))
    assert told < page.index('name="capacity"')
    assert COHORT_MANAGER in audiences_of("programs.availability")
    assert COHORT_MANAGER not in audiences_of("programs.answers")


def test_a_cohort_of_nobody_gives_a_table_of_nobody(client, manager):
    response = client.get(reverse("programs:participant_table", args=[make_cohort(manager).pk]))

    assert response.content.decode("utf-8-sig").splitlines()[1:] == []


def test_loops_of_reporting_lines_end(manager):
    cohort = make_cohort(make_manager())
    ann, ben = make_person(employee_id="A"), make_person(employee_id="B")
    above(ann, ben)
    above(ben, ann)
    make_enrollment(cohort, person=ann)

    assert set(services.participants_of(cohort).ids) == {"A", "B"}


@pytest.mark.parametrize("count", [1, 3])
def test_the_table_makes_the_same_queries_for_any_number(count, django_assert_num_queries):
    cohort = make_cohort()
    for _ in range(count):
        make_enrollment(cohort)

    with django_assert_num_queries(9):
        people = services.participants_of(cohort)

    assert len(people) == count
