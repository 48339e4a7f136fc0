"""What the pairs of a program are given to talk about."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from upwell.core.http import Request, is_done
from upwell.programs import services
from upwell.programs.forms import DeleteForm, PlannedMeetingForm, ProgramTopicsForm
from upwell.programs.models import PlannedMeeting, Program

HERE = "programs:conversation_detail"


@require_GET
def conversation_detail(request: Request, pk: UUID) -> HttpResponse:
    """The program's topics, and its meetings one by one. Constant queries."""
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    context = {
        "program": program,
        "topics": list(program.topics.select_related("topic")),
        "meetings": list(program.planned_meetings.all()),
    }
    return render(request, "programs/conversation_detail.html", context)


@require_http_methods(["GET", "POST"])
def conversation_topics(request: Request, pk: UUID) -> HttpResponse:
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    names = list(program.topics.values_list("topic__name", flat=True))
    form = ProgramTopicsForm(request.POST or None, initial={"topics": names})
    if is_done(form, services.set_program_topics, program, by=request.user):
        messages.success(request, _("Saved."))
        return redirect(HERE, program.pk)
    return render(request, "programs/conversation_topics.html", {"form": form, "program": program})


@require_http_methods(["GET", "POST"])
def meeting_create(request: Request, pk: UUID) -> HttpResponse:
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    form = PlannedMeetingForm(request.POST or None)
    if is_done(form, services.add_meeting, program, by=request.user):
        return redirect(HERE, program.pk)
    return render(request, "programs/meeting_create.html", {"form": form, "program": program})


@require_http_methods(["GET", "POST"])
def meeting_edit(request: Request, pk: UUID) -> HttpResponse:
    meeting = get_object_or_404(PlannedMeeting.objects.managed_by(request.user), pk=pk)
    form = PlannedMeetingForm(request.POST or None, instance=meeting)
    if is_done(form, services.change_meeting, meeting, by=request.user):
        messages.success(request, _("Saved."))
        return redirect(HERE, meeting.program_id)
    context = {"form": form, "meeting": meeting, "program": meeting.program}
    return render(request, "programs/meeting_edit.html", context)


@require_http_methods(["GET", "POST"])
def meeting_delete(request: Request, pk: UUID) -> HttpResponse:
    """Ask, then take a planned meeting out."""
    meeting = get_object_or_404(PlannedMeeting.objects.managed_by(request.user), pk=pk)
    if DeleteForm(request.POST or None).is_valid():
        services.remove_meeting(meeting, by=request.user)
        return redirect(HERE, meeting.program_id)
    context = {"meeting": meeting, "program": meeting.program, "form": DeleteForm()}
    context |= {"action": request.path, "back": reverse(HERE, args=[meeting.program_id])}
    return render(request, "programs/meeting_delete.html", context)
