"""The topics that ship: every file is walked, as each is edited by hand."""

import re
from collections import Counter
from itertools import chain

from upwell.policy.values import same_name
from upwell.programs.catalog import FOLDER, shipped_topics
from upwell.programs.models import Topic

LANGUAGES = sorted(folder.name for folder in FOLDER.iterdir() if any(folder.glob("*.toml")))


def topics():
    return list(chain.from_iterable(map(shipped_topics, LANGUAGES)))


def sentences(topic):
    for text in (topic.description, *topic.questions, *topic.activities, topic.reading):
        yield from (one for one in re.split(r"(?<=[.?!:])\s+", text.strip()) if one)


def test_sixty_topics_in_eight_groups():
    found = shipped_topics("en")

    assert len(found) == 60
    assert {topic.group for topic in found} == {str(code) for code in Topic.Group}
    assert {topic.language for topic in found} == {"en"}


def test_a_language_without_files_gets_the_usual_one():
    assert shipped_topics("sw") == shipped_topics("en")


def test_no_name_stands_for_two_topics():
    for language in LANGUAGES:
        found = shipped_topics(language)
        names = Counter(same_name(name) for topic in found for name in (topic.name, *topic.also))

        assert [name for name, count in names.items() if count > 1] == []


def test_every_topic_has_what_a_pair_needs():
    faults = [
        (topic.name, what)
        for topic in topics()
        for what, is_right in {
            "questions": 6 <= len(topic.questions) <= 10,
            "activities": len(topic.activities) == 2,
            "reading": 110 <= len(topic.reading.split()) <= 185,
            "description": 0 < len(topic.description) <= 300,
            "also": 1 <= len(topic.also) <= 6,
        }.items()
        if not is_right
    ]

    assert faults == []


def test_no_sentence_stands_twice():
    counts = Counter(same_name(one) for topic in topics() for one in sentences(topic))

    assert [one for one, count in counts.items() if count > 1] == []


def test_every_topic_fits_into_the_database():
    faults = []
    for shipped in topics():
        topic = Topic(
            name=shipped.name,
            key=same_name(shipped.name),
            group=shipped.group,
            description=shipped.description,
            reading=shipped.reading,
        )
        try:
            topic.clean_fields()
        except Exception as error:
            faults.append((shipped.name, str(error)))

    assert faults == []
