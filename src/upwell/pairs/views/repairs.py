"""Looking for new counterparts: asked for, followed, and one of the ways used."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from upwell.core.http import Request
from upwell.core.paging import page_of
from upwell.pairs import queries, services
from upwell.pairs.forms import WayForm
from upwell.pairs.models import Repair
from upwell.pairs.repair_chart import chart_of
from upwell.pairs.services.words import sentences_of_faults
from upwell.pairs.views.pairs import cohort_of


@require_http_methods(["GET", "POST"])
def repair_start(request: Request, pk: UUID) -> HttpResponse:
    """Who has no counterpart any more, and the button that looks for new ones."""
    cohort = cohort_of(request, pk)
    if request.method == "POST":
        try:
            repair = services.start_repair(cohort, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("pairs:repair_start", pk=cohort.pk)
        return redirect(repair)
    context = {
        "cohort": cohort,
        "page": page_of(request, queries.adrift_in(cohort)),
        "reserve": queries.reserve_of(cohort).count(),
        "latest": queries.latest_repair(cohort),
    }
    return render(request, "pairs/repair_start.html", context)


def repair_of(request: Request, pk: UUID) -> Repair:
    return get_object_or_404(Repair.objects.managed_by(request.user).for_pages(), pk=pk)


@require_GET
def repair_detail(request: Request, pk: UUID) -> HttpResponse:
    """A repair as it stands: under way, failed, with its ways, or used."""
    repair = repair_of(request, pk)
    context: dict[str, Any] = {"repair": repair, "cohort": repair.cohort}
    if repair.is_under_way:
        context["progress"] = queries.progress_of_repair(repair)
        part = "#progress" if request.htmx else ""
        return render(request, f"pairs/repair_waiting.html{part}", context)
    if request.htmx:
        return HttpResponseClientRefresh()
    if repair.state not in {Repair.State.DONE, Repair.State.APPLIED}:
        context["faults"] = sentences_of_faults(repair.faults)
        return render(request, "pairs/repair_failed.html", context)
    ways = services.ways_of(repair)
    used = ways[repair.applied_option] if repair.applied_option is not None else None
    context |= {"ways": ways, "used": used, "chart": None if used else chart_of(ways)}
    return render(request, "pairs/repair_detail.html", context)


@require_POST
def repair_use(request: Request, pk: UUID) -> HttpResponse:
    repair = repair_of(request, pk)
    form = WayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This is not one of the ways that were found."))
        return redirect(repair)
    try:
        services.apply_repair(repair, form.cleaned_data["way"], by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Done. Whoever it concerns is being told, and nobody else."))
    return redirect(repair)
