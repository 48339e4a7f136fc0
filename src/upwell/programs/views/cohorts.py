from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from upwell.core.http import Request, is_done
from upwell.programs import services
from upwell.programs.dates import calendar_of, proposed_dates, proposed_supervisions
from upwell.programs.forms import CohortForm, DaysForm, DeleteForm, RenameCohortForm, StartForm
from upwell.programs.models import Cohort, Program
from upwell.programs.queries import cohort_facts, gates_of_cohort


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
    supervisions = list(cohort.supervisions.values_list("held_on", flat=True))
    context = {
        "cohort": cohort,
        "facts": cohort_facts(cohort, cohort.program.policy),
        "gates": gates_of_cohort(cohort),
        "calendar": calendar_of(cohort, supervisions, timezone.localdate()),
        "following": Cohort.objects.managed_by(request.user).filter(previous=cohort).first(),
    }
    return render(request, "programs/cohort_detail.html", context)


@require_http_methods(["GET", "POST"])
def cohort_days(request: Request, pk: UUID) -> HttpResponse:
    """Settle when enrollment, matching, start, midpoint and close are.

    Posted with ``propose``, all days are worked out again from start and length, and not yet saved.
    """
    cohort = cohort_of(request, pk)
    start = StartForm(request.POST)
    if "propose" in request.POST and start.is_valid():
        given = start.cleaned_data
        form = DaysForm(
            initial=given | proposed_dates(**given, today=timezone.localdate()),
            instance=cohort,
            supervisions=proposed_supervisions(**given),
        )
        return render(request, "programs/cohort_days.html", {"form": form, "cohort": cohort})
    days = list(cohort.supervisions.values_list("held_on", flat=True))
    form = DaysForm(request.POST or None, instance=cohort, supervisions=days)
    if is_done(form, services.set_days, cohort, by=request.user):
        messages.success(request, _("The days are settled."))
        return redirect(cohort)
    return render(request, "programs/cohort_days.html", {"form": form, "cohort": cohort})


@require_POST
def cohort_next(request: Request, pk: UUID) -> HttpResponse:
    """Prepare the next cohort as a draft, and go there."""
    cohort = cohort_of(request, pk)
    try:
        following = services.prepare_next(cohort, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(cohort)
    messages.success(
        request, _("The next cohort is prepared. Nothing is sent before you confirm it.")
    )
    return redirect(following)


@require_POST
def cohort_confirm(request: Request, pk: UUID) -> HttpResponse:
    cohort = cohort_of(request, pk)
    services.confirm_cohort(cohort, by=request.user)
    messages.success(request, _("The cohort is confirmed."))
    return redirect(cohort)


@require_http_methods(["GET", "POST"])
def cohort_edit(request: Request, pk: UUID) -> HttpResponse:
    cohort = cohort_of(request, pk)
    form = RenameCohortForm(request.POST or None, instance=cohort)
    if is_done(form, services.rename_cohort, cohort, by=request.user):
        messages.success(request, _("Saved."))
        return redirect(cohort)
    cohort.refresh_from_db(fields=["name"])  # the form has written what was typed into it
    return render(request, "programs/cohort_edit.html", {"form": form, "cohort": cohort})


@require_http_methods(["GET", "POST"])
def cohort_delete(request: Request, pk: UUID) -> HttpResponse:
    """Ask, then delete a cohort whose pairs are not published."""
    cohort = cohort_of(request, pk)
    program, name = cohort.program, str(cohort)
    form = DeleteForm(request.POST or None)
    if is_done(form, services.delete_cohort, cohort, by=request.user):
        messages.success(request, _("%(name)s is deleted.") % {"name": name})
        return redirect(program)
    people = cohort.enrollments.count()
    context = {"form": form, "cohort": cohort, "people": people, "action": request.path}
    context["back"] = cohort.get_absolute_url()
    return render(request, "programs/cohort_delete.html", context)


def cohort_of(request: Request, pk: UUID) -> Cohort:
    cohorts = Cohort.objects.managed_by(request.user).select_related("program")
    return get_object_or_404(cohorts, pk=pk)
