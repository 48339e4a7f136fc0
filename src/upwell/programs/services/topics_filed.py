"""Under which topic of the catalog a name was filed that is not the topic's own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as _

from upwell.programs.models import TopicName

CHUNK = 500


@dataclass(frozen=True)
class Filed:
    """A name as the catalog has it, and the name of the topic that it is of."""

    name: str
    topic: str


def filed_in_words(keys: Iterable[str]) -> list[str]:
    """The same in sentences."""
    said = _("“%(name)s” is filed under “%(topic)s”.")
    return [said % {"name": one.name, "topic": one.topic} for one in filed_names(keys)]


def filed_names(keys: Iterable[str]) -> Iterator[Filed]:
    """Of these keys of names, those that another topic's name stands for. In order."""
    wanted = sorted(keys)
    others = TopicName.objects.exclude(key=F("topic__key")).order_by("key")
    for start in range(0, len(wanted), CHUNK):
        rows = others.filter(key__in=wanted[start : start + CHUNK])
        for name, topic in rows.values_list("name", "topic__name"):
            yield Filed(name, topic)
