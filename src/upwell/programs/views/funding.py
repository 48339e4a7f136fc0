"""The money of a program, and the calculator that estimates it."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from upwell.core.http import Request, is_done
from upwell.programs import services
from upwell.programs.estimate import Estimate, estimate
from upwell.programs.estimate_words import amount, basis_of, rounded, said_lines
from upwell.programs.forms.funding import EstimateForm, ExpenseForm, FundingForm
from upwell.programs.models import Expense, Funding, Program
from upwell.programs.queries.money import money_of


@require_http_methods(["GET", "POST"])
def funding_detail(request: Request, pk: UUID) -> HttpResponse:
    """What was approved and spent; another expense is written down by posting it."""
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    money = money_of(program)
    form = ExpenseForm(request.POST or None)
    if money and form.is_valid():
        services.add_expense(money.funding, **form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
        return redirect(request.path)
    context = {"program": program, "money": money, "form": form}
    return render(request, "programs/funding_detail.html", context)


@require_http_methods(["GET", "POST"])
def funding_edit(request: Request, pk: UUID) -> HttpResponse:
    """What was approved; a query string with an estimate fills amount and basis."""
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    funding = Funding.objects.filter(program=program).select_related("approved_by").first()
    form = FundingForm(
        request.POST or None,
        by=request.user,
        instance=funding or Funding(program=program),
        initial=taken(request),
    )
    if is_done(form, services.save_funding, program, by=request.user):
        messages.success(request, _("Saved."))
        return redirect("programs:funding_detail", program.pk)
    return render(request, "programs/funding_edit.html", {"program": program, "form": form})


def taken(request: Request) -> dict[str, Any]:
    """Amount and basis of the estimate that the query string gives; nothing without one."""
    form = EstimateForm(request.GET)
    if "pairs" not in request.GET or not form.is_valid():
        return {}
    found = estimate(form.plan)
    return {"amount": found.money, "basis": basis_of(found)}


@require_POST
def expense_remove(request: Request, pk: UUID) -> HttpResponse:
    managed = Program.objects.managed_by(request.user)
    expenses = Expense.objects.filter(funding__program__in=managed).select_related("funding")
    expense = get_object_or_404(expenses, pk=pk)
    services.remove_expense(expense, by=request.user)
    messages.success(request, _("Removed."))
    return redirect("programs:funding_detail", expense.funding.program_id)


@require_GET
def calculator(request: Request, pk: UUID) -> HttpResponse:
    """Hours and money for so many pairs, line by line."""
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    form = EstimateForm(request.GET)
    found = estimate(form.plan) if form.is_valid() else None
    context = {"program": program, "form": form, "query": request.GET.urlencode()}
    return render(request, "programs/calculator.html", context | said(found))


def said(found: Estimate | None) -> dict[str, Any]:
    if found is None:
        return {"lines": []}
    each = found.hours / Decimal(found.plan.pairs)
    return {
        "lines": said_lines(found),
        "pairs": found.plan.pairs,
        "hours": rounded(found.hours),
        "money": amount(found.money) if found.money else "",
        "each": rounded(each),
    }
