"""Who can be asked what a mentor has changed, and what may be told of the answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from upwell.people.models import Person, PersonQuerySet
from upwell.programs.models import Cohort, Enrollment, LeaderAnswer, Place, Program
from upwell.programs.queries.candidates import by_seniority

NOT_BEFORE = timedelta(days=60)
"""Of the cohort: a mentor changes nobody's work in the first two meetings."""
FEWEST = 6
"""People among whom nobody can be picked out."""


def leaders_to_ask(program: Program, *, by: Person) -> PersonQuerySet:
    """Mentees of any pair, now or formerly, whom the program has not asked; the most senior first.

    Of cohorts that the user may know and that have gone on for a while: each is asked just once.
    And only such as can sign in to answer.
    """
    begun = Cohort.objects.managed_by(by).filter(starts_on__lte=timezone.localdate() - NOT_BEFORE)
    mentees = Enrollment.objects.mentees().filter(places__in=Place.objects.held(), cohort__in=begun)
    able = Person.objects.active().filter(
        pk__in=mentees.values("person"), sign_in_email__isnull=False
    )
    asked = LeaderAnswer.objects.filter(program=program)
    return by_seniority(able.exclude(pk__in=asked.values("person")))


@dataclass(frozen=True)
class Told:
    """What may be told: the answers with a yes to both questions, and how many were asked.

    ``answered`` is None where those who are not told of are too few: nobody is picked out for a no.
    """

    answers: Sequence[LeaderAnswer]
    asked: int
    answered: int | None


def told_of(program: Program) -> Told:
    """Three queries."""
    everybody = program.leader_answers.all()
    answers = list(everybody.told().with_people().order_by("-answered_at", "pk"))
    asked = everybody.count()
    answered = everybody.filter(answered_at__isnull=False).count()
    return Told(answers, asked, answered if asked - len(answers) >= FEWEST else None)
