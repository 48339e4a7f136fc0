"""Who can see what about somebody, out of the access table that lets people in."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from upwell.core.access import Audience, Subject, audiences_of, table
from upwell.people.access import ONESELF
from upwell.people.models import Person

SHOWN = 5


@dataclass(frozen=True)
class Viewers:
    """Some people, and what they see: the first of them, and how many more there are.

    ``is_open`` where they are too many to name.
    """

    words: str | Promise
    sees: tuple[str | Promise, ...]
    people: tuple[Person, ...] = ()
    more: int = 0
    is_open: bool = False
    is_oneself: bool = False

    @property
    def is_nobody(self) -> bool:
        return not (self.people or self.is_open or self.is_oneself)

    @property
    def nearness(self) -> tuple[bool, bool, bool, int]:
        """Oneself first, then the fewest; those who are nobody yet come last."""
        count = len(self.people) + self.more
        return not self.is_oneself, self.is_nobody, self.is_open, count


def who_sees(person: Person) -> list[Viewers]:
    """Everything that can be about the person, under those who see it. Two queries for each."""
    known = {one.code: one for one in shown_subjects()}
    subjects = {code: one for code, one in known.items() if one.is_about(person)}
    audiences: dict[str, Audience] = {}
    sees: dict[str, list[str | Promise]] = {}
    for code, subject in subjects.items():
        for audience in audiences_of(code):
            audiences[audience.code] = audience
            sees.setdefault(audience.code, []).append(subject.words)
    found = [viewers_of(one, tuple(sees[code]), person) for code, one in audiences.items()]
    return sorted(found, key=lambda viewers: viewers.nearness)


def parts_of_subjects(person: Person) -> list[Subject]:
    """What the words leave to be said, each once."""
    parts = {one.code: one for one in shown_subjects() if one.holds}
    return [one for one in parts.values() if one.is_about(person)]


def roles_of(person: Person) -> list[str]:
    """What the person holds in the organization, in words."""
    return [role.get_kind_display() for role in person.roles.all()]


def shown_subjects() -> Iterable[Subject]:
    for entries in table().values():
        for entry in entries:
            yield from entry.shows


def viewers_of(audience: Audience, sees: tuple[str | Promise, ...], person: Person) -> Viewers:
    if audience.people is None:
        return Viewers(audience.words, sees, is_open=True)
    if audience == ONESELF:
        return Viewers(audience.words, sees, is_oneself=True)
    found = Person.objects.filter(pk__in={one.pk for one in audience.people(person)})
    others = list(found.active().exclude(pk=person.pk).order_by("name", "pk"))
    return Viewers(audience.words, sees, tuple(others[:SHOWN]), max(len(others) - SHOWN, 0))
