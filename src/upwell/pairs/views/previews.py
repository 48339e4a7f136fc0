"""Asking both sides first: the manager's two pages, and that of everybody who is asked."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from upwell.core.http import Request
from upwell.pairs import queries, services
from upwell.pairs.forms import WordForm
from upwell.pairs.models import MatchRun, Preview
from upwell.vault.errors import VaultError


def run_of(request: Request, pk: UUID) -> MatchRun:
    runs = MatchRun.objects.managed_by(request.user).for_pages()
    return get_object_or_404(runs, pk=pk, state=MatchRun.State.DONE)


@require_http_methods(["GET", "POST"])
def run_ask_first(request: Request, pk: UUID) -> HttpResponse:
    """Ask, then show everybody their counterpart; this leads back to the run."""
    run = run_of(request, pk)
    if request.method == "GET":
        obstacle = queries.obstacle_to_publishing(run)
        if obstacle:
            messages.info(request, obstacle.text)
        if obstacle or not queries.can_ask_first(run):
            return redirect(run)
        context = {"run": run, "publication": queries.publication_of(run)}
        context |= {"action": request.path, "back": run.get_absolute_url()}
        return render(request, "pairs/run_ask_first.html", context)
    try:
        services.open_preview(run, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    except VaultError:
        messages.error(request, _("Nothing confidential can be kept now. Tell your IT."))
    else:
        messages.success(request, _("Everybody in these pairs is being asked by e-mail."))
    return redirect(run)


@require_http_methods(["GET", "POST"])
def run_take_back(request: Request, pk: UUID) -> HttpResponse:
    """Ask, then end a preview without a result."""
    run = run_of(request, pk)
    preview = Preview.objects.open().filter(run=run).select_related("cohort__program").first()
    if preview is None:
        messages.info(request, _("Nobody is being asked about this run."))
        return redirect(run)
    if request.method == "GET":
        context = {"run": run, "action": request.path, "back": run.get_absolute_url()}
        return render(request, "pairs/run_take_back.html", context)
    try:
        services.take_preview_back(preview, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Taken back. Whoever knew of it is being told."))
    return redirect(run)


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def preview_own(request: Request, pk: UUID) -> HttpResponse:
    """Whom a run has in mind for whoever looks, and what they say to it; nobody else learns."""
    previews = Preview.objects.of(request.user).select_related("cohort__program")
    preview = get_object_or_404(previews, pk=pk)
    if not preview.is_open:
        return render(request, "pairs/preview_over.html", {"preview": preview})
    form = WordForm(
        request.POST if request.method == "POST" else None, preview=preview, person=request.user
    )
    if request.method == "POST" and form.is_valid():
        try:
            said = take_word(request, preview, form)
        except ValidationError as error:
            form.add_error(None, error)
        except VaultError:
            form.add_error(None, unreadable())
        else:
            messages.success(request, said)
            return redirect(preview)
    return render(request, "pairs/preview_own.html", {"form": form, **shown(request, preview)})


@sensitive_variables()
def take_word(request: Request, preview: Preview, form: WordForm) -> str:
    proposal = form.cleaned_data["proposal"]
    if form.cleaned_data["word"] == WordForm.ANOTHER:
        services.ask_for_another(preview, proposal, by=request.user)
        return _("Noted. We look for someone else for you, and nobody is told.")
    services.take_word_back(preview, proposal, by=request.user)
    return _("Taken back, as if you had said nothing.")


@sensitive_variables()
def shown(request: Request, preview: Preview) -> dict[str, Any]:
    try:
        proposed = services.proposed_for(preview, request.user)
    except VaultError:
        return {"preview": preview, "proposed": [], "unreadable": unreadable()}
    return {"preview": preview, "proposed": proposed}


def unreadable() -> str:
    return _("Your private list cannot be read at the moment. Nothing is lost. Tell your IT.")
