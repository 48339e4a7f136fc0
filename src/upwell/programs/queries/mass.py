"""What is known of how many turn up: counted in the program's own cohorts, or assumed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from upwell.matching.turnout import Assumed, Counted, Rates
from upwell.programs.models import (
    Assumption,
    Cohort,
    Enrollment,
    Estimate,
    Program,
)

FEWEST = 20
"""Of fewer people, what is assumed says more than what was counted."""


@dataclass(frozen=True)
class KnownRates:
    """The rates of a program; ``assumption`` holds what is assumed, whether it counts or not."""

    rates: Rates
    assumption: Assumption

    @property
    def joins_counted(self) -> bool:
        return isinstance(self.rates.joins, Counted)

    @property
    def leaves_counted(self) -> bool:
        return isinstance(self.rates.leaves, Counted)


def rates_of(program: Program) -> KnownRates:
    """Three queries at most."""
    found = Assumption.objects.filter(program=program).first() or Assumption(program=program)
    joins, leaves = counted(program)
    return KnownRates(
        Rates(
            joins or assumed(found.joins_low, found.joins_usual, found.joins_high),
            leaves or assumed(found.leaves_low, found.leaves_usual, found.leaves_high),
        ),
        found,
    )


def assumed(low: int, usual: int, high: int) -> Assumed:
    return Assumed(low / 100, usual / 100, high / 100)


def counted(program: Program) -> tuple[Counted | None, Counted | None]:
    """Who joined, of those asked in cohorts that have ended, and who left again; None for too few.

    Two queries.
    """
    asked = Enrollment.objects.filter(cohort__in=ended(program), asked_at__isnull=False)
    counts = asked.order_by().aggregate(
        among=Count("pk"),
        stayed=Count("pk", filter=Q(state=Enrollment.State.ENROLLED)),
        left=Count("pk", filter=Q(state=Enrollment.State.OUT, has_left=True)),
    )
    joined = counts["stayed"] + counts["left"]
    return enough(joined, counts["among"]), enough(counts["left"], joined)


def enough(yes: int, among: int) -> Counted | None:
    return Counted(yes, among) if among >= FEWEST else None


def estimates_of(cohorts: Sequence[Cohort]) -> dict[UUID, Estimate]:
    """What was last worked out of each. One query."""
    return {one.cohort_id: one for one in Estimate.objects.filter(cohort__in=cohorts)}


def ended(program: Program) -> list[Cohort]:
    """One query."""
    today = timezone.localdate()
    return [one for one in program.cohorts.all() if one.ends_on <= today]
