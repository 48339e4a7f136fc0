import pytest

from upwell.sheets import Topic
from upwell.sheets.topics import UnreadableError, read_languages, read_topics


@pytest.mark.parametrize(
    ("value", "topics"),
    [
        ("Cloud", (Topic("Cloud"),)),
        ("Cloud:3; AI (1)", (Topic("AI", 1), Topic("Cloud", 3))),
        ("Cloud | AI at work", (Topic("AI at work"), Topic("Cloud"))),
        ("cloud:1; Cloud:3", (Topic("cloud", 3),)),
        (" ; ", ()),
    ],
)
def test_topics_have_names_and_strengths(value, topics):
    assert read_topics(value) == topics


@pytest.mark.parametrize(
    ("value", "code"), [("AI:9", "bad_strength"), ("a;" * 51, "too_many_items")]
)
def test_topics_that_cannot_be_read_are_refused(value, code):
    with pytest.raises(UnreadableError, match=code):
        read_topics(value)


def test_languages_are_in_lower_case_and_sorted():
    assert read_languages("German, English/french;english") == ("english", "french", "german")
