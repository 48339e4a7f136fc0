"""What is known of how many turn up: counted in the program's own cohorts, or assumed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from upwell.matching.turnout import Assumed, Counted, Rate, Rates
from upwell.programs.models import Assumption, Cohort, Estimate, Program

FEWEST = 20
"""Of fewer people, what is assumed says more than what was counted."""


@dataclass(frozen=True)
class KnownRates:
    """The rates of a program; ``assumption`` holds what is assumed, whether it counts or not."""

    rates: Rates
    assumption: Assumption

    @property
    def is_counted(self) -> bool:
        return isinstance(self.rates.joins, Counted)


def rates_of(program: Program) -> KnownRates:
    """Three queries at most."""
    found = Assumption.objects.filter(program=program).first() or Assumption(program=program)
    joins: Rate = counted_joins(program) or assumed(
        found.joins_low, found.joins_usual, found.joins_high
    )
    leaves = assumed(found.leaves_low, found.leaves_usual, found.leaves_high)
    return KnownRates(Rates(joins, leaves), found)


def assumed(low: int, usual: int, high: int) -> Assumed:
    return Assumed(low / 100, usual / 100, high / 100)


def counted_joins(program: Program) -> Counted | None:
    """Of those who were asked in cohorts that have ended, how many enrolled; None for too few."""
    return None


def estimates_of(cohorts: Sequence[Cohort]) -> dict[UUID, Estimate]:
    """What was last worked out of each. One query."""
    return {one.cohort_id: one for one in Estimate.objects.filter(cohort__in=cohorts)}


def ended(cohorts: Iterable[Cohort]) -> list[Cohort]:
    today = timezone.localdate()
    return [one for one in cohorts if one.ends_on <= today]
