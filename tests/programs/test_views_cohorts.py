import re
from datetime import date

import pytest
from django.urls import reverse

from tests.factories import make_cohort, make_enrollment, make_person, make_program
from tests.programs.test_views_participants import enrolled, url
from upwell.policy import Policy
from upwell.programs import services
from upwell.programs.models import Cohort

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_cohort_detail_tells_supply_and_demand_in_the_same_queries(
    client, manager, count, django_assert_num_queries
):
    cohort = make_cohort(manager)
    mentors, mentees = enrolled(cohort, count), enrolled(cohort, count, "mentee")
    enrolled(cohort)
    for number, (mentor, mentee) in enumerate(zip(mentors, mentees, strict=True)):
        services.set_topics(mentor, offered=["Games"], by=manager)
        services.set_topics(mentee, wanted=["Games", f"Law {number}"], by=manager)

    with django_assert_num_queries(13):
        response = client.get(url("cohort_detail", cohort))

    facts = response.context["facts"]
    assert (facts.mentors, facts.mentees, facts.without_topics) == (count + 1, count, 1)
    games = next(topic for topic in facts.topics if topic.name == "Games")
    assert (games.wanted, games.offered, len(facts.topics)) == (count, count, count + 1)


def test_cohort_detail_counts_people_at_other_levels_than_the_policy_takes(client, manager):
    cohort = make_cohort(manager)
    enrolled(cohort, 2)
    policy = Policy.from_values({"mentors": {"levels": ["Associate"]}})
    services.save_policy(cohort.program, policy, by=manager)

    response = client.get(url("cohort_detail", cohort))

    assert response.context["facts"].outside == 2


@pytest.mark.parametrize(
    ("roles", "news"),
    [
        ([], "Nobody takes part"),
        (["mentor"], "waits for its mentees"),
        (["mentee"], "waits for its mentors"),
        (["mentor", "mentee"], "1 mentee and 1 mentor take part"),
    ],
)
def test_cohort_detail_says_what_is_true_today(client, manager, roles, news):
    cohort = make_cohort(manager)
    for role in roles:
        enrolled(cohort, role=role)

    assert news in client.get(url("cohort_detail", cohort)).content.decode()


@pytest.mark.parametrize(
    ("states", "news", "action"),
    [
        ([("mentee", "out")], "Nobody takes part", "Add mentees"),
        ([("mentee", "asked")] * 2, "2 people are chosen", "Invite the participants"),
        ([("mentee", "enrolled")], "waits for its mentors", "Add mentors"),
        ([("mentee", "enrolled"), ("mentor", "asked")], "waits for", "See who has answered"),
        ([("mentee", "enrolled"), ("mentor", "enrolled")], "take part", "Go to the matching"),
    ],
)
def test_cohort_detail_leads_to_what_comes_next(client, manager, states, news, action):
    cohort = make_cohort(manager, gates=["mentees"])
    for number, (role, state) in enumerate(states):
        person = make_person(sign_in_email=f"p{number}@meridian.example")
        make_enrollment(cohort, role, state=state, person=person)

    text = client.get(url("cohort_detail", cohort)).content.decode()

    assert news in text
    assert re.findall(r"button--primary[^>]*>([^<]+)<", text) == [action]


def test_cohort_create_opens_a_cohort(client, manager):
    program = make_program(manager)

    response = client.post(
        reverse("programs:cohort_create", args=[program.pk]),
        {"name": "Spring", "starts_on": "2027-03-01", "months": "6"},
    )

    cohort = Cohort.objects.get()
    assert response.url == cohort.get_absolute_url()
    assert (cohort.program, cohort.starts_on) == (program, date(2027, 3, 1))


def test_cohort_create_shows_that_a_name_is_taken(client, manager):
    program = make_program(manager)
    make_cohort(program=program, name="Spring")

    response = client.post(
        reverse("programs:cohort_create", args=[program.pk]),
        {"name": "Spring", "starts_on": "2027-03-01", "months": "6"},
    )

    assert "already has a cohort of that name" in response.content.decode()
    assert Cohort.objects.count() == 1


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "9999-12-31"])
def test_cohort_create_refuses_a_day_that_no_page_could_show(client, manager, day):
    program = make_program(manager)

    response = client.post(
        reverse("programs:cohort_create", args=[program.pk]),
        {"name": "Spring", "starts_on": day, "months": "6"},
    )

    assert "Please choose a day from Jan. 1, 2000 to" in response.content.decode()
    assert not Cohort.objects.exists()
