"""What was approved, spent and is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from upwell.programs.models import Expense, Funding, Program


@dataclass(frozen=True)
class Money:
    """The funding of a program with what was spent of it; ``shown`` are the latest expenses."""

    funding: Funding
    spent: Decimal
    shown: Sequence[Expense]
    more: int

    @property
    def left(self) -> Decimal:
        return self.funding.amount - self.spent

    @property
    def overspent(self) -> Decimal:
        return max(-self.left, Decimal(0))

    @property
    def bar(self) -> Decimal:
        """What the meter shows: from nothing to everything."""
        return min(max(self.spent, Decimal(0)), self.funding.amount)


MOST_SHOWN = 100


def money_of(program: Program) -> Money | None:
    """None where nothing was approved. Four queries."""
    people = ("approved_by__level", "approved_by__unit", "approved_by__office")
    funding = Funding.objects.filter(program=program).select_related(*people).first()
    if funding is None:
        return None
    spent = funding.expenses.aggregate(total=Sum("amount"))["total"] or Decimal(0)
    expenses = list(funding.expenses.select_related("recorded_by")[:MOST_SHOWN])
    return Money(funding, spent, expenses, funding.expenses.count() - len(expenses))
