"""People who may be in the directory twice, and making two of them one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from upwell.core.http import Request
from upwell.core.paging import page_of, query_without_page
from upwell.people import services
from upwell.people.forms import MergeForm
from upwell.people.models import Person
from upwell.people.services.duplicates import Likeness, find_likenesses


@require_GET
def duplicate_list(request: Request) -> HttpResponse:
    """Pairs of people who may be one, with why."""
    page = page_of(request, find_likenesses())
    context = {"page": page, "pairs": in_words(page), "query": query_without_page(request)}
    return render(request, "people/duplicate_list.html", context)


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
