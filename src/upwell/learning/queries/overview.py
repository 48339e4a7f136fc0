"""All texts of a program for whoever runs it or answers for it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language

from upwell.learning.models import TextKind
from upwell.learning.queries.progress import Trained, trained_of
from upwell.learning.queries.texts import ProgramTexts, texts_of
from upwell.learning.texts import Guideline
from upwell.learning.words import AUDIENCES
from upwell.people.models import Person
from upwell.programs.models import Cohort, Program


@dataclass(frozen=True)
class Row:
    """A text with its readers; ``own`` names the languages in which it is the program's own.

    ``done`` of ``people`` have done the lesson; None where nobody keeps that, or it is not shown.
    """

    text: Guideline
    audience: str | Promise
    own: list[str]
    done: int | None = None
    people: int = 0


@dataclass(frozen=True)
class Overview:
    """``cohort`` is the one whose people are counted, if any; its counts are in ``trained``."""

    guidelines: list[Row]
    lessons: list[Row]
    published: dict[str, datetime]
    cohort: Cohort | None
    trained: Trained | None

    @property
    def guidelines_at(self) -> datetime | None:
        return self.published.get(TextKind.GUIDELINES)

    @property
    def lessons_at(self) -> datetime | None:
        return self.published.get(TextKind.LESSONS)

    @property
    def minutes(self) -> int:
        return sum(row.text.minutes for row in (*self.guidelines, *self.lessons))


def overview_of(program: Program, *, by: Person) -> Overview:
    """Seven queries. Counted is the latest cohort that has not ended, and that ``by`` is not in."""
    texts = texts_of(program)
    language = get_language() or ""
    cohort = cohort_of(program, by)
    trained = trained_of([cohort]).get(cohort.pk, Trained()) if cohort else None
    return Overview(
        [row_of(one, texts, None) for one in texts.guidelines(language)],
        [row_of(one, texts, trained) for one in texts.lessons(language)],
        dict(program.publications.values_list("kind", "published_at")),
        cohort,
        trained,
    )


def cohort_of(program: Program, by: Person) -> Cohort | None:
    today = timezone.localdate()
    others = program.cohorts.exclude(enrollments__person=by)
    ahead = [one for one in others.order_by("-starts_on", "-created_at") if one.ends_on > today]
    return ahead[0] if ahead else None


def row_of(text: Guideline, texts: ProgramTexts, trained: Trained | None) -> Row:
    counts = {key: (done, people) for key, done, people in trained.by_lesson} if trained else {}
    done, people = counts.get(text.key, (None, 0))
    return Row(
        text,
        AUDIENCES[text.audience],
        texts.own_languages(text.key),
        done if people else None,
        people,
    )
