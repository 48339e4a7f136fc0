"""The open call: for whoever is willing, and for the program manager."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from upwell.core.documents import pdf_response
from upwell.core.http import Request, is_done
from upwell.core.links import absolute_url
from upwell.programs import services
from upwell.programs.call_words import how_chosen
from upwell.programs.forms.calls import CallForm, WillingForm
from upwell.programs.models import OpenCall, Program
from upwell.programs.poster import poster_of
from upwell.programs.queries.calls import CallPage
from upwell.programs.queries.roster import counts_of


@require_http_methods(["GET", "POST"])
def call_answer(request: Request, token: str) -> HttpResponse:
    """For everybody who can sign in: say "I am willing", and change what one said."""
    call = call_at(token)
    page = CallPage(call, request.user)
    form = WillingForm(
        request.POST or None,
        call=call,
        cohorts=page.cohorts,
        standing=page.standing,
        role=page.likely_role,
    )
    if is_done(form, services.say_willing, call, request.user):
        messages.success(request, _("Thank you. You are on the roster."))
        return redirect(call)
    context = {"page": page, "form": form, "program_name": call.program.name}
    return render(request, "programs/call_answer.html", context)


@require_POST
def call_take_back(request: Request, token: str) -> HttpResponse:
    call = call_at(token)
    if services.take_back(call, request.user):
        messages.success(request, _("You are off the roster. You can come back at any time."))
    return redirect(call)


def call_at(token: str) -> OpenCall:
    return get_object_or_404(OpenCall.objects.select_related("program"), token=token.lower())


@require_http_methods(["GET", "POST"])
def call_detail(request: Request, pk: UUID) -> HttpResponse:
    """The call of a program: its address, its words, how many are willing. Posting opens it."""
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    call = OpenCall.objects.filter(program=program).select_related("program").first()
    form = CallForm(request.POST or None, instance=call or OpenCall(program=program))
    if is_done(form, services.open_call, program, by=request.user):
        messages.success(request, _("The call is open."))
        return redirect("programs:call_detail", program.pk)
    context: dict[str, Any] = {"program": program, "call": call, "form": form}
    if call:
        # A form that was refused has touched its instance.
        call = OpenCall.objects.select_related("program").get(pk=call.pk)
        address = absolute_url(call.get_absolute_url())
        context |= {"call": call, "address": address, "is_open": call.is_open()}
        context |= {"how_chosen": how_chosen(call), "counts": counts_of(program)}
    return render(request, "programs/call_detail.html", context)


@require_POST
def call_close(request: Request, pk: UUID) -> HttpResponse:
    call = managed_call(request, pk)
    services.close_call(call, by=request.user)
    messages.success(request, _("The call is closed. The roster stays."))
    return redirect("programs:call_detail", call.program_id)


@require_GET
def call_poster(request: Request, pk: UUID) -> HttpResponse:
    """The poster as a PDF file, in the language of the page."""
    call = managed_call(request, pk)
    return pdf_response(poster_of(call), f"{slugify(call.program.name) or 'program'}-call")


def managed_call(request: Request, pk: UUID) -> OpenCall:
    calls = OpenCall.objects.filter(program__in=Program.objects.managed_by(request.user))
    return get_object_or_404(calls.select_related("program"), program=pk)
