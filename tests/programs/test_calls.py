"""The open call: opening it, saying "I am willing", changing it, taking it back, the poster."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from tests.databases import at_once
from tests.factories import (
    make_call,
    make_cohort,
    make_enrollment,
    make_level,
    make_person,
    make_program,
    make_topic,
    make_willing,
)
from upwell.audit.models import AuditEntry
from upwell.policy import Policy
from upwell.programs import services
from upwell.programs.models import OpenCall, Willing

pytestmark = pytest.mark.django_db


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def events():
    return list(AuditEntry.objects.order_by("at").values_list("event", flat=True))


def page(name, row):
    return reverse(f"programs:{name}", args=[row.pk])


def volunteer():
    return make_person(sign_in_email=f"v{Willing.objects.count()}@example.com")


@pytest.fixture
def call():
    return make_call(make_program(name="Fresh eyes"))


def posted(topic=None, **fields):
    given = {"role": "mentor", "when": "next"}
    named = {"topic_0": str(topic.public_id), "strength_0": "3"} if topic else {}
    return given | named | fields


def test_somebody_says_that_they_are_willing(client, call):
    person, topic = volunteer(), make_topic("Games", group="wellbeing")
    client.force_login(person)

    response = client.post(call.get_absolute_url(), posted(topic))

    (willing,) = Willing.objects.standing()
    assert response.headers["Location"] == call.get_absolute_url()
    assert (willing.person, willing.role, willing.when) == (person, "mentor", "next")
    assert [(one.topic, one.strength) for one in willing.topics.all()] == [(topic, 3)]
    assert events() == ["programs.willing.said"]
    said = client.get(call.get_absolute_url()).content.decode()
    assert "You are willing to be a mentor in Fresh eyes" in said


def test_a_form_sent_twice_is_one_standing(client, call):
    client.force_login(volunteer())

    for _ in range(2):
        client.post(call.get_absolute_url(), posted())

    assert Willing.objects.count() == 1
    assert events() == ["programs.willing.said"]


def test_another_role_takes_the_place_of_the_first(client, call):
    person = volunteer()
    client.force_login(person)

    for role in ("mentor", "mentee"):
        client.post(call.get_absolute_url(), posted(role=role))

    assert [one.role for one in person.willing.standing()] == ["mentee"]


def test_the_database_keeps_one_standing_for_each():
    willing = make_willing()

    for role in ("mentor", "mentee"):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_willing(willing.program, role, person=willing.person)


def test_topics_and_cohort_can_be_changed(client, call):
    cohort = make_cohort(program=call.program, starts_on=today(60))
    person, first, second = volunteer(), make_topic("Go"), make_topic("Chess", group="wellbeing")
    willing = make_willing(call.program, person=person, topics={first: 2})
    client.force_login(person)

    client.post(call.get_absolute_url(), posted(second, when=str(cohort.pk)))

    willing.refresh_from_db()
    assert (willing.when, willing.cohort) == ("named", cohort)
    assert [one.topic for one in willing.topics.all()] == [second]


def test_whoever_has_many_topics_keeps_them_while_changing_something_else(client, call):
    topics = {make_topic(f"Topic {number}", group="wellbeing"): 3 for number in range(4)}
    topics[make_topic("Put away", group="wellbeing", is_archived=True)] = 1
    willing = make_willing(call.program, person=volunteer(), topics=topics)
    client.force_login(willing.person)

    form = client.get(call.get_absolute_url()).context["form"]
    given = {one.html_name: one.value() or "" for one in form} | {"when": "any"}
    client.post(call.get_absolute_url(), given)

    willing.refresh_from_db()
    assert willing.when == "any"
    assert {one.topic: one.strength for one in willing.topics.all()} == topics


def test_a_mentee_says_of_a_topic_that_they_want_it_and_not_how_well(client, call):
    client.force_login(volunteer())

    client.post(call.get_absolute_url(), posted(make_topic("Go", group="wellbeing"), role="mentee"))

    assert [one.strength for one in Willing.objects.get().topics.all()] == [2]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_few_and_many_topics(
    client, call, count, django_assert_num_queries
):
    topics = {make_topic(f"Topic {number}", group="wellbeing"): 2 for number in range(count)}
    client.force_login(make_willing(call.program, person=volunteer(), topics=topics).person)

    with django_assert_num_queries(12):
        client.get(call.get_absolute_url())


def test_it_is_taken_back_and_said_again(client, call):
    person = volunteer()
    make_willing(call.program, person=person)
    client.force_login(person)

    client.post(reverse("call_take_back", args=[call.token]))
    gone = person.willing.standing().exists()
    client.post(call.get_absolute_url(), posted())

    assert not gone
    assert person.willing.standing().exists()
    assert events() == ["programs.willing.taken_back", "programs.willing.said"]


@pytest.mark.parametrize("fields", [{"closed_at": timezone.now()}, {"closes_on": "2026-01-01"}])
def test_a_closed_call_takes_nobody_and_says_what_to_do(client, call, fields):
    OpenCall.objects.update(**fields)
    client.force_login(volunteer())

    response = client.post(call.get_absolute_url(), posted())

    text = response.content.decode()
    assert not Willing.objects.exists()
    assert "The call of Fresh eyes is closed" in text
    assert "tell whoever runs the program" in text


def test_whoever_stands_on_the_roster_can_take_it_back_when_the_call_is_closed(client, call):
    person = volunteer()
    make_willing(call.program, person=person)
    OpenCall.objects.update(closed_at=timezone.now())
    client.force_login(person)

    text = client.get(call.get_absolute_url()).content.decode()

    assert "Take it back" in text
    assert "Change what you said" not in text


def test_a_role_that_the_call_does_not_look_for_is_refused(client, call):
    OpenCall.objects.update(takes_mentees=False)
    client.force_login(volunteer())

    client.post(call.get_absolute_url(), posted(role="mentee"))

    assert not Willing.objects.exists()
    with pytest.raises(ValidationError, match="does not look for"):
        services.say_willing(call, make_person(), role="mentee", when="next", topics={})


def test_a_level_that_does_not_fit_stays_on_the_roster_and_is_told(client, call):
    call.program.policy_json = Policy.from_values({"mentors": {"levels": ["Junior"]}}).to_json()
    call.program.save()
    person = volunteer()
    person.level = make_level("Director")
    person.save()
    client.force_login(person)

    response = client.post(call.get_absolute_url(), posted(), follow=True)

    assert person.willing.standing().exists()
    assert "for people at these levels: Junior" in response.content.decode()


def test_whoever_takes_part_already_is_told(client, call):
    person = volunteer()
    cohort = make_cohort(program=call.program, name="Spring", starts_on=today())
    make_enrollment(cohort, person=person)
    client.force_login(person)

    text = client.get(call.get_absolute_url()).content.decode()

    assert "You are a mentor in Spring already" in text


def test_who_sees_it_is_said(client, call):
    client.force_login(volunteer())

    assert "the program managers of a program that you are willing to serve in" in (
        client.get(call.get_absolute_url()).content.decode()
    )


def test_an_unknown_address_is_nobodys(client):
    client.force_login(volunteer())

    assert client.get(reverse("call_answer", args=["abcd2345"])).status_code == 404


def test_whoever_is_not_signed_in_comes_back_after_it(client, call):
    response = client.get(call.get_absolute_url())

    assert response.headers["Location"] == f"/accounts/login/?next={call.get_absolute_url()}"


def test_two_at_once_are_one_standing(own_database):
    call, person = make_call(), make_person()

    at_once(
        lambda: services.say_willing(call, person, role="mentor", when="next", topics={}),
        lambda: services.say_willing(call, person, role="mentee", when="any", topics={}),
    )

    assert Willing.objects.filter(taken_back_at=None).count() == 1
