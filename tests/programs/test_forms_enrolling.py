"""Somebody's own enrollment form: topics ticked and written in, and by which clock hours go."""

import pytest

from tests.enrolling import again, posted, ticked_in, url
from tests.factories import make_enrollment, make_person, make_topic
from upwell.programs import services
from upwell.programs.models import Enrollment
from upwell.sheets import Topic as Named

pytestmark = pytest.mark.django_db


@pytest.fixture
def mentee(asked, client):
    """Vera, who is asked in the same cohort, and signed in."""
    vera = make_person(name="Vera Stone", sign_in_email="vera@example.com")
    client.force_login(vera)
    return make_enrollment(asked.cohort, "mentee", person=vera, state="asked")


@pytest.fixture
def topics():
    return [make_topic(name, group="digital_and_social") for name in ("Games", "Law", "Music")]


def keys(topics):
    return [str(topic.public_id) for topic in topics]


def chosen(enrollment):
    return {one.topic.name: one.strength for one in enrollment.topics.select_related("topic")}


def test_a_refused_page_keeps_ticks_and_strengths(client, asked, ann, topics):
    client.force_login(ann)
    ticked = keys(topics[:2])
    given = posted(client, asked, topics=ticked) | {f"topics_{ticked[0]}": "3"}
    del given["signs"]

    page = client.post(url(asked), given).content.decode()

    assert ticked_in(page) == ticked
    assert page.count('<option value="3" selected>') == 1
    assert not asked.topics.exists()


def test_a_tick_that_was_taken_away_stays_away_on_a_refused_page(client, mentee, topics):
    services.set_topics(mentee, wanted=["Games", "Law"], by=mentee.person)
    given = posted(client, mentee, topics=keys(topics[1:2]))
    del given["signs"]

    page = client.post(url(mentee), given).content.decode()

    assert ticked_in(page) == keys(topics[1:2])


def test_the_topic_written_in_counts_among_those_chosen(client, mentee, topics):
    given = posted(client, mentee, topics=keys(topics), other_topic="Chess boxing")

    page = client.post(url(mentee), given).content.decode()
    saved = client.post(url(mentee, "save"), given).content.decode()

    assert "Choose at most 3. These were 4." in page
    assert "Not saved yet: Topics." in saved
    assert (chosen(mentee), again(mentee).state) == ({}, Enrollment.State.ASKED)


def test_a_topic_both_ticked_and_written_in_counts_once(client, mentee, topics):
    given = posted(client, mentee, topics=keys(topics), other_topic=" games")

    client.post(url(mentee), given)

    assert chosen(mentee) == {"Games": 2, "Law": 2, "Music": 2}


def test_more_topics_than_one_may_choose_can_stay_where_somebody_else_gave_them(
    client, mentee, topics
):
    topics.append(make_topic("Novels", group="digital_and_social"))
    services.set_topics(mentee, wanted=[topic.name for topic in topics], by=mentee.person)
    given = posted(client, mentee, topics=keys(topics), sentence="How they choose")

    client.post(url(mentee), given)

    assert again(mentee).state == Enrollment.State.ENROLLED
    assert len(chosen(mentee)) == 4


def test_the_topic_written_in_is_saved_as_one_goes(client, mentee, topics):
    given = posted(client, mentee, topics=keys(topics[:1]), other_topic="Chess boxing")

    saved = client.post(url(mentee, "save"), given).content.decode()
    kept = chosen(mentee)
    client.post(url(mentee, "save"), posted(client, mentee, topics=keys(topics[:1])))

    assert "Saved." in saved
    assert kept == {"Games": 2, "Chess boxing": 2}
    assert chosen(mentee) == {"Games": 2}


def test_a_page_without_strengths_leaves_them_as_they_are(client, mentee, topics):
    services.set_topics(mentee, wanted=[Named("Games", 3), Named("Law", 1)], by=mentee.person)
    given = posted(client, mentee, topics=keys(topics), sentence="How they choose")

    client.post(url(mentee, "save"), given)

    assert chosen(mentee) == {"Games": 3, "Law": 1, "Music": 2}


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("America/New_York", "The times are read in your own time zone, America/New York."),
        ("", "Your time zone is not known"),
    ],
)
def test_the_page_says_by_which_clock_hours_are_read(client, asked, ann, zone, said):
    type(ann).objects.filter(pk=ann.pk).update(own_zone=zone)
    client.force_login(ann)

    pages = [client.get(url(asked, name)).content.decode() for name in ("detail", "channels")]

    assert [said in page for page in pages] == [True, True]
