"""Who has done which lesson, counted for cohorts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from upwell.learning.models import Completion
from upwell.learning.queries.texts import versions_of
from upwell.learning.texts import lessons
from upwell.learning.words import unable_words
from upwell.programs.models import Cohort, Enrollment, EnrollmentQuerySet

Row = tuple[UUID, UUID, UUID, UUID, str, str | None]
"""An enrollment, its person, program, cohort and role, and where the person signs in."""
Done = dict[tuple[UUID, UUID], set[str]]


@dataclass(frozen=True)
class Progress:
    """How many lessons of their role somebody has done, of how many."""

    done: int
    needed: int

    @property
    def is_done(self) -> bool:
        return self.done >= self.needed


@dataclass(frozen=True)
class Trained:
    """How many of the people who take part in a cohort have done all their lessons.

    ``by_lesson`` counts those who have done each, of those whom it is for. ``unable`` take part as
    well, and are not among the people: they have no sign-in address, and so no way to a lesson.
    """

    people: int = 0
    done: int = 0
    by_lesson: tuple[tuple[str, int, int], ...] = ()
    unable: int = 0

    @property
    def unable_words(self) -> str:
        return unable_words(self.unable)

    def is_enough(self, percent: int) -> bool:
        """Of nobody, no share is enough but none."""
        return self.done * 100 >= percent * self.people and bool(self.people or not percent)


def done_by(cohort: Cohort) -> dict[UUID, Progress]:
    """How far everybody of a cohort is, by the key of the enrollment. Three queries.

    Also those who have not said yet whether they take part.
    """
    rows = rows_of(Enrollment.objects.present().filter(cohort=cohort))
    done = done_of(rows)
    return {row[0]: progress_of(row, done) for row in rows}


def trained_of(cohorts: Iterable[Cohort]) -> dict[UUID, Trained]:
    """Of the cohorts in which anybody takes part, having said so. Three queries."""
    rows = rows_of(Enrollment.objects.enrolled().filter(cohort__in=list(cohorts)))
    done = done_of(rows)
    of_cohort: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        of_cohort[row[3]].append(row)
    return {cohort: trained(its, done) for cohort, its in of_cohort.items()}


def trained(every: list[Row], done: Done) -> Trained:
    rows = [row for row in every if row[5]]
    counts = []
    for lesson in lessons():
        meant = [row for row in rows if row[4] == lesson.audience]
        count = sum(lesson.key in done[row[2], row[1]] for row in meant)
        counts.append((lesson.key, count, len(meant)))
    whole = sum(progress_of(row, done).is_done for row in rows)
    return Trained(len(rows), whole, tuple(counts), len(every) - len(rows))


def rows_of(people: EnrollmentQuerySet) -> list[Row]:
    """Those of them who are still here."""
    here = people.filter(person__is_active=True).order_by()
    names = ("pk", "person", "cohort__program", "cohort", "role", "person__sign_in_email")
    return list(here.values_list(*names))


def done_of(rows: list[Row]) -> Done:
    """The keys of the lessons that people have done in the version needed. Two queries."""
    versions = versions_of({row[2] for row in rows})
    done: Done = defaultdict(set)
    found = Completion.objects.filter(
        program__in={row[2] for row in rows},
        person__in=Enrollment.objects.filter(cohort__in={row[3] for row in rows}).values("person"),
    )
    for program, person, key, version in found.values_list("program", "person", "key", "version"):
        if version >= versions[program].get(key, version + 1):
            done[program, person].add(key)
    return done


def progress_of(row: Row, done: Done) -> Progress:
    needed = {one.key for one in lessons() if one.audience == row[4]}
    return Progress(len(needed & done[row[2], row[1]]), len(needed))
