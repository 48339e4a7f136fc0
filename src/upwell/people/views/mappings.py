"""Mappings kept under a name: the list, and what one does with them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from upwell.core.http import Request, flash_errors, is_done
from upwell.people import services
from upwell.people.forms import MappingNameForm
from upwell.people.models import PeopleImport, SavedMapping


@require_GET
def mapping_list(request: Request) -> HttpResponse:
    """All saved mappings, by name."""
    saved = SavedMapping.objects.select_related("saved_by")
    return render(request, "people/mapping_list.html", {"mappings": saved})


@require_POST
def mapping_save(request: Request, pk: UUID) -> HttpResponse:
    """Keep under a name how the file of an import is read."""
    found = get_object_or_404(PeopleImport.objects.visible_to(request.user), pk=pk)
    form = MappingNameForm(request.POST)
    if is_done(form, services.save_mapping, found, by=request.user):
        said = _("The mapping is saved as “%(name)s”. It is used for the next file it fits.")
        messages.success(request, said % form.cleaned_data)
    flash_errors(request, form)
    is_open = found.state not in PeopleImport.ENDED
    return redirect(found if is_open else "people:mapping_list")


@require_POST
def mapping_rename(request: Request, pk: UUID) -> HttpResponse:
    saved = get_object_or_404(SavedMapping, pk=pk)
    form = MappingNameForm(request.POST)
    if not is_done(form, services.rename_mapping, saved, by=request.user):
        flash_errors(request, form)
    return redirect("people:mapping_list")


@require_POST
def mapping_delete(request: Request, pk: UUID) -> HttpResponse:
    saved = get_object_or_404(SavedMapping, pk=pk)
    services.delete_mapping(saved, by=request.user)
    messages.success(request, _("The mapping “%(name)s” is deleted.") % {"name": saved.name})
    return redirect("people:mapping_list")
