"""Choosing from short lists: a round opened and closed, and each one's own list."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from upwell.core.http import Request
from upwell.pairs import queries, services
from upwell.pairs.forms import ChoosingForm
from upwell.pairs.models import ChoiceRound, ChoiceSheet, ListEntry
from upwell.pairs.services.words import participant_sentences
from upwell.programs.models import Cohort, Enrollment
from upwell.vault.errors import VaultError

UNSURE = "pairs/choice_sure.html"


@require_POST
def choosing_open(request: Request, pk: UUID) -> HttpResponse:
    cohort = get_object_or_404(Cohort.objects.managed_by(request.user), pk=pk)
    form = ChoosingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the day up to which people choose."))
        return redirect("pairs:run_list", pk=pk)
    try:
        services.open_choosing(cohort, closes_on=form.cleaned_data["closes_on"], by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The short lists are being made; then everybody is told."))
    return redirect("pairs:run_list", pk=pk)


@require_POST
def choosing_close(request: Request, pk: UUID) -> HttpResponse:
    rounds = ChoiceRound.objects.managed_by(request.user).select_related("cohort")
    found = get_object_or_404(rounds, pk=pk)
    try:
        services.close_choosing(found, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Closed. Nobody can choose any more."))
    return redirect("pairs:run_list", pk=found.cohort_id)


@require_POST
def choosing_finish(request: Request, pk: UUID) -> HttpResponse:
    rounds = ChoiceRound.objects.managed_by(request.user).select_related("cohort__program")
    found = get_object_or_404(rounds, pk=pk)
    try:
        services.finish_choosing(found, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Done. Whoever has found nobody is told so kindly."))
    return redirect("pairs:run_list", pk=found.cohort_id)


def sheet_of(request: Request, pk: UUID) -> ChoiceSheet:
    mine = ChoiceSheet.objects.filter(person=request.user)
    return get_object_or_404(
        mine.select_related("round__cohort__program", "enrollment__person"), pk=pk
    )


@sensitive_variables()
@require_GET
def choice_list(request: Request, pk: UUID) -> HttpResponse:
    """One's own short list, in one's own order, or what one has said yes to."""
    sheet = sheet_of(request, pk)
    if not sheet.round.is_open:
        return render(request, "pairs/choice_over.html", {"sheet": sheet})
    return render(request, "pairs/choice_list.html", {"sheet": sheet, **listed(sheet)})


@sensitive_variables()
def listed(sheet: ChoiceSheet) -> dict[str, Any]:
    if sheet.enrollment.state != Enrollment.State.ENROLLED:
        return {"unreadable": _("You do not take part at present, so there is nothing to choose.")}
    try:
        found = queries.short_list(sheet)
    except VaultError:
        return {"unreadable": unreadable()}
    return {"list": found, "chosen": with_words(found.chosen), "others": with_words(found.others)}


def with_words(cards: list[queries.Card]) -> list[tuple[queries.Card, list[str]]]:
    """Each with what speaks for them."""
    return [(card, participant_sentences(card.entry.reasons)) for card in cards]


def unreadable() -> str:
    return _("What you have chosen cannot be read at the moment. Nothing is lost. Tell your IT.")


@sensitive_variables()
@sensitive_post_parameters()
@require_POST
def choice_save(request: Request, pk: UUID) -> HttpResponse:
    """One step on one's own list, kept at once; one that harms somebody is asked about first."""
    sheet = sheet_of(request, pk)
    act, entry = ACTS.get(request.POST.get("act", "")), entry_in(request)
    if act is None or entry is None:
        messages.error(request, _("Nothing was changed. Use the buttons on your list."))
        return redirect(sheet)
    if act is say_yes and "sure" not in request.POST and is_last(sheet, entry):
        return render(request, UNSURE, {"sheet": sheet, "entry": entry})
    try:
        done = act(sheet, entry)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except VaultError:
        messages.error(request, unreadable())
    else:
        messages.success(request, done)
    return redirect(sheet)


def entry_in(request: Request) -> UUID | None:
    try:
        return UUID(request.POST.get("entry", ""))
    except ValueError:
        return None


def is_last(sheet: ChoiceSheet, entry: UUID) -> bool:
    rows = ListEntry.objects.filter(round=sheet.round_id).select_related("round__cohort__program")
    found = rows.filter(pk=entry).first()
    return bool(found and sheet.round.is_open and queries.takes_last(found))


@sensitive_variables()
def say_yes(sheet: ChoiceSheet, entry: UUID) -> str:
    if services.say_yes(sheet, entry):
        return _("You have chosen each other: you are a pair. Both of you are told by e-mail.")
    return _("Kept. Should they choose you, too, you are a pair at once, and hear of it.")


def take_yes_back(sheet: ChoiceSheet, entry: UUID) -> str:
    services.take_yes_back(sheet, entry)
    return _("Taken back.")


def rank_higher(sheet: ChoiceSheet, entry: UUID) -> str:
    services.rank_higher(sheet, entry)
    return _("Saved.")


def rank_off(sheet: ChoiceSheet, entry: UUID) -> str:
    services.rank_off(sheet, entry)
    return _("Saved.")


ACTS = {"yes": say_yes, "back": take_yes_back, "up": rank_higher, "off": rank_off}
