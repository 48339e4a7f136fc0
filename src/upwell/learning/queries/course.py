"""The lessons of one person in a program, and which comes next."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language

from upwell.learning.models import Completion, Publication, TextKind
from upwell.learning.queries.readers import taken_part
from upwell.learning.queries.texts import texts_of, versions_of
from upwell.learning.texts import Lesson, lessons
from upwell.people.models import Person
from upwell.programs.models import Program


@dataclass(frozen=True)
class Item:
    """A lesson of somebody's, and when they did it, if they have."""

    lesson: Lesson
    done_at: datetime | None = None

    @property
    def is_done(self) -> bool:
        return self.done_at is not None


@dataclass(frozen=True)
class Course:
    """All lessons of somebody's roles in a program, in their order; none for whoever has no role.

    ``others`` are those of everybody else, to read.
    """

    program: Program
    roles: tuple[str, ...]
    items: tuple[Item, ...]
    others: tuple[Lesson, ...] = ()

    @property
    def needed(self) -> int:
        return len(self.items)

    @property
    def done(self) -> int:
        return sum(item.is_done for item in self.items)

    @property
    def next(self) -> Item | None:
        """The first that is not done."""
        return next((item for item in self.items if not item.is_done), None)

    @property
    def is_done(self) -> bool:
        """Whether there is any, and none is left."""
        return bool(self.items) and self.next is None

    @property
    def done_at(self) -> datetime | None:
        """When the last was done; None while one is left."""
        dates = [item.done_at for item in self.items if item.done_at]
        return max(dates) if self.is_done else None

    @property
    def minutes_left(self) -> int:
        return sum(item.lesson.minutes for item in self.items if not item.is_done)

    def item_of(self, key: str) -> Item | None:
        return next((item for item in self.items if item.lesson.key == key), None)


def course_of(program: Program, user: Person) -> Course:
    """In the reader's language, in the words of the program. Four queries."""
    places = taken_part(user).filter(cohort__program=program).select_related("cohort")
    roles = roles_now([(one.role, one.cohort.ends_on > timezone.localdate()) for one in places])
    done = completions_of(user, [program.pk])
    every = texts_of(program).lessons(get_language() or "")
    mine = [one for one in every if one.audience in roles]
    items = (Item(one, done.get((program.pk, one.key, one.version))) for one in mine)
    return Course(
        program, roles, tuple(items), tuple(one for one in every if one.audience not in roles)
    )


def courses_of(user: Person) -> list[Course]:
    """Those in cohorts that have not ended, where lessons are published, in the words that ship.

    For counting and for the way there: titles are not the program's own. Three queries, one where
    there are none.
    """
    published = Publication.objects.filter(kind=TextKind.LESSONS).values("program")
    places = taken_part(user).filter(cohort__program__in=published, cohort__is_draft=False)
    places = places.select_related("cohort__program").order_by("cohort__program__name", "pk")
    today = timezone.localdate()
    roles: dict[Program, list[tuple[str, bool]]] = {}
    for one in places:
        if one.cohort.ends_on > today:
            roles.setdefault(one.cohort.program, []).append((one.role, True))
    if not roles:
        return []
    versions = versions_of(program.pk for program in roles)
    done = completions_of(user, [program.pk for program in roles])
    return [
        counted(program, roles_now(its), versions[program.pk], done)
        for program, its in roles.items()
    ]


def counted(
    program: Program,
    roles: Collection[str],
    versions: Mapping[str, int],
    done: Mapping[tuple[UUID, str, int], datetime],
) -> Course:
    mine = [one for one in lessons(get_language() or "") if one.audience in roles]
    items = (Item(one, done.get((program.pk, one.key, versions[one.key]))) for one in mine)
    return Course(program, tuple(roles), tuple(items))


def roles_now(places: list[tuple[str, bool]]) -> tuple[str, ...]:
    """The roles in cohorts that have not ended; in those that have, where there are no others."""
    ahead = {role for role, is_ahead in places if is_ahead}
    return tuple(sorted(ahead or {role for role, _is_ahead in places}, reverse=True))


def completions_of(user: Person, programs: list[UUID]) -> dict[tuple[UUID, str, int], datetime]:
    """When somebody did each version of each lesson. One query."""
    rows = Completion.objects.filter(person=user, program__in=programs)
    return {
        (program, key, version): done_at
        for program, key, version, done_at in rows.values_list(
            "program", "key", "version", "done_at"
        )
    }
