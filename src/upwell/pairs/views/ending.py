"""Ending a pair, and the way out where a pair breaks a rule since the directory has changed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from upwell.core.http import Request
from upwell.pairs import queries, services
from upwell.pairs.models import Couple, Pair
from upwell.pairs.services.farewells import CHANGED, LINES


def pair_of(request: Request, pk: UUID) -> Pair:
    pairs = Pair.objects.managed_by(request.user).select_related("cohort__program")
    return get_object_or_404(pairs, pk=pk)


@require_http_methods(["GET", "POST"])
def pair_end(request: Request, pk: UUID) -> HttpResponse:
    """Say what ending does, then end the pair; one that is over leads to the pairs."""
    pair = pair_of(request, pk)
    back = reverse("pairs:pair_list", args=[pair.cohort_id])
    if request.method == "GET":
        couple = Couple.objects.under_way().filter(pair=pair).with_people().first()
        if couple is None:
            return redirect(back)
        context: dict[str, Any] = {"cohort": pair.cohort, "pair": pair, "couple": couple}
        context |= {"action": request.path, "back": back}
        return render(request, "pairs/pair_end.html", context)
    try:
        services.end_pair(pair, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(back)
    messages.success(request, _("The pair has ended, and its people are being told by e-mail."))
    return redirect("pairs:repair_start", pk=pair.cohort_id)


@require_http_methods(["GET", "POST"])
def pair_conflict(request: Request, pk: UUID) -> HttpResponse:
    """Lead through what to do, or end the pair and look for new counterparts for its people.

    Where the pair breaks no rule any more, this leads to the pairs.
    """
    pair = pair_of(request, pk)
    found = queries.guarded(pair)
    if found is None:
        messages.info(request, _("This pair breaks no rule any more."))
        return redirect("pairs:pair_list", pk=pair.cohort_id)
    if request.method == "GET":
        context = {"cohort": pair.cohort, "found": found, "pair": pair}
        return render(request, "pairs/pair_conflict.html", context)
    try:
        services.end_pair(pair, by=request.user, why=LINES if found.is_of_lines else CHANGED)
        messages.success(request, _("The pair has ended, and its people are being told by e-mail."))
        return redirect(services.start_repair(pair.cohort, by=request.user))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("pairs:repair_start", pk=pair.cohort_id)
