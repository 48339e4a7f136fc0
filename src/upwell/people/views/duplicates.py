"""People who may be in the directory twice, and making two of them one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from upwell.core.http import Request
from upwell.core.paging import page_of, query_without_page
from upwell.people import services
from upwell.people.forms import MergeForm
from upwell.people.models import Person
from upwell.people.services.duplicates import Likeness, find_likenesses


@require_GET
def duplicate_list(request: Request) -> HttpResponse:
    """Pairs of people who may be one, with why; or those said to be two people."""
    found = find_likenesses()
    shows_dismissed = request.GET.get("show") == "dismissed"
    page = page_of(request, [one for one in found if one.is_dismissed == shows_dismissed])
    context = {
        "page": page,
        "pairs": in_words(page),
        "query": query_without_page(request),
        "shows_dismissed": shows_dismissed,
        "dismissed": sum(one.is_dismissed for one in found),
    }
    return render(request, "people/duplicate_list.html", context)


@require_POST
def likeness_dismiss(request: Request, pk: UUID, other: UUID) -> HttpResponse:
    """Two people who are not one; leads back to the page of the list."""
    first, second = (get_object_or_404(Person, pk=one) for one in (pk, other))
    try:
        services.dismiss_likeness(first, second, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Noted: they are two people, and not proposed again."))
    query = urlencode({"page": request.POST["page"]}) if "page" in request.POST else ""
    return redirect(f"{reverse('people:duplicate_list')}{'?' if query else ''}{query}")


def in_words(likenesses: Any) -> list[dict[str, Any]]:
    words = {
        "address": _("The same e-mail address"),
        "returned": _("Has left, and somebody of the same name came later"),
        "office": _("The same name and office"),
        "unit": _("The same name and unit"),
    }
    shown: list[Likeness] = list(likenesses)
    keys = {pk for one in shown for pk in (one.one, one.other)}
    people = Person.objects.with_places().in_bulk(keys)
    return [
        {"one": people[one.one], "other": people[one.other], "why": words[one.why]}
        for one in shown
        if one.one in people and one.other in people
    ]


@require_http_methods(["GET", "POST"])
def person_merge(request: Request, pk: UUID, other: UUID) -> HttpResponse:
    """Two people side by side; a POST makes them one."""
    people = Person.objects.with_places()
    first, second = (get_object_or_404(people, pk=one) for one in (pk, other))
    if first == second:
        return redirect(first)
    form = MergeForm(first, second, request.POST if request.method == "POST" else None)
    if form.is_valid():
        kept, gone = form.people()
        try:
            services.merge_people(kept, gone, taken=form.taken(), by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The two entries are one now."))
            return redirect(kept)
    context = {"one": first, "other": second, "form": form}
    return render(request, "people/person_merge.html", context)
