"""Everybody who is willing, and asking some of them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from upwell.core.http import Request, flash_errors
from upwell.core.paging import page_of, query_without_page
from upwell.programs import services
from upwell.programs.forms.calls import AskForm, RosterFilterForm
from upwell.programs.models import OpenCall, Program, Willing
from upwell.programs.queries.roster import (
    cohorts_to_ask_for,
    counts_of,
    roster_of,
    with_names,
)


@require_GET
def roster_list(request: Request, pk: UUID) -> HttpResponse:
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    form = RosterFilterForm(request.GET)
    rows = form.willing(roster_of(program, by=request.user), by=request.user)
    cohorts = cohorts_to_ask_for(program, by=request.user)
    context = {
        "program": program,
        "form": form,
        "page": page_of(request, with_names(rows)),
        "query": query_without_page(request),
        "cohorts": list(cohorts),
        "counts": counts_of(program),
        "call": OpenCall.objects.filter(program=program).first(),
    }
    return render(request, "programs/roster_list.html", context)


@require_POST
def roster_ask(request: Request, pk: UUID) -> HttpResponse:
    """Ask those who are ticked to take part in a cohort."""
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    cohorts = cohorts_to_ask_for(program, by=request.user)
    standing = Willing.objects.standing().filter(program=program)
    form = AskForm(request.POST, cohorts=cohorts, willing=standing)
    if not form.is_valid():
        flash_errors(request, form)
        return redirect("programs:roster_list", program.pk)
    cohort = form.cleaned_data["cohort"]
    try:
        result = services.ask_willing(cohort, form.cleaned_data["willing"], by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("programs:roster_list", program.pk)
    if result.asked:
        messages.success(request, words_asked(result.asked))
    for sentence in words_besides(result):
        messages.warning(request, sentence)
    if result.waiting:
        return redirect("programs:participant_list", cohort.pk)  # where they are invited
    return redirect("programs:roster_list", program.pk)


def words_asked(count: int) -> str:
    said = ngettext(
        "%(count)s person is asked by e-mail to take part.",
        "%(count)s people are asked by e-mail to take part.",
        count,
    )
    return said % {"count": intcomma(count)}


def words_besides(result: services.Asked) -> list[str]:
    """What became of the others, without what became of nobody."""
    counts = {
        _(
            "Added, and not asked yet: %(count)s. Invite them here, once their side of the cohort"
            " is open and they can sign in."
        ): result.waiting,
        _("Left out, as they are willing for another cohort: %(count)s."): result.elsewhere,
        _("In this cohort already: %(count)s."): result.already,
        _("Left out, at a level that the policy does not take: %(count)s."): result.wrong_level,
    }
    said = [text % {"count": intcomma(count)} for text, count in counts.items() if count]
    if result.is_oneself_left_out:
        said.append(_("You were left out: whoever takes part cannot run the cohort."))
    return said
