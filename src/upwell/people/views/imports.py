"""A file on its way into the directory: upload, preview, confirmation."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from upwell.core.http import Request, flash_errors
from upwell.people import services
from upwell.people.forms import ConfirmForm, MappingForm, MappingNameForm, RepairForm, UploadForm
from upwell.people.models import PeopleImport
from upwell.people.views.words import must_agree, preview_in_words, step_in_words

State = PeopleImport.State


@require_http_methods(["GET", "POST"])
def import_start(request: Request) -> HttpResponse:
    """Choose a file and say what it holds."""
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    is_too_large = bool(request.META.get("UPLOAD_TOO_LARGE"))  # known once the files are read
    form = UploadForm(*given, is_too_large=is_too_large)
    if form.is_valid():
        said = form.cleaned_data
        mapping, saved = form.meant()
        started = services.start_import(
            said["file"], kind=said["kind"], mapping=mapping, saved=saved, by=request.user
        )
        return redirect(started)
    unfinished = PeopleImport.objects.unfinished_of(request.user)
    return render(request, "people/import_start.html", {"form": form, "unfinished": unfinished})


@require_http_methods(["GET", "POST"])
def import_preview(request: Request, pk: UUID) -> HttpResponse:
    """What a file says and what it would change; a POST changes how it is meant."""
    found = mine(request, pk)
    if found.is_working:
        return show_progress(request, found)
    if request.htmx:  # the page that watched the progress
        return HttpResponseClientRefresh()
    if found.state in PeopleImport.ENDED:
        return redirect(page_after(found))
    if request.method != "POST" or "mapping" not in found.preview:
        return show_preview(request, found)
    form = MappingForm(preview_in_words(found.preview), request.POST)
    if form.is_valid():
        try:
            services.change_mapping(found, form.mapping(), by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
    return show_preview(request, found, form=form) if form.errors else redirect(found)


def page_after(found: PeopleImport) -> str:
    if found.state == State.DISCARDED:
        return reverse("people:import_start")
    return f"{reverse('people:person_list')}?imported={found.pk}"


def mine(request: Request, pk: UUID) -> PeopleImport:
    return get_object_or_404(PeopleImport.objects.visible_to(request.user), pk=pk)


def show_progress(request: Request, found: PeopleImport) -> HttpResponse:
    """The page while the worker is at it; asked for by htmx, the changing part of it."""
    name = "people/import_progress.html" + ("#progress" if request.htmx else "")
    context = {
        "import": found,
        "step": step_in_words(found),
        "has_failed": services.has_failed(found),
    }
    return render(request, name, context)


def show_preview(request: Request, found: PeopleImport, **forms: Form) -> HttpResponse:
    agree = must_agree(found)
    leaving = found.counts.get("leaving", 0)
    preview = preview_in_words(found.preview)
    context = {
        "import": found,
        "preview": preview,
        "form": MappingForm(preview) if "mapping" in preview else None,
        "confirm_form": ConfirmForm(leaving=leaving, must_agree=agree),
        "repair_form": RepairForm(found.preview),
        "must_agree": agree,
        "name_form": MappingNameForm(initial={"name": found.preview.get("saved", "")}),
        "is_ready": found.state == State.READY,
    }
    return render(request, "people/import_preview.html", context | forms)


@require_POST
def import_confirm(request: Request, pk: UUID) -> HttpResponse:
    found = mine(request, pk)
    leaving = found.counts.get("leaving", 0)
    form = ConfirmForm(request.POST, leaving=leaving, must_agree=must_agree(found))
    if form.is_valid():
        try:
            services.confirm_import(found, leaving=leaving, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
    flash_errors(request, form)
    return redirect(found)


@require_POST
def import_repair(request: Request, pk: UUID) -> HttpResponse:
    """Leave lines out, or correct them, and look at what would change then."""
    found = mine(request, pk)
    form = RepairForm(found.preview, request.POST)
    if form.is_valid():
        try:
            services.repair_import(found, form.repairs(), by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
    if form.errors and found.state == State.READY:
        return show_preview(request, found, repair_form=form)
    flash_errors(request, form)
    return redirect(found)


@require_POST
def import_discard(request: Request, pk: UUID) -> HttpResponse:
    """Give the import up; its file is removed."""
    try:
        services.discard_import(mine(request, pk))
    except ValidationError:  # it has ended meanwhile
        return redirect("people:import_preview", pk=pk)
    return redirect("people:import_start")


@require_POST
def import_retry(request: Request, pk: UUID) -> HttpResponse:
    """Ask for the work again where the worker has given up."""
    found = mine(request, pk)
    if services.has_failed(found):
        services.try_again(found, by=request.user)
    return redirect(found)


@require_GET
def import_mapping(request: Request, pk: UUID) -> HttpResponse:
    """The mapping as a file, for the next time and for nightly imports."""
    found = get_object_or_404(PeopleImport.objects.visible_to(request.user).with_file(), pk=pk)
    text = found.preview.get("mapping") or found.mapping
    headers = {"Content-Disposition": 'attachment; filename="mapping.toml"'}
    return HttpResponse(text, content_type="application/toml; charset=utf-8", headers=headers)
