"""The money of a program: what was approved, and what was spent of it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.people.models import Person
from upwell.programs.models import Expense, Funding, Program
from upwell.programs.services.rows import insert, locked


@transaction.atomic
def save_funding(program: Program, *, by: Person, **fields: Any) -> Funding:
    """Keep what was approved, by whom and when; of two at once, the later counts.

    Raises ValidationError for another currency than money was spent in.
    """
    locked(program.pk)
    funding = Funding.objects.filter(program=program).first() or Funding(program=program)
    if funding.currency not in ("", fields["currency"]) and funding.expenses.exists():
        raise ValidationError(
            _("Money was spent in %(currency)s already, so the currency stays.")
            % {"currency": funding.currency}
        )
    for name, value in fields.items():
        setattr(funding, name, value)
    funding.full_clean()
    funding.save()
    facts = {"approved_by": fields["approved_by"].pk}
    record("programs.funding.saved", by=by, on=program, facts=facts)
    return funding


@transaction.atomic
def add_expense(
    funding: Funding, *, spent_on: date, amount: Decimal, what: str, by: Person
) -> Expense:
    """Write down money that was spent, in the currency that was approved."""
    locked(funding.program_id)
    expense = Expense(funding=funding, spent_on=spent_on, amount=amount, what=what, recorded_by=by)
    insert(expense)
    record("programs.expense.added", by=by, on=expense)
    return expense


@transaction.atomic
def remove_expense(expense: Expense, *, by: Person) -> None:
    record("programs.expense.removed", by=by, on=expense)
    expense.delete()
