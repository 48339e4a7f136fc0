"""The catalog that ships, brought in beside what people have named and edited."""

import pytest

from tests.databases import at_once
from tests.factories import make_enrollment, make_manager, make_topic
from upwell.audit.models import AuditEntry
from upwell.programs import services
from upwell.programs.catalog import shipped_topics
from upwell.programs.models import Topic, TopicName
from upwell.programs.services.topics import keys_of

pytestmark = pytest.mark.django_db
NAME = "Generative AI at work"


def rows():
    return list(Topic.objects.order_by("pk").values()), list(
        TopicName.objects.order_by("pk").values()
    )


def edit(topic, **fields):
    Topic.objects.filter(pk=topic.pk).update(is_edited=True, **fields)


def test_everything_that_ships_comes_in_with_all_its_names():
    brought = services.bring_in_catalog()

    shipped = shipped_topics("en")
    topic = Topic.objects.get(name=NAME)
    assert (brought.added, brought.filled) == (60, 0)
    assert Topic.objects.offered().count() == 60
    assert topic.questions == list(next(one for one in shipped if one.name == NAME).questions)
    assert (topic.language, topic.group, topic.is_edited) == (
        "en",
        "artificial_intelligence",
        False,
    )
    assert TopicName.objects.count() == sum(1 + len(one.also) for one in shipped)


def test_the_second_time_nothing_is_written():
    services.bring_in_catalog()
    before, told = rows(), AuditEntry.objects.count()

    brought = services.bring_in_catalog()

    assert (brought.added, brought.filled) == (0, 0)
    assert rows() == before
    assert AuditEntry.objects.count() == told == 1


def test_a_name_that_people_gave_already_is_filled():
    enrollment = make_enrollment()
    services.set_topics(enrollment, offered=["generative ai at WORK"], by=make_manager())

    brought = services.bring_in_catalog()

    topic = enrollment.topics.get().topic
    assert (brought.added, brought.filled) == (59, 1)
    assert topic.shipped_as == "generative ai at work"
    assert topic.reading


def test_what_somebody_edited_is_not_overwritten():
    services.bring_in_catalog()
    topic = Topic.objects.get(name=NAME)
    edit(topic, description="Ours.", questions=["Own?"])
    topic.names.filter(name="ChatGPT").delete()
    other = Topic.objects.get(name="Short video")
    Topic.objects.filter(pk=other.pk).update(description="An older text.")

    brought = services.bring_in_catalog()

    topic.refresh_from_db()
    other.refresh_from_db()
    assert (brought.added, brought.filled) == (0, 1)
    assert (topic.description, topic.questions) == ("Ours.", ["Own?"])
    assert not topic.names.filter(name="ChatGPT").exists()
    assert other.description != "An older text."


def test_a_topic_of_the_organizations_own_keeps_its_texts():
    own = make_topic(NAME, description="Written here.", is_edited=True, group="wellbeing")

    services.bring_in_catalog()

    own.refresh_from_db()
    assert (own.description, own.group) == ("Written here.", "wellbeing")
    assert own.shipped_as == "generative ai at work"


def test_a_name_that_was_filed_elsewhere_stays_there():
    own = make_topic("Machines that write", also=[NAME, "Gen AI"])

    brought = services.bring_in_catalog()

    assert brought.added == 59
    assert set(own.names.values_list("name", flat=True)) == {
        "Machines that write",
        NAME,
        "Gen AI",
    }


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_brings_it_in(own_database):
    results = at_once(services.bring_in_catalog, services.bring_in_catalog)

    assert sorted(one.added for one in results) == [0, 60]
    assert Topic.objects.count() == 60
    assert TopicName.objects.values("key").distinct().count() == TopicName.objects.count()


@pytest.mark.django_db(transaction=True)
def test_a_name_given_while_the_catalog_comes_in_is_of_one_topic(own_database):
    enrollment, manager = make_enrollment(), make_manager()

    def give():
        return services.set_topics(enrollment, offered=["ChatGPT", NAME], by=manager)

    results = at_once(services.bring_in_catalog, give)

    assert results[1] is True
    found = keys_of(["chatgpt", "generative ai at work"])
    assert set(found.values()) == set(enrollment.topics.values_list("topic", flat=True))
    assert all(topic.names.filter(key=topic.key).exists() for topic in Topic.objects.all())
