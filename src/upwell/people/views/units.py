"""The tree of units, and one unit that is renamed or moved."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from upwell.core.http import Request, is_done
from upwell.people import services
from upwell.people.forms import UnitForm
from upwell.people.models import OrgUnit
from upwell.people.queries import unit_tree
from upwell.people.views.rows import row_or_404


@require_GET
def unit_list(request: Request) -> HttpResponse:
    """All units with how many people are in them."""
    may_change = request.user.is_directory_administrator
    return render(request, "people/unit_list.html", {"rows": unit_tree(), "may_change": may_change})


@require_http_methods(["GET", "POST"])
def unit_change(request: Request, pk: str) -> HttpResponse:
    """Rename a unit or put it under another."""
    unit = row_or_404(OrgUnit, pk)
    form = UnitForm(request.POST if request.method == "POST" else None, unit=unit)
    if is_done(form, services.change_unit, unit, by=request.user):
        messages.success(request, _("The unit “%(name)s” is changed.") % {"name": unit})
        return redirect("people:unit_list")
    return render(request, "people/unit_change.html", {"unit": unit, "form": form})
