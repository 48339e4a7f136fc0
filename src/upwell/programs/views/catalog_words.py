"""Topics put together by group for their page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from upwell.programs.models import Topic
from upwell.programs.topic_counts import TopicUse


@dataclass(frozen=True)
class TopicRow:
    topic: Topic
    use: TopicUse


@dataclass(frozen=True)
class Section:
    """The topics of a group; ``code`` is "unfiled" for those in none."""

    code: str
    title: str
    rows: list[TopicRow]


def sections_of(topics: Iterable[Topic], uses: Mapping[int, TopicUse]) -> list[Section]:
    """The topics in the order given, which is group by group."""
    return [
        section(code, [TopicRow(topic, uses.get(topic.pk, TopicUse())) for topic in rows])
        for code, rows in groupby(topics, key=lambda topic: topic.group)
    ]


def section(code: str, rows: list[TopicRow]) -> Section:
    title = str(Topic.Group(code).label) if code else _("Not filed yet")
    return Section(code or "unfiled", title, rows)
