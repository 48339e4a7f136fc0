"""Who can see what about somebody, out of the access table that lets people in."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from upwell.core.access import Audience, Subject, audiences_of, table
from upwell.people.models import Person

SHOWN = 5


@dataclass(frozen=True)
class Viewers:
    """Some people who see it: the first of them, and how many more there are."""

    words: str | Promise
    people: tuple[Person, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Seen:
    """A kind of information about somebody, and everybody who sees it."""

    words: str | Promise
    viewers: tuple[Viewers, ...]


def who_sees(person: Person) -> list[Seen]:
    """In the order of the table. Two queries at most for each audience."""
    subjects = {one.code: one for one in shown_subjects()}
    audiences = {code: audiences_of(code) for code in subjects}
    known = {one.code: one for several in audiences.values() for one in several}
    viewers = {code: viewers_of(audience, person) for code, audience in known.items()}
    return [
        Seen(subject.words, tuple(viewers[one.code] for one in audiences[code]))
        for code, subject in subjects.items()
    ]


def shown_subjects() -> Iterable[Subject]:
    for entries in table().values():
        for entry in entries:
            yield from entry.shows


def viewers_of(audience: Audience, person: Person) -> Viewers:
    if audience.people is None:
        return Viewers(audience.words)
    found = Person.objects.filter(pk__in={one.pk for one in audience.people(person)})
    others = list(found.active().exclude(pk=person.pk).with_places().order_by("name", "pk"))
    return Viewers(audience.words, tuple(others[:SHOWN]), max(len(others) - SHOWN, 0))
