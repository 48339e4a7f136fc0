"""What people do with their own enrollment: say yes, answer, say how to be reached, step out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from upwell.core.http import Request
from upwell.programs import services
from upwell.programs.forms import AnswersForm, OptionGroup, ReachForm, form_for
from upwell.programs.forms.enrolling import CHANNELS, Option
from upwell.programs.forms.kept import KeptForm
from upwell.programs.models import Enrollment
from upwell.programs.queries.enrolling import (
    Window,
    answers_of,
    clock_words,
    line_manager_of,
    stored_answers,
    topics_to_choose,
    why_not_out,
    window_of,
    window_words,
)
from upwell.programs.queries.line_manager import words_to_line_manager
from upwell.programs.queries.pledge import current_pledge, signed_at
from upwell.programs.queries.seen import HOURS
from upwell.programs.services.one_purpose import Purpose, found_by
from upwell.programs.views.own import own_enrollment, unreadable
from upwell.vault.errors import VaultError

State = Enrollment.State


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def enrollment_detail(request: Request, pk: UUID) -> HttpResponse:
    """One's own enrollment; a POST says yes, with the answers."""
    enrollment = own_enrollment(request, pk)
    try:
        form = form_of(request, enrollment)
    except VaultError:
        return render(request, "programs/enrollment_unreadable.html", {"enrollment": enrollment})
    if request.method == "POST":
        if accept(request, enrollment, form):
            return redirect(enrollment.own_href)
        form.ask_for(current_pledge(enrollment.cohort.program, get_language() or "").code)
    return render(request, "programs/enrollment_detail.html", shown(enrollment, form))


@sensitive_variables()
def accept(request: Request, enrollment: Enrollment, form: AnswersForm) -> bool:
    """Whether the answers were kept and the yes was said; else the form says why not."""
    if form.is_valid():
        form.check_final()
    if not keep(request, enrollment, form):
        return False
    try:
        state = services.take_part(
            enrollment,
            pledge=form.cleaned_data.get("pledge"),
            language=get_language() or "",
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, thanks(state))
    return True


@sensitive_variables()
def keep(request: Request, enrollment: Enrollment, form: KeptForm) -> bool:
    """Whether all that a form gives was kept; else it says why not."""
    if not form.is_valid():
        return False
    try:
        kept = services.save_from_window(
            enrollment, form.given(), seen=form.seen_then, is_final=True, by=request.user
        )
    except ValidationError as error:
        form.add_error(None, error)
    except VaultError:
        form.add_error(None, unreadable())
    else:
        form.show(kept)
    return form.is_valid()


def thanks(state: State) -> str:
    if state == State.WAITING:
        return _("Thank you. You are on the waiting list.")
    return _("Thank you. Your answers are kept.")


@sensitive_variables()
@sensitive_post_parameters()
@require_POST
def enrollment_save(request: Request, pk: UUID) -> HttpResponse:
    """Keep what was changed so far, as one goes; answers with what the form needs to know of it."""
    enrollment = own_enrollment(request, pk)
    seen = request.POST.get("seen", "")
    try:
        form = form_of(request, enrollment)
        kept = services.save_from_window(
            enrollment, form.given(), seen=form.seen_then, by=request.user
        )
    except ValidationError as error:
        fault = error.messages[0]
    except VaultError:
        fault = unreadable()
    else:
        fault, seen = left_words(form, kept), form.seen_after(kept)
    context = {"fault": fault, "seen": seen}
    return render(request, "programs/_enrollment_saved.html", context)


def left_words(form: AnswersForm, kept: services.Kept) -> str:
    """Which answers were not saved, and why; "" if all were."""
    if kept.elsewhere:
        fields = [str(form.fields[name].label) for name in kept.elsewhere]
        said = _("Changed in another window, so not saved: %(fields)s.")
        return said % {"fields": ", ".join(fields)}
    labels = {str(form.fields[name].label) for name in form.errors if name in form.fields}
    if labels:
        return _("Not saved yet: %(fields)s.") % {"fields": ", ".join(sorted(labels))}
    return ""


@require_http_methods(["GET", "POST"])
def enrollment_out(request: Request, pk: UUID) -> HttpResponse:
    """Not this time, or not any more: asks first, and wants no reason."""
    enrollment = own_enrollment(request, pk)
    if request.method == "POST":
        try:
            services.step_out(enrollment, asks_next=asks_next(request), by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("All right. You do not take part this time."))
        return redirect(enrollment.own_href)
    context = {"enrollment": enrollment, "why_not": why_not_out(enrollment)}
    return render(request, "programs/enrollment_out.html", context)


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def enrollment_no(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a message: asks first, since mail filters open links."""
    enrollment = found_by(token, Purpose.NO)
    if enrollment is None:
        return render(request, "programs/link_unknown.html", status=404)
    fault = ""
    if request.method == "POST":
        try:
            services.step_out(enrollment, asks_next=asks_next(request), by=None)
        except ValidationError as error:
            fault = error.messages[0]
    context = {"enrollment": enrollment, "fault": fault, "is_out": enrollment.state == State.OUT}
    return render(request, "programs/enrollment_no.html", context)


def asks_next(request: HttpRequest) -> bool:
    return request.POST.get("answer") == "next"


@require_http_methods(["GET", "POST"])
def enrollment_channels(request: Request, pk: UUID) -> HttpResponse:
    """How and when one can be reached."""
    enrollment = own_enrollment(request, pk)
    try:
        form = ReachForm(
            request.POST if request.method == "POST" else None, stored=stored_answers(enrollment)
        )
    except VaultError:
        return render(request, "programs/enrollment_unreadable.html", {"enrollment": enrollment})
    if request.method == "POST" and keep(request, enrollment, form):
        messages.success(request, _("Saved. Shown from publication to closing only."))
        return redirect(enrollment.own_href)
    context = {
        "enrollment": enrollment,
        "form": form,
        "assistant": answers_of(enrollment).assistant,
        "clock": clock_words(enrollment.person),
    }
    return render(request, "programs/enrollment_channels.html", context)


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def enrollment_reach(request: HttpRequest, token: str) -> HttpResponse:
    """For an assistant, by the link of a message: shows nothing of what is there."""
    enrollment = found_by(token, Purpose.REACH)
    if enrollment is None or enrollment.state == State.OUT:
        return render(request, "programs/link_unknown.html", status=404)
    form = ReachForm(request.POST or None, stored=dict.fromkeys((*CHANNELS, *HOURS)))
    is_saved = False
    if form.is_valid() and not form.filled():
        form.add_error(None, _("Fill in at least one way, or the hours."))
    elif form.is_valid():
        try:
            services.save_answers(enrollment, form.filled(), by=None)
            is_saved = True
        except ValidationError as error:
            form.add_error(None, error)
    context = {"enrollment": enrollment, "form": form, "is_saved": is_saved}
    return render(request, "programs/enrollment_reach.html", context)


@sensitive_variables()
def form_of(request: Request, enrollment: Enrollment) -> AnswersForm:
    """Raises VaultError."""
    program, stored = enrollment.cohort.program, stored_answers(enrollment)
    strengths = {topic.name: topic.strength for topic in stored["topics"]}
    groups = [
        OptionGroup(name, [Option(topic, strengths.get(topic.name, 0)) for topic in topics])
        for name, topics in topics_to_choose(enrollment)
    ]
    pledge = current_pledge(program, get_language() or "")
    form: AnswersForm = form_for(enrollment)(
        request.POST if request.method == "POST" else None,
        stored=stored,
        groups=groups,
        is_signed=signed_at(program, enrollment.person, pledge) is not None,
        pledge=pledge.code,
    )
    return form


def shown(enrollment: Enrollment, form: AnswersForm) -> dict[str, Any]:
    window = window_of(enrollment)
    program, manager = enrollment.cohort.program, line_manager_of(enrollment.person)
    pledge = current_pledge(program, get_language() or "")
    return {
        "enrollment": enrollment,
        "cohort": enrollment.cohort,
        "program": program,
        "form": form,
        "clock": clock_words(enrollment.person),
        "window": window_words(enrollment, window),
        "is_answerable": window in (Window.OPEN, Window.LATE),
        "has_said": enrollment.answered_at is not None,
        "pledge": pledge,
        "signed_at": signed_at(program, enrollment.person, pledge),
        "line_manager": manager,
        "told_to_manager": words_to_line_manager(enrollment, manager) if manager else None,
    }
