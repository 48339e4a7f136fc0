"""Topics that people offer and want, and the catalog they come from."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from upwell.people.models import Person
from upwell.policy.values import same_name
from upwell.programs.models import Enrollment, EnrollmentTopic, Topic, TopicName
from upwell.programs.models.topics import LONGEST_NAME
from upwell.programs.services.rows import locked
from upwell.sheets import Topic as Named
from upwell.sheets.messages import shorten

CHUNK = 500
Kind = EnrollmentTopic.Kind
K = TypeVar("K")
Wishes = Mapping[UUID, Mapping[Kind, Iterable[Named]]]
"""Of each enrollment, the topics of the kinds that are to be set; other kinds stay."""


@transaction.atomic
def set_topics(
    enrollment: Enrollment,
    *,
    offered: Iterable[Named | str] | None = None,
    wanted: Iterable[Named | str] | None = None,
    by: Person,
) -> bool:
    """Make these the topics of an enrollment; None leaves a kind as it is. Tell if any changed."""
    locked(enrollment.cohort.program_id)
    given = {Kind.OFFERED: offered, Kind.WANTED: wanted}
    wishes = {
        kind: [Named(one) if isinstance(one, str) else one for one in topics]
        for kind, topics in given.items()
        if topics is not None
    }
    return bool(
        save_topics({enrollment.pk: wishes}, EnrollmentTopic.objects.filter(enrollment=enrollment))
    )


def save_topics(wishes: Wishes, rows: QuerySet[EnrollmentTopic]) -> set[UUID]:
    """Write what differs from the rows that are there; return the enrollments that changed.

    ``rows`` holds at least the topics of these enrollments. For callers that hold the lock.
    """
    catalog = catalog_of(
        chain.from_iterable(chain.from_iterable(of.values()) for of in wishes.values())
    )
    wanted = strongest(strengths(wishes, catalog))
    kept, doomed = {}, {}
    for pk, enrollment, kind, topic, strength in rows.values_list(
        "pk", "enrollment", "kind", "topic", "strength"
    ):
        key = (enrollment, Kind(kind), topic)
        if key in wanted:
            kept[key] = strength
        elif key[1] in wishes.get(enrollment, {}):
            doomed[pk] = enrollment
    changed = {key: strength for key, strength in wanted.items() if kept.get(key) != strength}
    write(changed)
    delete(list(doomed))
    return {key[0] for key in changed} | set(doomed.values())


def strengths(
    wishes: Wishes, catalog: dict[str, int]
) -> Iterator[tuple[tuple[UUID, Kind, int], int]]:
    for enrollment, kinds in wishes.items():
        for kind, topics in kinds.items():
            for topic in topics:
                yield (enrollment, kind, catalog[same_name(topic.name)]), topic.strength


def strongest(given: Iterable[tuple[K, int]]) -> dict[K, int]:
    """The highest strength of each: two names that somebody gave may be of one topic."""
    found: dict[K, int] = {}
    for key, strength in given:
        found[key] = max(strength, found.get(key, 0))
    return found


def write(strengths: dict[tuple[UUID, Kind, int], int]) -> None:
    rows = [
        EnrollmentTopic(enrollment_id=enrollment, kind=kind, topic_id=topic, strength=strength)
        for (enrollment, kind, topic), strength in strengths.items()
    ]
    EnrollmentTopic.objects.bulk_create(
        rows,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["enrollment", "topic", "kind"],
        update_fields=["strength"],
    )


def delete(keys: list[int]) -> None:
    for start in range(0, len(keys), CHUNK):
        EnrollmentTopic.objects.filter(pk__in=keys[start : start + CHUNK]).delete()


def catalog_of(topics: Iterable[Named]) -> dict[str, int]:
    """The key of the row of each topic that is named, by its name's own key; new ones are added.

    A topic is found under each of its names, such as "ChatGPT".
    """
    names = {same_name(topic.name): checked(topic) for topic in topics}
    known = keys_of(names)
    new = {key: names[key] for key in sorted(names.keys() - known.keys())}
    return known | add_names(new) if new else known


def add_names(names: Mapping[str, str]) -> dict[str, int]:
    """Add topics of these names. Which topic a name is of, the database decides."""
    rows = [Topic(key=key, name=name) for key, name in names.items()]
    Topic.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)
    added = dict(in_chunks(Topic.objects.values_list("key", "pk"), names))
    own = [TopicName(topic_id=added[key], key=key, name=name) for key, name in names.items()]
    TopicName.objects.bulk_create(own, batch_size=CHUNK, ignore_conflicts=True)
    found = keys_of(names)
    lost = [pk for key, pk in added.items() if found[key] != pk]  # another topic took the name
    Topic.objects.filter(pk__in=lost).delete()
    return found


def keys_of(names: Iterable[str]) -> dict[str, int]:
    """The key of the row of the topic that each name is of, by the name's own key."""
    return dict(in_chunks(TopicName.objects.values_list("key", "topic"), names))


def in_chunks(
    rows: QuerySet[Any, tuple[str, int]], names: Iterable[str]
) -> Iterator[tuple[str, int]]:
    keys = list(names)
    for start in range(0, len(keys), CHUNK):
        yield from rows.filter(key__in=keys[start : start + CHUNK])


def checked(topic: Named) -> str:
    """The name as the catalog writes it. Raises ValidationError for what it cannot hold."""
    name = " ".join(topic.name.split())
    if not name or max(len(name), len(same_name(name))) > LONGEST_NAME:
        raise ValidationError(
            _("“%(topic)s” is no topic: its name must have 1 to %(limit)s characters.")
            % {"topic": shorten(name), "limit": LONGEST_NAME}
        )
    if topic.strength not in (1, 2, 3):
        raise ValidationError(_("The strength of “%(topic)s” must be 1, 2 or 3.") % {"topic": name})
    return name
