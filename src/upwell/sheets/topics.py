"""Lists in one cell: topics with a strength, languages, ids."""

import re

from upwell.sheets.limits import ITEMS
from upwell.sheets.people import Topic
from upwell.sheets.words import bare, is_visible

BETWEEN = re.compile(r"[;|\n]+")
BETWEEN_WORDS = re.compile(r"[;|\n,/]+")
STRENGTH = re.compile(r"(.*\S) ?(?:: ?([0-9]{1,3})|\( ?([0-9]{1,3}) ?\))")
STRENGTHS = (1, 2, 3)
WEAKEST, STRONGEST = STRENGTHS[0], STRENGTHS[-1]


class UnreadableError(ValueError):
    """A value that is not what its column holds; its text is the code of the message."""


def items(value: str, between: re.Pattern[str] = BETWEEN) -> list[str]:
    found = [" ".join(bare(item).split()) for item in between.split(value)]
    named = [item for item in found if is_visible(item)]
    if len(named) > ITEMS:
        raise UnreadableError("too_many_items")
    return named


def read_topics(value: str) -> tuple[Topic, ...]:
    """Topics sorted by name, each once, at its greatest strength."""
    found: dict[str, Topic] = {}
    for item in items(value):
        topic = read_topic(item)
        known = found.get(topic.name.casefold(), topic)
        best = max(known.strength, topic.strength)
        found[topic.name.casefold()] = Topic(known.name, best)
    return tuple(sorted(found.values(), key=lambda topic: (topic.name.casefold(), topic.name)))


def read_topic(item: str) -> Topic:
    match = STRENGTH.fullmatch(item)
    if not match:
        return Topic(item)
    strength = int(match[2] or match[3])
    if strength not in STRENGTHS:
        raise UnreadableError("bad_strength")
    return Topic(match[1], strength)


def read_languages(value: str) -> tuple[str, ...]:
    return tuple(sorted({item.lower() for item in items(value, BETWEEN_WORDS)}))
