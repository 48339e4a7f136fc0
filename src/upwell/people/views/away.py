"""When one is away, and the public holidays of offices."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from upwell.core.http import Request, is_done
from upwell.people import services
from upwell.people.forms import AwayForm, OfficeForm
from upwell.people.models import Away, Office
from upwell.people.services.free_days import countries
from upwell.people.views.rows import row_or_404

AHEAD = timedelta(days=365)


@require_http_methods(["GET", "POST"])
def away_list(request: Request) -> HttpResponse:
    """The days on which one is away; a POST enters some more."""
    form = AwayForm(request.POST if request.method == "POST" else None)
    if is_done(form, services.enter_away, request.user):
        return redirect("people:away_list")
    today = timezone.localdate()
    context = {"form": form, "spans": request.user.away.filter(ends_on__gte=today)}
    return render(request, "people/away_list.html", context)


@require_POST
def away_remove(request: Request, pk: UUID) -> HttpResponse:
    """Take days off one's own list."""
    away = get_object_or_404(Away, pk=pk, person=request.user, from_file=False)
    services.remove_away(away, by=request.user)
    messages.success(request, _("You are there on these days again."))
    return redirect("people:away_list")


@require_GET
def office_list(request: Request) -> HttpResponse:
    """Offices with where they lie."""
    names = countries()
    context = {
        "rows": [(one, names.get(one.country, one.country)) for one in Office.objects.all()],
        "may_change": request.user.is_directory_administrator,
    }
    return render(request, "people/office_list.html", context)


@require_http_methods(["GET", "POST"])
def office_change(request: Request, pk: str) -> HttpResponse:
    """Say which country an office lies in, and look at its holidays."""
    office = row_or_404(Office, pk)
    form = OfficeForm(request.POST if request.method == "POST" else None, office=office)
    if is_done(form, services.place_office, office, by=request.user):
        messages.success(request, _("%(office)s is changed.") % {"office": office})
        return redirect("people:office_change", pk=pk)
    today = timezone.localdate()
    days = services.free_days(office, today, today + AHEAD)
    context = {"office": office, "form": form, "days": days}
    return render(request, "people/office_change.html", context)
