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
    STANDINGS,
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
        "standings": [words for _code, words in STANDINGS],
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
    try:
        result = services.ask_willing(**form.cleaned_data, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        for sentence in told(result):
            messages.success(request, sentence)
    return redirect("programs:roster_list", program.pk)


def told(result: services.Enrolled) -> list[str]:
    """What became of those who were ticked, without what became of nobody."""
    asked = ngettext(
        "%(count)s person is asked to take part.",
        "%(count)s people are asked to take part.",
        result.added,
    )
    left_out = {
        _("In this cohort already: %(count)s."): result.already,
        _("Left out, at a level that the policy does not take: %(count)s."): result.wrong_level,
    }
    said = [asked % {"count": intcomma(result.added)}]
    said += [text % {"count": intcomma(count)} for text, count in left_out.items() if count]
    if result.is_oneself_left_out:
        said.append(_("You were left out: whoever takes part cannot run the cohort."))
    return said
