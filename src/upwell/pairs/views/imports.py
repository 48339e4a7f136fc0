"""A file of pairs on its way into a cohort: upload, preview, confirmation."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from upwell.core.downloads import table_file
from upwell.core.http import Request
from upwell.pairs import services
from upwell.pairs.forms import PairsFileForm
from upwell.pairs.models import EarlierPair, PairsImport
from upwell.pairs.views.import_words import preview_in_words, sample_rows, step_in_words, summary_of
from upwell.pairs.views.pairs import cohort_of
from upwell.people.services import discard_import, has_failed
from upwell.programs.views.file_progress import file_progress
from upwell.sheets.exports import export

State = PairsImport.State


@require_http_methods(["GET", "POST"])
def pairs_import(request: Request, pk: UUID) -> HttpResponse:
    """Choose a file of pairs."""
    cohort = cohort_of(request, pk)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    is_too_large = bool(request.META.get("UPLOAD_TOO_LARGE"))  # known once the files are read
    form = PairsFileForm(*given, is_too_large=is_too_large)
    if form.is_valid():
        file = form.cleaned_data["file"]
        return redirect(services.start_pairs_import(cohort, file, by=request.user))
    count = EarlierPair.objects.filter(program=cohort.program_id).count()
    context = {"cohort": cohort, "form": form, "earlier_count": count}
    return render(request, "pairs/pairs_import.html", context)


@export("sample of pairs")
@require_GET
def pairs_sample(request: Request, pk: UUID) -> HttpResponse:
    """A small file of pairs as it could be, in the reader's language."""
    cohort_of(request, pk)
    return table_file("pairs", {_("Pairs"): sample_rows()}, "csv")


@require_GET
def pairs_preview(request: Request, pk: UUID) -> HttpResponse:
    """What a file says and what it would change."""
    found = mine(request, pk)
    if found.is_working:
        return show_progress(request, found)
    if request.htmx:  # the page that watched the progress
        return HttpResponseClientRefresh()
    if found.state == State.DISCARDED:
        return redirect("pairs:pairs_import", found.cohort_id)
    context = {"import": found, "cohort": found.cohort, "summary": summary_of(found)}
    if found.state == State.DONE:
        return render(request, "pairs/pairs_result.html", context)
    context |= {"preview": preview_in_words(found), "is_ready": found.state == State.READY}
    return render(request, "pairs/pairs_preview.html", context)


def mine(request: Request, pk: UUID) -> PairsImport:
    imports = PairsImport.objects.managed_by(request.user).select_related("cohort__program")
    return get_object_or_404(imports, pk=pk)


def show_progress(request: Request, found: PairsImport) -> HttpResponse:
    step, routes = step_in_words(found), ("pairs:pairs_retry", "pairs:pairs_discard")
    return file_progress(request, found, _("Pairs you already have"), step, routes)


@require_POST
def pairs_confirm(request: Request, pk: UUID) -> HttpResponse:
    """Write the file as it was shown."""
    found = mine(request, pk)
    try:
        services.confirm_pairs_import(found, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(found)


@require_POST
def pairs_discard(request: Request, pk: UUID) -> HttpResponse:
    """Give the import up; its file is removed."""
    found = mine(request, pk)
    try:
        discard_import(found)
    except ValidationError:  # it has ended meanwhile
        return redirect(found)
    return redirect("pairs:pairs_import", found.cohort_id)


@require_POST
def pairs_retry(request: Request, pk: UUID) -> HttpResponse:
    """Ask for the work again where the worker has given up."""
    found = mine(request, pk)
    if has_failed(found):
        services.try_pairs_again(found, by=request.user)
    return redirect(found)
