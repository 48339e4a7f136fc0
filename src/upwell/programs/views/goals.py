"""The goal of a program and its measures, with what they have come to."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from upwell.core.http import Request, flash_errors, is_done
from upwell.programs import services
from upwell.programs.forms import DeleteForm, GoalForm, MeasureForm, ReadingForm
from upwell.programs.goal_templates import MeasureIdea, goal_templates
from upwell.programs.models import Measure, Program, Reading
from upwell.programs.progress import Progress


@require_GET
def goal_detail(request: Request, pk: UUID) -> HttpResponse:
    """What the program is for, and how far each measure has come. Constant queries."""
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    measures = [Progress.of(one) for one in program.measures.with_readings()]
    context = {
        "program": program,
        "measures": measures,
        "reached": sum(one.is_reached for one in measures),
        "ideas": ideas_for(program, {one.measure.name for one in measures}),
        "form": ReadingForm(initial={"taken_on": timezone.localdate()}),
    }
    return render(request, "programs/goal_detail.html", context)


def ideas_for(program: Program, taken: set[str]) -> list[MeasureIdea]:
    """Measures of the template that the program does not have yet."""
    template = goal_templates().get(program.goal_kind)
    return [idea for idea in template.measures if idea.name not in taken] if template else []


@require_http_methods(["GET", "POST"])
def goal_edit(request: Request, pk: UUID) -> HttpResponse:
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    form = GoalForm(request.POST or None, instance=program)
    if is_done(form, services.set_goal, program, by=request.user):
        messages.success(request, _("Saved."))
        return redirect("programs:goal_detail", program.pk)
    return render(request, "programs/goal_edit.html", {"form": form, "program": program})


@require_http_methods(["GET", "POST"])
def measure_create(request: Request, pk: UUID) -> HttpResponse:
    """Name and unit stand in the form where the address gives them, as the template's ideas do."""
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    given = {name: request.GET.get(name, "") for name in ("name", "unit")}
    form = MeasureForm(request.POST or None, initial=given)
    if is_done(form, services.add_measure, program, by=request.user):
        return redirect("programs:goal_detail", program.pk)
    return render(request, "programs/measure_create.html", {"form": form, "program": program})


@require_http_methods(["GET", "POST"])
def measure_edit(request: Request, pk: UUID) -> HttpResponse:
    measure = measure_of(request, pk)
    form = MeasureForm(request.POST or None, instance=measure)
    if is_done(form, services.change_measure, measure, by=request.user):
        return redirect("programs:goal_detail", measure.program_id)
    measure.refresh_from_db(fields=["name"])  # the form has written what was typed into it
    context = {"form": form, "measure": measure, "program": measure.program}
    return render(request, "programs/measure_edit.html", context)


@require_http_methods(["GET", "POST"])
def measure_delete(request: Request, pk: UUID) -> HttpResponse:
    """Ask, then remove a measure with its readings."""
    measure = measure_of(request, pk)
    if DeleteForm(request.POST or None).is_valid():
        services.remove_measure(measure, by=request.user)
        messages.success(request, _("The measure is removed."))
        return redirect("programs:goal_detail", measure.program_id)
    back = reverse("programs:goal_detail", args=[measure.program_id])
    context = {"measure": measure, "program": measure.program, "form": DeleteForm(), "back": back}
    return render(request, "programs/measure_delete.html", context | {"action": request.path})


@require_POST
def reading_create(request: Request, pk: UUID) -> HttpResponse:
    measure = measure_of(request, pk)
    form = ReadingForm(request.POST)
    if is_done(form, services.add_reading, measure, by=request.user):
        messages.success(request, _("Noted."))
    flash_errors(request, form)
    return redirect("programs:goal_detail", measure.program_id)


@require_POST
def reading_delete(request: Request, pk: UUID) -> HttpResponse:
    readings = Reading.objects.managed_by(request.user).select_related("measure__program")
    reading = get_object_or_404(readings, pk=pk)
    services.remove_reading(reading, by=request.user)
    messages.success(request, _("The reading is removed."))
    return redirect("programs:goal_detail", reading.measure.program_id)


def measure_of(request: Request, pk: UUID) -> Measure:
    measures = Measure.objects.managed_by(request.user).select_related("program")
    return get_object_or_404(measures, pk=pk)
