"""The page "About you, if you like": one's own, and whole without JavaScript."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from tests.backgrounds import make_open_cohort, tell_of, weigh
from tests.factories import make_enrollment, make_manager
from upwell.programs.models import Background, Cohort
from upwell.programs.queries.background import told_background

pytestmark = pytest.mark.django_db

BOTH = {"matching": "on", "monitoring": "on"}


@pytest.fixture
def own(client):
    cohort = make_open_cohort(make_manager())
    weigh(cohort)
    enrollment = make_enrollment(cohort)
    client.force_login(enrollment.person)
    return enrollment


def url_of(enrollment, name="about_me"):
    return reverse(f"programs:{name}", args=[enrollment.pk])


def post(client, enrollment, **sent):
    return client.post(url_of(enrollment), sent, follow=True).content.decode()


def uses_kept(enrollment):
    return {*told_background(enrollment).kept}


def test_page_asks_and_says_what_is_agreed_to(client, own):
    html = client.get(url_of(own)).content.decode()

    assert html.count("Rather not say") == 6
    assert html.count("By whom") == html.count("How long") == 2
    assert "What you have agreed to" not in html
    assert html.count("button--primary") == 1


def test_answers_are_kept_and_shown_to_their_owner(client, own):
    html = post(client, own, parents="y", gender="d", **BOTH)

    assert "Kept. They count for what you have ticked and for nothing else." in html
    assert '<option value="d" selected>' in html
    assert told_background(own).answers == {"parents": "y", "gender": "d"}
    assert uses_kept(own) == {"matching", "monitoring"}


def test_without_a_use_the_answers_stay_on_the_page_and_nowhere_else(client, own):
    html = post(client, own, gender="w")

    assert "Tick at least one use" in html
    assert '<option value="w" selected>' in html
    assert not Background.objects.exists()


def test_saving_without_an_answer_keeps_nothing(client, own):
    html = post(client, own, **BOTH)

    assert "There is no answer, so nothing about you is kept." in html
    assert uses_kept(own) == set()


def test_each_consent_is_taken_back_alone_and_everything_is_deleted(client, own):
    post(client, own, parents="y", **BOTH)

    html = client.post(url_of(own, "about_me_withdraw"), {"use": "matching"}, follow=True)
    after = uses_kept(own)
    gone = client.post(url_of(own, "about_me_withdraw"), follow=True)

    assert "Taken back." in html.content.decode()
    assert after == {"monitoring"}
    assert "Deleted. Nothing about your background is kept any more." in gone.content.decode()
    assert uses_kept(own) == set()


def test_an_option_that_there_is_not_is_refused(client, own):
    post(client, own, gender="x", **BOTH)

    assert uses_kept(own) == set()


@pytest.mark.parametrize("name", ["about_me", "about_me_withdraw"])
def test_page_of_somebody_else_is_not_there(client, own, name):
    other = make_enrollment(own.cohort)
    manager = own.cohort.program.staff.get().person
    client.force_login(manager)

    answers = [client.post(url_of(one, name)) for one in (own, other)]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_the_match_is_offered_only_where_it_weighs_the_answers(client, own):
    weigh(own.cohort, 0)

    html = client.get(url_of(own)).content.decode()
    post(client, own, parents="y", **BOTH)

    assert "For the match" not in html and "To see whom the program reaches" in html
    assert uses_kept(own) == {"monitoring"}


def test_a_consent_can_be_taken_back_though_the_match_does_not_weigh_it_any_more(client, own):
    tell_of(own, "y-----")
    weigh(own.cohort, 0)

    html = client.get(url_of(own)).content.decode()

    assert "Take back: For the match" in html


def test_answers_from_another_cohort_are_filled_in_and_not_ticked(client, own):
    tell_of(make_enrollment(make_open_cohort(), person=own.person), "y-----")

    html = client.get(url_of(own)).content.decode()

    assert "These are your answers from another cohort." in html
    assert '<option value="y" selected>' in html
    assert "checked" not in html


def test_page_of_a_cohort_that_has_closed_asks_nothing(client, own):
    tell_of(own, "y-----")
    Cohort.objects.update(starts_on="2020-01-01")

    html = client.get(url_of(own)).content.decode()
    sent = post(client, own, parents="n", **BOTH)

    assert "This cohort has closed" in html and "<select" not in html
    assert told_background(own).kept["matching"].row == "y-----"
    assert "<select" not in sent


def test_page_stays_where_the_answers_cannot_be_read(client, own):
    tell_of(own, "y-----")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE programs_background SET kept = %s", [b"\x01" * 90])

    answers = [
        client.get(url_of(own)),
        client.post(url_of(own), {"parents": "y", **BOTH}),
        client.post(url_of(own, "about_me_withdraw"), follow=True),
    ]

    assert [answer.status_code for answer in answers] == [200] * 3
    assert all("cannot be read at the moment" in one.content.decode() for one in answers)


def test_page_costs_the_same_queries_whatever_is_kept_and_however_many_take_part(client, own):
    counts = []
    for number in (1, 3):
        for _one in range(number):
            tell_of(make_enrollment(own.cohort), "y-----")
        tell_of(own, "y-----", ["matching", "monitoring"])
        client.get(url_of(own))
        with CaptureQueriesContext(connection) as queries:
            client.get(url_of(own))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_page_says_since_when(client, own):
    tell_of(own, "y-----")

    html = client.get(url_of(own)).content.decode()

    assert f"For the match, since {date_format(timezone.localdate())}" in html
