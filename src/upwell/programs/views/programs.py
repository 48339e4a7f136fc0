from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from upwell.core.http import Request, flash_errors, is_done
from upwell.programs import services
from upwell.programs.forms import (
    AppointForm,
    DeleteForm,
    ManagerForm,
    ProgramForm,
    RenameProgramForm,
)
from upwell.programs.models import Cohort, Program
from upwell.programs.policy_summary import summary
from upwell.programs.queries import takes_part_now


@require_GET
def program_list(request: Request) -> HttpResponse:
    programs = Program.objects.managed_by(request.user).with_counts()
    return render(request, "programs/program_list.html", {"programs": programs})


@require_http_methods(["GET", "POST"])
def program_create(request: Request) -> HttpResponse:
    form = ProgramForm(request.POST or None)
    if form.is_valid():
        try:
            program = services.create_program(**form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The program is there. Now say how its goal is measured."))
            return redirect("programs:goal_detail", program.pk)
    return render(request, "programs/program_create.html", {"form": form})


@require_GET
def program_detail(request: Request, pk: UUID) -> HttpResponse:
    """The program as it stands. Cohorts that the manager takes part in are only counted."""
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    cohorts = Cohort.objects.managed_by(request.user).filter(program=program).with_counts()
    context = {
        "program": program,
        "cohorts": cohorts,
        "hidden": program.cohorts.count() - len(cohorts),
        "policy": summary(program.policy),
        "can_change_policy": not takes_part_now(program, request.user),
        "staff": program.staff.managers().select_related(
            "person__level", "person__unit", "person__office"
        ),
        "form": ManagerForm(program=program),
    }
    return render(request, "programs/program_detail.html", context)


@require_http_methods(["GET", "POST"])
def program_edit(request: Request, pk: UUID) -> HttpResponse:
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    form = RenameProgramForm(request.POST or None, instance=program)
    if is_done(form, services.change_program, program, by=request.user):
        messages.success(request, _("Saved."))
        return redirect(program)
    program.refresh_from_db(fields=["name"])  # the form has written what was typed into it
    return render(request, "programs/program_edit.html", {"form": form, "program": program})


@require_http_methods(["GET", "POST"])
def program_delete(request: Request, pk: UUID) -> HttpResponse:
    """Ask, then delete a program that has no cohorts."""
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    form = DeleteForm(request.POST or None)
    if is_done(form, services.delete_program, program, by=request.user):
        messages.success(request, _("%(name)s is deleted.") % {"name": program})
        return redirect("programs:program_list")
    context = {"form": form, "program": program, "action": request.path}
    context["back"] = program.get_absolute_url()
    return render(request, "programs/program_delete.html", context)


@require_POST
def manager_add(request: Request, pk: UUID) -> HttpResponse:
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    form = ManagerForm(request.POST, program=program)
    if form.is_valid():
        try:
            services.add_manager(program, form.cleaned_data["person"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
    flash_errors(request, form)
    return redirect(program)


@require_http_methods(["GET", "POST"])
def program_unmanaged(request: Request) -> HttpResponse:
    """Programs that nobody can run any more, and a form that gives one of them a manager."""
    form = AppointForm(request.POST or None)
    if form.is_valid():
        program, person = form.cleaned_data["program"], form.cleaned_data["person"]
        try:
            services.appoint_manager(program, person, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            said = _("%(name)s now manages %(program)s.")
            messages.success(request, said % {"name": person, "program": program})
            return redirect("programs:program_unmanaged")
    context = {"form": form, "programs": form.fields["program"].queryset}  # type: ignore[attr-defined]
    return render(request, "programs/program_unmanaged.html", context)


@require_POST
def manager_remove(request: Request, pk: UUID, person: UUID) -> HttpResponse:
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    staff = get_object_or_404(program.staff.managers().select_related("person"), person=person)
    try:
        services.remove_manager(program, staff.person, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        if staff.person == request.user:
            return redirect("programs:program_list")
    return redirect(program)
