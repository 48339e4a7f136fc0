"""For whoever manages a program or answers for it: the ten steps, and the gates of a cohort."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from upwell.core.http import Request
from upwell.desk.forms import GateForm
from upwell.desk.queries.launch import facts_of, gate_of, lacks_of, launch_of
from upwell.desk.services import open_gate
from upwell.programs.models import Cohort, Opening, Program


@require_GET
def launch(request: Request, pk: UUID) -> HttpResponse:
    program = get_object_or_404(Program.objects.watched_by(request.user), pk=pk)
    found = launch_of(program, by=request.user, cohort=request.GET.get("cohort", ""))
    context = {"program": program, "cohort": found.facts.cohort, "launch": found}
    return render(request, "desk/launch.html", context)


@require_http_methods(["GET", "POST"])
def gate_open(request: Request, pk: UUID, gate: Opening.Gate) -> HttpResponse:
    """What is missing for a gate of a cohort, and its opening all the same, for a reason."""
    cohorts = Cohort.objects.managed_by(request.user).select_related("program")
    cohort = get_object_or_404(cohorts, pk=pk)
    facts = facts_of([cohort.program], [cohort])[cohort.program_id, cohort.pk]
    state = gate_of(facts, gate)
    form = GateForm(request.POST or None, is_missing=bool(state.missing))
    if form.is_valid():
        try:
            open_gate(cohort, gate, reason=form.cleaned_data.get("reason", ""), by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Done. %(effect)s") % {"effect": state.effect})
            return redirect(launch_page(cohort))
    context = {"cohort": cohort, "state": state, "form": form, "back": launch_page(cohort)}
    context["missing"] = lacks_of(facts, gate)
    return render(request, "desk/gate_open.html", context)


def launch_page(cohort: Cohort) -> str:
    return f"{reverse('desk:launch', args=[cohort.program_id])}?cohort={cohort.pk}"
