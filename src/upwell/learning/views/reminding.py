"""Reminding those whose lessons are open."""

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
from upwell.learning import services
from upwell.learning.queries import behind_of
from upwell.programs.models import Cohort


@require_http_methods(["GET", "POST"])
def lessons_remind(request: Request, pk: UUID) -> HttpResponse:
    """Ask, then write to them; where nobody has a lesson open, this leads back."""
    cohorts = Cohort.objects.managed_by(request.user).select_related("program")
    cohort = get_object_or_404(cohorts, pk=pk)
    back = reverse("learning:text_list", args=[cohort.program_id])
    if request.method == "GET":
        people = len(behind_of(cohort))
        if not people:
            return redirect(back)
        context = {"cohort": cohort, "people": people, "action": request.path, "back": back}
        return render(request, "learning/lessons_remind.html", context)
    try:
        count = services.remind_of_lessons(cohort, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        said = ngettext(
            "%(count)s reminder is on its way.", "%(count)s reminders are on their way.", count
        )
        messages.success(request, said % {"count": intcomma(count)})
    return redirect(back)
