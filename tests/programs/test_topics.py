import pytest
from django.core.exceptions import ValidationError

from tests.factories import make_enrollment, make_manager
from upwell.programs import services
from upwell.programs.models import EnrollmentTopic, Topic
from upwell.sheets import Topic as Named

pytestmark = pytest.mark.django_db


def topics(enrollment):
    rows = enrollment.topics.select_related("topic")
    return {(row.kind, row.topic.name, row.strength) for row in rows}


def test_set_topics_writes_only_what_differs():
    enrollment, manager = make_enrollment(), make_manager()
    given = [Named("Generative AI", 3), "Podcasts"]

    first = services.set_topics(enrollment, offered=given, wanted=["Podcasts"], by=manager)
    rows = set(EnrollmentTopic.objects.values_list("pk", flat=True))
    again = services.set_topics(enrollment, offered=given, by=manager)

    assert (first, again) == (True, False)
    assert set(EnrollmentTopic.objects.values_list("pk", flat=True)) == rows
    assert topics(enrollment) == {
        ("offered", "Generative AI", 3),
        ("offered", "Podcasts", 2),
        ("wanted", "Podcasts", 2),
    }


def test_set_topics_removes_what_is_gone_and_changes_strengths():
    enrollment, other, manager = make_enrollment(), make_enrollment(), make_manager()
    services.set_topics(other, offered=["Podcasts"], by=manager)
    services.set_topics(enrollment, offered=["Podcasts", "Games"], wanted=["Law"], by=manager)

    services.set_topics(enrollment, offered=[Named("Games", 1)], by=manager)

    assert topics(enrollment) == {("offered", "Games", 1), ("wanted", "Law", 2)}
    assert topics(other) == {("offered", "Podcasts", 2)}


def test_set_topics_finds_the_topic_of_the_catalog_in_any_spelling():
    manager = make_manager()

    services.set_topics(make_enrollment(), offered=["Generative AI"], by=manager)
    services.set_topics(make_enrollment(), wanted=["  generative   ai "], by=manager)

    assert list(Topic.objects.values_list("name", "key")) == [("Generative AI", "generative ai")]


@pytest.mark.parametrize("topic", [Named(" "), Named("x" * 201), Named("Games", 4)])
def test_set_topics_refuses_what_is_no_topic(topic):
    with pytest.raises(ValidationError):
        services.set_topics(make_enrollment(), offered=[topic], by=make_manager())

    assert not Topic.objects.exists()
