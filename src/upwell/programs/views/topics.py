"""A file of topics on its way into a cohort: upload, preview, confirmation."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from upwell.core.http import Request
from upwell.people.services import discard_import, has_failed
from upwell.programs import services
from upwell.programs.forms import TopicsFileForm, TopicsMappingForm
from upwell.programs.models import Cohort, TopicsImport
from upwell.programs.views.file_progress import file_progress
from upwell.programs.views.topics_words import preview_in_words, step_in_words

State = TopicsImport.State


@require_http_methods(["GET", "POST"])
def topics_import(request: Request, pk: UUID) -> HttpResponse:
    """Choose a file of topics."""
    cohorts = Cohort.objects.managed_by(request.user).select_related("program")
    cohort = get_object_or_404(cohorts, pk=pk)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    is_too_large = bool(request.META.get("UPLOAD_TOO_LARGE"))  # known once the files are read
    form = TopicsFileForm(*given, is_too_large=is_too_large)
    if form.is_valid():
        said = form.cleaned_data
        started = services.start_topics_import(
            cohort, said["file"], is_adding=said["is_adding"], by=request.user
        )
        return redirect(started)
    return render(request, "programs/topics_import.html", {"cohort": cohort, "form": form})


@require_http_methods(["GET", "POST"])
def topics_preview(request: Request, pk: UUID) -> HttpResponse:
    """What a file says and what it would change; a POST changes how it is meant."""
    found = mine(request, pk)
    if found.is_working:
        return show_progress(request, found)
    if request.htmx:  # the page that watched the progress
        return HttpResponseClientRefresh()
    if found.state == State.DISCARDED:
        return redirect("programs:topics_import", found.cohort_id)
    if found.state == State.DONE:
        context = {"import": found, "cohort": found.cohort}
        return render(request, "programs/topics_result.html", context)
    if request.method != "POST" or "mapping" not in found.preview:
        return show_preview(request, found)
    form = TopicsMappingForm(found, request.POST)
    if form.is_valid():
        try:
            services.change_topics_mapping(
                found,
                form.mapping(),
                is_adding=form.cleaned_data["is_adding"],
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
    return show_preview(request, found, form=form) if form.errors else redirect(found)


def mine(request: Request, pk: UUID) -> TopicsImport:
    imports = TopicsImport.objects.managed_by(request.user).select_related("cohort__program")
    return get_object_or_404(imports, pk=pk)


def show_progress(request: Request, found: TopicsImport) -> HttpResponse:
    step, routes = step_in_words(found), ("programs:topics_retry", "programs:topics_discard")
    return file_progress(request, found, _("Topics from a file"), step, routes)


def show_preview(request: Request, found: TopicsImport, **forms: Form) -> HttpResponse:
    context = {
        "import": found,
        "cohort": found.cohort,
        "preview": preview_in_words(found),
        "form": TopicsMappingForm(found) if "mapping" in found.preview else None,
        "is_ready": found.state == State.READY,
    }
    return render(request, "programs/topics_preview.html", context | forms)


@require_POST
def topics_confirm(request: Request, pk: UUID) -> HttpResponse:
    """Write the file as it was shown."""
    found = mine(request, pk)
    try:
        services.confirm_topics_import(found, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(found)


@require_POST
def topics_discard(request: Request, pk: UUID) -> HttpResponse:
    """Give the import up; its file is removed."""
    found = mine(request, pk)
    try:
        discard_import(found)
    except ValidationError:  # it has ended meanwhile
        return redirect(found)
    return redirect("programs:topics_import", found.cohort_id)


@require_POST
def topics_retry(request: Request, pk: UUID) -> HttpResponse:
    """Ask for the work again where the worker has given up."""
    found = mine(request, pk)
    if has_failed(found):
        services.try_topics_again(found, by=request.user)
    return redirect(found)
