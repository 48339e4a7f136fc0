"""The open call: opening it, saying "I am willing", changing it, taking it back, the poster."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

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
from upwell.programs.call_words import HOW_CHOSEN
from upwell.programs.models import OpenCall, Willing
from upwell.programs.poster import poster_of, values_of

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


def test_a_manager_opens_a_call_changes_and_closes_it(client, manager):
    program = make_program(manager)
    given = {"takes_mentors": "on", "takes_mentees": "on", "how_chosen": "By lot."}

    client.post(page("call_detail", program), given)
    token = OpenCall.objects.get().token
    client.post(page("call_detail", program), given | {"closes_on": today(9).isoformat()})
    client.post(page("call_close", program))

    call = OpenCall.objects.get()
    assert (call.token, call.how_chosen, call.closes_on) == (token, "By lot.", today(9))
    assert not call.is_open()
    assert events() == [f"programs.call.{one}" for one in ("opened", "changed", "closed")]


def test_the_shipped_words_are_not_kept_as_the_managers_own(client, manager):
    program = make_program(manager)
    text = "\r\n".join(str(line) for line in HOW_CHOSEN)

    client.post(page("call_detail", program), {"takes_mentors": "on", "how_chosen": text})

    assert OpenCall.objects.get().how_chosen == ""


def test_a_call_for_nobody_or_until_yesterday_is_refused(client, manager):
    program = make_program(manager)

    for given in ({}, {"takes_mentors": "on", "closes_on": today(-1).isoformat()}):
        assert client.post(page("call_detail", program), given).status_code == 200

    assert not OpenCall.objects.exists()


def test_the_managers_page_shows_the_address_and_how_many_are_willing(client, manager):
    program = make_program(manager)
    call = make_call(program)
    for role in ("mentor", "mentor", "mentee"):
        make_willing(program, role)

    text = client.get(page("call_detail", program)).content.decode()

    assert "The call is open: 3 people are willing" in text
    assert f"/call/{call.token}/" in text


def test_the_call_of_another_program_is_not_found(client, manager):
    call = make_call()

    for name in ("call_detail", "call_poster", "roster_list"):
        assert client.get(page(name, call.program)).status_code == 404


def test_the_poster_is_a_file_to_keep(client, manager):
    call = make_call(make_program(manager, name="Fresh eyes"))

    response = client.get(page("call_poster", call.program))

    assert response.headers["Content-Disposition"] == 'attachment; filename="fresh-eyes-call.pdf"'
    assert response.content.startswith(b"%PDF")


def test_the_poster_says_where_and_how_in_the_readers_language(call):
    with translation.override("de"):
        values = values_of(call)

    assert values["language"] == "de"
    assert values["address"].endswith(f"/call/{call.token}")
    assert values["chosen"] == "Wie ausgewählt wird"
    assert values["qr"].startswith("<?xml")


def test_the_poster_holds_long_words_and_many(call):
    call.program.name = "Reverse mentoring for the transformation of customer operations"
    call.how_chosen = "\n".join(f"Reason {number}. " * 6 for number in range(9))

    assert poster_of(call).startswith(b"%PDF")
