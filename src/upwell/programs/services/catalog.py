"""The catalog that ships, brought into the installation's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from upwell.audit.services import Actor, record
from upwell.people.models import Directory, Person
from upwell.policy.values import same_name
from upwell.programs.catalog import TopicTexts, shipped_topics
from upwell.programs.models import Topic, TopicName
from upwell.programs.services.rows import hold_programs
from upwell.programs.services.topics import CHUNK, catalog_of
from upwell.sheets import Topic as Named


@dataclass(frozen=True)
class Brought:
    """How many topics were added, and how many that were there have new texts."""

    added: int
    filled: int


def shipped() -> dict[str, TopicTexts]:
    """What ships, in the language of the installation, by the key of its name."""
    language = settings.LANGUAGE_CODE.partition("-")[0]
    return {same_name(one.name): one for one in shipped_topics(language)}


@transaction.atomic
def bring_in_catalog(*, by: Person | None = None) -> Brought:
    """Add topics that ship and are not there, and renew the texts of those that nobody edited.

    What somebody edited, archived or filed elsewhere stays as it is. Harmless when run twice.
    """
    hold_programs()
    Directory.current()
    Directory.objects.select_for_update().get(pk=1)  # where there is no program to hold
    texts = shipped()
    before = Topic.objects.count()
    adopt({key: one for key, one in texts.items() if key not in known()})
    added = Topic.objects.count() - before
    filled = renew(texts)
    add_other_names(texts)
    told = Brought(added, max(filled - added, 0))
    if added or filled:
        facts = {"added": told.added, "filled": told.filled}
        record("programs.catalog.brought", by=by or Actor.OPERATOR, on=Topic, facts=facts)
    return told


def known() -> set[str | None]:
    return set(Topic.objects.shipped().values_list("shipped_as", flat=True))


def adopt(missing: Mapping[str, TopicTexts]) -> None:
    """Give each of these a topic: a new one, or the one that has its name already."""
    for key, topic in catalog_of(Named(one.name) for one in missing.values()).items():
        Topic.objects.filter(pk=topic, key=key, shipped_as=None).update(shipped_as=key)


def renew(texts: Mapping[str, TopicTexts]) -> int:
    """Write the texts of shipped topics that differ and that nobody edited; tell how many."""
    count = 0
    for topic in Topic.objects.shipped().filter(is_edited=False):
        given = texts.get(topic.shipped_as or "")
        values = values_of(given) if given else {}
        if any(getattr(topic, name) != value for name, value in values.items()):
            count += Topic.objects.filter(pk=topic.pk, is_edited=False).update(**values)
    return count


def values_of(texts: TopicTexts) -> dict[str, Any]:
    """The fields of a topic but for its name."""
    return {
        "group": texts.group,
        "language": texts.language,
        "description": texts.description,
        "questions": list(texts.questions),
        "activities": list(texts.activities),
        "reading": texts.reading,
    }


def add_other_names(texts: Mapping[str, TopicTexts]) -> None:
    """Let topics that nobody edited be found under their other names, where these are free."""
    topics = Topic.objects.shipped().filter(is_edited=False).values_list("shipped_as", "pk")
    rows = sorted(
        (same_name(name), name, pk)
        for key, pk in topics
        if key and key in texts
        for name in texts[key].also
    )
    TopicName.objects.bulk_create(
        [TopicName(topic_id=pk, key=key, name=name) for key, name, pk in rows],
        batch_size=CHUNK,
        ignore_conflicts=True,
    )
