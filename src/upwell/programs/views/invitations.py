"""Inviting the people of a cohort, and reminding them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from upwell.core.http import Request
from upwell.programs import services
from upwell.programs.models import Cohort
from upwell.programs.queries import access_of
from upwell.programs.views.participants import cohort_of


@require_http_methods(["GET", "POST"])
def participant_invite(request: Request, pk: UUID) -> HttpResponse:
    """Ask, then invite everybody who takes part, can sign in and has not been invited."""
    cohort = cohort_of(request, pk)
    if request.method == "GET":
        return ask_first(request, cohort, "participant_invite")
    try:
        count = services.invite_participants(cohort, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        said = ngettext(
            "%(count)s invitation is on its way.", "%(count)s invitations are on their way.", count
        )
        messages.success(request, said % {"count": intcomma(count)})
    return redirect("programs:participant_list", cohort.pk)


@require_http_methods(["GET", "POST"])
def participant_remind(request: Request, pk: UUID) -> HttpResponse:
    """Ask, then remind everybody who was invited some days ago and has not signed in."""
    cohort = cohort_of(request, pk)
    if request.method == "GET":
        return ask_first(request, cohort, "participant_remind")
    try:
        count = services.remind_participants(cohort, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        said = ngettext(
            "%(count)s reminder is on its way.", "%(count)s reminders are on their way.", count
        )
        messages.success(request, said % {"count": intcomma(count)})
    return redirect("programs:participant_list", cohort.pk)


def ask_first(request: Request, cohort: Cohort, name: str) -> HttpResponse:
    """The page before; back to the list where there is nobody to write to, or it is being done."""
    access = access_of(cohort)
    count = access.to_invite if name == "participant_invite" else access.to_remind
    back = reverse("programs:participant_list", args=[cohort.pk])
    if access.is_inviting or not count:
        return redirect(back)
    context = {"cohort": cohort, "access": access, "action": request.path, "back": back}
    return render(request, f"programs/{name}.html", context)
