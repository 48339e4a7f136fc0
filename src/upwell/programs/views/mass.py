"""Whether there are enough people for a cohort."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from upwell.core.http import Request, is_done
from upwell.programs import services
from upwell.programs.forms.calls import AssumptionForm
from upwell.programs.mass_chart import chart_of
from upwell.programs.mass_words import sentence_of
from upwell.programs.models import Cohort, Willing
from upwell.programs.queries.mass import rates_of


@require_http_methods(["GET", "POST"])
def mass_detail(request: Request, pk: UUID) -> HttpResponse:
    """Worked out anew whenever it is opened; other assumptions are kept by posting them."""
    cohorts = Cohort.objects.managed_by(request.user).select_related("program")
    cohort = get_object_or_404(cohorts, pk=pk)
    rates = rates_of(cohort.program)
    form = AssumptionForm(request.POST or None, instance=rates.assumption)
    if is_done(form, services.set_assumption, cohort.program, by=request.user):
        messages.success(request, _("Saved, and worked out anew."))
        return redirect("programs:mass_detail", cohort.pk)
    estimate = services.work_out(cohort)
    waiting = Willing.objects.for_cohort(cohort)
    context = {
        "cohort": cohort,
        "estimate": estimate,
        "sentence": sentence_of(estimate),
        "chart": chart_of(estimate),
        "rates": rates,
        "form": form,
        "waiting": waiting.filter(role="mentor").count(),
    }
    return render(request, "programs/mass_detail.html", context)
