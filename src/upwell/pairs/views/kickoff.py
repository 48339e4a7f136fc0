"""The kick-off of a cohort: who is told what, then the one message for everybody in a pair."""

from uuid import UUID

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from upwell.core.http import Request
from upwell.pairs import queries, services
from upwell.programs.models import Cohort


@require_http_methods(["GET", "POST"])
def kickoff_send(request: Request, pk: UUID) -> HttpResponse:
    """Ask, then send it; once it was, or while there are no pairs, this leads to the pairs."""
    cohorts = Cohort.objects.managed_by(request.user).select_related("program")
    cohort = get_object_or_404(cohorts, pk=pk)
    back = reverse("pairs:pair_list", args=[cohort.pk])
    people = queries.paired_people(cohort).count()
    if request.method == "GET":
        if cohort.kicked_off_at or not people:
            return redirect(back)
        context = {"cohort": cohort, "people": people, "action": request.path, "back": back}
        return render(request, "pairs/kickoff_send.html", context)
    try:
        count = services.send_kickoff(cohort, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        said = ngettext(
            "The kick-off is on its way to %(count)s person.",
            "The kick-off is on its way to %(count)s people.",
            count,
        )
        messages.success(request, said % {"count": intcomma(count)})
    return redirect(back)
