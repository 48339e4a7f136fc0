"""What those do who look after the catalog: add, edit, archive, reset, file."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.databases import at_once
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_manager,
    make_program,
    make_topic,
    make_willing,
)
from tests.programs.test_topics import topics
from upwell.programs import services
from upwell.programs.catalog import TopicTexts
from upwell.programs.models import EnrollmentTopic, ProgramTopic, Topic, TopicName, WillingTopic
from upwell.programs.services.catalog import shipped as shipped_here
from upwell.sheets import Topic as Named

pytestmark = pytest.mark.django_db
TEXTS = TopicTexts(
    name="Board games",
    also=("Chess",),
    description="What a table teaches.",
    questions=("Which game?",),
    activities=("Play one.",),
    reading="Some games.",
    group="wellbeing",
    language="en",
)


def names(topic):
    return set(topic.names.values_list("name", flat=True))


def test_a_topic_of_ones_own_is_added_with_its_names():
    topic = services.add_topic(TEXTS, by=make_manager())

    assert (topic.key, topic.group, topic.is_edited) == ("board games", "wellbeing", True)
    assert names(topic) == {"Board games", "Chess"}


@pytest.mark.parametrize("taken", ["board  GAMES", "chess"])
def test_no_two_topics_have_one_name(taken):
    services.add_topic(TEXTS, by=make_manager())

    with pytest.raises(ValidationError, match=r"a name of the topic “Board games” already"):
        services.add_topic(replace(TEXTS, name=taken, also=()), by=make_manager())

    assert Topic.objects.count() == 1


def test_an_edited_topic_is_still_found_under_its_old_name():
    manager = make_manager()
    topic = services.add_topic(TEXTS, by=manager)

    services.change_topic(topic, replace(TEXTS, name="Games", also=()), by=manager)

    topic.refresh_from_db()
    assert (topic.name, topic.key) == ("Games", "games")
    assert names(topic) == {"Games", "Board games"}
    enrollment = make_enrollment()
    services.set_topics(enrollment, wanted=["Board Games"], by=manager)
    assert topics(enrollment) == {("wanted", "Games", 2)}


def test_saving_a_shipped_topic_unchanged_leaves_it_shipped():
    services.bring_in_catalog()
    topic = Topic.objects.get(name="Short video")
    [shipped] = [one for one in shipped_here().values() if one.name == "Short video"]

    services.change_topic(topic, shipped, by=make_manager())

    topic.refresh_from_db()
    assert not topic.is_edited


def test_a_shipped_topic_can_be_edited_and_reset():
    services.bring_in_catalog()
    manager, topic = make_manager(), Topic.objects.get(name="Short video")
    kept = (topic.description, topic.questions, names(topic))

    services.change_topic(topic, replace(TEXTS, name="Reels", also=("Clips",)), by=manager)
    topic.refresh_from_db()
    edited = (topic.name, topic.is_edited)
    services.reset_topic(topic, by=manager)

    topic.refresh_from_db()
    assert edited == ("Reels", True)
    assert (topic.name, topic.is_edited) == ("Short video", False)
    assert (topic.description, topic.questions) == kept[:2]
    assert names(topic) == kept[2] | {"Reels", "Clips"}


def test_what_does_not_ship_cannot_be_reset():
    topic = services.add_topic(TEXTS, by=make_manager())

    with pytest.raises(ValidationError):
        services.reset_topic(topic, by=make_manager())


def test_an_archived_topic_is_not_offered_and_stays_where_it_is_used():
    manager, enrollment = make_manager(), make_enrollment()
    topic = services.add_topic(TEXTS, by=manager)
    services.set_topics(enrollment, wanted=["Chess"], by=manager)

    services.archive_topic(topic, by=manager)
    archived = Topic.objects.offered().exists()
    services.offer_topic(topic, by=manager)

    assert not archived
    assert Topic.objects.offered().get() == topic
    assert topics(enrollment) == {("wanted", "Board games", 2)}


def test_two_names_of_one_topic_count_once_with_the_higher_strength():
    services.add_topic(TEXTS, by=make_manager())
    enrollment = make_enrollment()

    for given in ([Named("Chess", 3), Named("Board games", 1)], ["Board games", Named("Chess", 3)]):
        services.set_topics(enrollment, wanted=given, by=make_manager())
        assert topics(enrollment) == {("wanted", "Board games", 3)}


def test_a_topic_that_is_filed_takes_everything_along():
    manager = make_manager()
    under = services.add_topic(TEXTS, by=manager)
    free = make_topic("Go", also=["Weiqi"])
    both, one, programs = make_enrollment(), make_enrollment(), [make_program(), make_program()]
    services.set_topics(both, wanted=[Named("Go", 3), Named("Chess", 1)], by=manager)
    services.set_topics(one, offered=[Named("Go", 1)], by=manager)
    willing = [make_willing(programs[0], topics={free: 3}) for _ in range(2)]
    WillingTopic.objects.create(willing=willing[0], topic=under, strength=1)
    for program, topic in ((programs[0], free), (programs[1], free), (programs[1], under)):
        ProgramTopic.objects.create(program=program, topic=topic, position=topic.pk)

    services.file_topic(free, under=under, by=manager)

    assert topics(both) == {("wanted", "Board games", 3)}
    assert topics(one) == {("offered", "Board games", 1)}
    assert [list(one.topics.values_list("topic__name", flat=True)) for one in programs] == [
        ["Board games"],
        ["Board games"],
    ]
    rows = WillingTopic.objects.order_by("pk").values_list("topic", "strength")
    assert list(rows) == [(under.pk, 3), (under.pk, 3)]
    assert names(under) == {"Board games", "Chess", "Go", "Weiqi"}
    assert not Topic.objects.filter(pk=free.pk).exists()


def test_filing_knows_everything_that_points_to_a_topic():
    models = {one.related_model for one in Topic._meta.related_objects}  # noqa: SLF001 -- a public API of Django

    assert models == {EnrollmentTopic, ProgramTopic, TopicName, WillingTopic}


def test_what_ships_is_not_filed_and_nothing_under_itself():
    services.bring_in_catalog()
    shipped, own = Topic.objects.get(name="Short video"), make_topic("Go")

    for topic, under in ((shipped, own), (own, own)):
        with pytest.raises(ValidationError):
            services.file_topic(topic, under=under, by=make_manager())

    assert Topic.objects.count() == 61


def test_whoever_takes_part_among_those_who_have_a_topic_does_not_file_it():
    manager, under = make_manager(), make_topic("Board games")
    cohort = make_cohort(starts_on=timezone.localdate())
    services.set_topics(make_enrollment(cohort), wanted=["Go"], by=make_manager())
    make_enrollment(cohort, role="mentee", person=manager)
    topic = Topic.objects.get(key="go")

    with pytest.raises(ValidationError, match="another program manager"):
        services.file_topic(topic, under=under, by=manager)

    services.file_topic(topic, under=under, by=make_manager())
    assert EnrollmentTopic.objects.get().topic == under


@pytest.mark.django_db(transaction=True)
def test_of_two_who_give_one_name_at_once_one_is_refused(own_database):
    manager = make_manager()

    def add(name):
        return lambda: services.add_topic(replace(TEXTS, name=name, also=("Chess",)), by=manager)

    results = at_once(add("One"), add("Two"))

    assert sorted(type(one).__name__ for one in results) == ["Topic", "ValidationError"]
    assert TopicName.objects.get(name="Chess").topic == Topic.objects.get()


@pytest.mark.django_db(transaction=True)
def test_a_topic_given_while_it_is_filed_is_not_lost(own_database):
    manager, under = make_manager(), make_topic("Board games")
    enrollment, topic = make_enrollment(), make_topic("Go")

    results = at_once(
        lambda: services.file_topic(topic, under=under, by=manager),
        lambda: services.set_topics(enrollment, wanted=["Go"], by=manager),
    )

    assert results == [None, True]
    assert topics(enrollment) == {("wanted", "Board games", 2)}
