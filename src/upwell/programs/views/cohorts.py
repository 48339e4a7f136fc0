from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from upwell.core.http import Request
from upwell.programs import services
from upwell.programs.forms import CohortForm
from upwell.programs.models import Cohort, Program
from upwell.programs.queries import cohort_facts


@require_http_methods(["GET", "POST"])
def cohort_create(request: Request, pk: UUID) -> HttpResponse:
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    form = CohortForm(request.POST or None)
    if form.is_valid():
        try:
            return redirect(services.open_cohort(program, **form.cleaned_data, by=request.user))
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "programs/cohort_create.html", {"form": form, "program": program})


@require_GET
def cohort_detail(request: Request, pk: UUID) -> HttpResponse:
    cohorts = Cohort.objects.managed_by(request.user).select_related("program")
    cohort = get_object_or_404(cohorts, pk=pk)
    facts = cohort_facts(cohort, cohort.program.policy)
    return render(request, "programs/cohort_detail.html", {"cohort": cohort, "facts": facts})
