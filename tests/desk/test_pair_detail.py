"""A pair's page, for its two members and nobody else."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.factories import (
    make_enrollment,
    make_manager,
    make_pair,
    make_person,
    make_run,
    make_topic,
)
from upwell.desk.queries.pair import difference, local_time, pair_page
from upwell.pairs.models import Member, Pair
from upwell.people.models import Office, Person
from upwell.programs.models import Place

pytestmark = pytest.mark.django_db

REASONS = [
    {"code": "topics", "params": {"names": ["Short video"], "more": 0}},
    {"code": "hours", "params": {"half_hours": 5, "usual": ""}},
    {"code": "languages", "params": {"names": ["English"]}},
    {"code": "perspective", "params": {"step": 1}},
]


def paired(**fields):
    """A pair whose mentor is Jonas and whose mentee is Marguerite, with their places."""
    jonas = make_person(name="Jonas Sand", contact_email="jonas@example.com")
    marguerite = make_person(name="Marguerite Bell", title="Chief Marketing Officer")
    pair = make_pair(jonas, marguerite, **{"reasons": REASONS} | fields)
    for person, role in ((jonas, "mentor"), (marguerite, "mentee")):
        enrollment = make_enrollment(pair.cohort, role, person=person)
        place = Place.objects.create(enrollment=enrollment, number=1)
        Member.objects.create(pair=pair, place=place)
    return pair, jonas, marguerite


def page(client, pair, person):
    client.force_login(person)
    return client.get(pair.get_absolute_url()).content.decode()


def test_the_mentee_meets_the_mentor(client):
    pair, _jonas, marguerite = paired()

    html = page(client, pair, marguerite)

    assert "<h1>Meet Jonas Sand, your mentor</h1>" in html
    assert "Offered and wanted: “Short video”." in html
    assert "Jonas Sand leads, and will write to you" in html
    assert 'href="mailto:jonas@example.com?subject=Our%20first%20meeting"' in html


def test_the_pair_finds_what_the_catalog_has_on_its_topics(client):
    pair, _jonas, marguerite = paired()
    topic = make_topic("Short videos", also=["short VIDEO"], group="digital_and_social")

    html = page(client, pair, marguerite)

    assert f'<a class="card__link" href="{topic.get_absolute_url()}">Short videos</a>' in html


def test_a_topic_that_is_in_no_group_is_not_offered_to_the_pair(client):
    pair, _jonas, marguerite = paired()
    make_topic("Short video")

    assert "What you could talk about" not in page(client, pair, marguerite)


def test_the_mentor_learns_whom_they_mentor_and_that_they_lead(client):
    pair, jonas, _marguerite = paired()

    html = page(client, pair, jonas)

    assert "<h1>You are mentoring Marguerite Bell</h1>" in html
    assert "Chief Marketing Officer" in html
    assert "Offered and wanted: “Short video”." in html
    assert "You lead. Write to Marguerite Bell" in html


def test_the_two_are_told_topics_hours_and_languages_only(client):
    pair, jonas, _marguerite = paired()

    html = page(client, pair, jonas)

    assert "2.5 working hours in common." in html
    assert "Both speak English." in html
    assert "perspective" not in html


def test_hours_that_were_assumed_are_said_to_be():
    pair, jonas, _marguerite = paired()

    said = pair_page(pair, jonas).usual_hours

    assert said == "9 a.m. to 5 p.m."


@pytest.mark.parametrize("reasons", [[], REASONS])
def test_a_usual_day_is_named_where_it_was_assumed_and_nowhere_else(client, reasons):
    pair, jonas, marguerite = paired(reasons=reasons)
    before = page(client, pair, jonas)
    Person.objects.filter(pk=marguerite.pk).update(hours_from=600, hours_until=900)
    after = page(client, pair, jonas)

    assumed = "Not known. A usual day was assumed, 9 a.m. to 5 p.m., so ask before you book."
    assert (assumed in before) == bool(reasons)
    assert assumed not in after and "10 a.m. to 3 p.m." in after


def test_what_is_not_known_is_said(client):
    pair, jonas, _marguerite = paired(reasons=[])

    html = page(client, pair, jonas)

    assert "Not known. Your program manager can find out." in html
    assert "Not known, so ask before you book." in html
    assert html.count("Not known.") == 3
    assert "this was the best for all" in html
    assert "mailto:" not in html


def test_the_sign_in_address_is_nobodys_business(client):
    pair, jonas, marguerite = paired()
    Person.objects.filter(pk=marguerite.pk).update(sign_in_email="private@example.com")

    assert "private@example.com" not in page(client, pair, jonas)


def test_an_ended_pair_does_not_say_how_to_reach_each_other(client):
    pair, _jonas, marguerite = paired()
    Pair.objects.update(state=Pair.State.ENDED)

    html = page(client, pair, marguerite)

    assert "<h1>Your time with Jonas Sand has ended</h1>" in html
    assert "jonas@example.com" not in html
    assert "What happens next" not in html
    assert "Why the two of you" not in html


def test_nobody_else_sees_a_pair(client):
    manager = make_manager()
    run = make_run()
    run.cohort.program.staff.create(person=manager, role="program_manager")
    pair, jonas, _marguerite = paired(run=run)
    other, stranger, _mentee = paired_others()

    for person in (manager, stranger, make_person()):
        client.force_login(person)
        assert client.get(pair.get_absolute_url()).status_code == 404
    client.force_login(jonas)
    assert client.get(other.get_absolute_url()).status_code == 404


def paired_others():
    mentor, mentee = make_person(), make_person()
    pair = make_pair(mentor, mentee)
    for person in (mentor, mentee):
        enrollment = make_enrollment(pair.cohort, person=person)
        place = Place.objects.create(enrollment=enrollment, number=1)
        Member.objects.create(pair=pair, place=place)
    return pair, mentor, mentee


def test_a_pair_asks_to_sign_in(client):
    pair, _jonas, _marguerite = paired()

    response = client.get(pair.get_absolute_url())

    assert response.headers["Location"].startswith(reverse("account_login"))


def test_pair_detail_takes_no_posts(client):
    pair, jonas, _marguerite = paired()
    client.force_login(jonas)

    assert client.post(pair.get_absolute_url()).status_code == 405


def test_local_time_names_the_place_and_how_far_its_clock_is_away():
    tokyo = Office.objects.create(name="Tokyo", zone="Asia/Tokyo")
    keiko = make_person(office=tokyo)
    now = datetime(2026, 1, 15, 6, 40, tzinfo=UTC)

    said = local_time(keiko, make_person(own_zone="Europe/Oslo"), now)
    without_own = local_time(keiko, make_person(), now)

    assert said == "3:40 p.m. in Tokyo, 8 hours ahead of you"
    assert without_own == "3:40 p.m. in Tokyo"


def test_local_time_takes_the_city_of_an_own_zone():
    oslo = Office.objects.create(name="Oslo", zone="Europe/Oslo")
    away = make_person(office=oslo, own_zone="America/New_York")

    said = local_time(away, make_person(office=oslo), datetime(2026, 1, 15, 12, 0, tzinfo=UTC))

    assert said == "7 a.m. in New York, 6 hours behind you"


def test_a_zone_that_does_not_exist_is_not_known():
    assert local_time(make_person(own_zone="Mars/Olympus"), make_person(), datetime.now(UTC)) == ""


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0, "the same time as yours"),
        (1, "1 hour ahead of you"),
        (-1, "1 hour behind you"),
        (5.5, "5.5 hours ahead of you"),
    ],
)
def test_difference(hours, words):
    assert difference(hours) == words
