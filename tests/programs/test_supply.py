"""The right mentees first, and then the mentors who can meet what they want."""

import pytest
from django.urls import reverse

from tests.factories import (
    make_cohort,
    make_enrollment,
    make_level,
    make_manager,
    make_person,
    make_program,
)
from upwell.people.models import OrgUnit
from upwell.policy import Policy
from upwell.programs import services
from upwell.programs.services.supply import gaps_of, worths_of

pytestmark = pytest.mark.django_db


def url(name, row):
    return reverse(f"programs:{name}", args=[row.pk])


@pytest.fixture
def cohort(manager):
    """Of a program about marketing, for directors and above."""
    for height, name in enumerate(("Associate", "Director", "VP"), 1):
        make_level(name, height)
    program = make_program(manager, functions=["Marketing", "sales"])
    sides = {"mentors": {"levels": ["Associate"]}, "mentees": {"levels": ["Director", "VP"]}}
    services.save_policy(program, Policy.from_values(sides), by=manager)
    return make_cohort(program=program)


def unit_named(name, parent=None):
    return OrgUnit.objects.create(name=name, parent=parent)


def proposed(client, cohort, **query):
    page = client.get(url("participant_add", cohort), {"role": "mentee"} | query).context["page"]
    return [person.name for person in page]


def test_the_most_senior_people_whom_the_goal_is_about_are_proposed_first(client, cohort):
    brand = unit_named("Brand", parent=unit_named("Group Marketing"))
    make_person(name="Ann", level=make_level("Director"), unit=brand)
    make_person(name="Ben", level=make_level("VP"), title="Head of Sales")
    make_person(name="Cid", level=make_level("VP"), unit=unit_named("Finance"))
    make_person(name="Dee", level=make_level("Associate"), unit=brand)
    make_person(name="Eve", level=make_level("Director"), service_line="SALES")

    assert proposed(client, cohort) == ["Ben", "Ann", "Eve"]
    assert proposed(client, cohort, chosen="on")[:5] == ["Ben", "Ann", "Eve", "Dee", "Cid"]
    page = client.get(url("participant_add", cohort), {"role": "mentee"}).content.decode()
    assert "The goal is about Marketing, sales" in page
    assert page.count("fits the goal") == 3


def test_all_whom_the_goal_is_about_are_added_and_nobody_else(client, cohort):
    make_person(name="Ann", level=make_level("VP"), title="VP, Marketing")
    make_person(name="Cid", level=make_level("VP"), title="VP, Finance")

    client.post(f"{url('participant_add', cohort)}?role=mentee", {"is_all": "on"})

    assert [str(one.person) for one in cohort.enrollments.mentees()] == ["Ann"]


def test_without_a_goal_the_most_senior_come_first(client, cohort):
    type(cohort.program).objects.update(functions=[])
    make_person(name="Ann", level=make_level("Director"))
    make_person(name="Ben", level=make_level("VP"))
    make_person(name="Cid")

    assert proposed(client, cohort) == ["Ben", "Ann"]


def mentee(cohort, *wanted):
    enrollment = make_enrollment(cohort, "mentee", person=make_person(level=make_level("VP")))
    services.set_topics(enrollment, wanted=wanted, by=enrollment.person)
    return enrollment


def mentor(cohort, *offered, **fields):
    person = make_person(**{"level": make_level("Associate")} | fields)
    enrollment = make_enrollment(cohort, person=person)
    services.set_topics(enrollment, offered=offered, by=person)
    return enrollment


def test_gaps_name_who_has_offered_the_topic_and_whose_work_is_about_it(cohort):
    for _number in range(2):
        mentee(cohort, "Podcasts", "Law")
    mentor(cohort, "Law")
    mentor(cohort, "Law", name="Here")
    elsewhere = make_cohort()
    mentor(elsewhere, "Podcasts", name="Known")
    associate = make_level("Associate")
    make_person(name="Likely", level=associate, title="Podcasts and radio")
    make_person(name="Too senior", level=make_level("VP"), title="Podcasts")
    make_person(name="Left", level=associate, title="Podcasts", is_active=False)

    (gap,) = gaps_of(cohort)

    assert (gap.topic.name, gap.short) == ("Podcasts", 2)
    assert [str(one) for one in gap.known] == ["Known"]
    assert [str(one) for one in gap.likely] == ["Likely"]


def test_what_somebody_wanted_who_is_out_by_now_is_no_gap(cohort):
    out = mentee(cohort, "Podcasts")
    type(out).objects.filter(pk=out.pk).update(state="out")
    mentee(cohort, "Law")

    assert [gap.topic.name for gap in gaps_of(cohort)] == ["Law"]


def test_one_more_mentor_is_worth_most_where_a_topic_is_missing(cohort):
    mentee(cohort, "Podcasts")
    mentee(cohort, "Law")
    mentor(cohort, "Law")

    worths = worths_of(cohort)

    assert worths["podcasts"].mentees == 1
    assert worths["podcasts"] >= worths["law"]


def test_nothing_is_counted_without_both_sides(client, cohort):
    mentee(cohort, "Podcasts")

    page = client.get(url("supply_detail", cohort), {"worth": "on"}).content.decode()

    assert worths_of(cohort) == {}
    assert "once the cohort has both mentors and mentees" in page


@pytest.mark.parametrize("count", [1, 3])
def test_supply_detail_makes_the_same_queries_for_any_number_of_topics(
    client, cohort, count, django_assert_num_queries
):
    names = [f"Secret {number}" for number in range(count)]
    mentee(cohort, *names)
    mentor(make_cohort(), *names)
    make_person(level=make_level("Associate"), title="Secret keeper")

    with django_assert_num_queries(13):
        response = client.get(url("supply_detail", cohort))

    assert len(response.context["topics"]) == len(response.context["gaps"]) == count
    assert all(len(gap.known) == len(gap.likely) == 1 for gap in response.context["gaps"])


def test_the_table_comes_alone_where_htmx_asks_for_it(client, cohort):
    mentee(cohort, "Podcasts")
    mentor(cohort, "Law")

    answer = client.get(
        url("supply_detail", cohort), {"worth": "on"}, headers={"hx-request": "true"}
    )

    html = answer.content.decode().strip()
    assert html.startswith("<section")
    assert "One more mentor brings" in html


def test_what_others_manage_does_not_exist(client, cohort):
    client.force_login(make_manager())

    assert client.get(url("supply_detail", cohort)).status_code == 404
