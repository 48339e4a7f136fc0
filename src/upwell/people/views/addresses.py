"""Sign-in addresses for many at once."""

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from upwell.core.http import Request, flash_errors
from upwell.core.paging import page_of, query_without_page
from upwell.people import services
from upwell.people.forms import AddressesForm
from upwell.people.models import PersonQuerySet

SHOWN = 50  # of those who are left out


@require_http_methods(["GET", "POST"])
def sign_in_addresses(request: Request) -> HttpResponse:
    """Who would sign in with their contact address; a POST of what was looked at does it."""
    form = AddressesForm(request.POST if request.method == "POST" else {})
    people = form.chosen(request.GET, by=request.user)
    given = form.cleaned_data
    if form.is_valid() and given["revision"] is not None:
        try:
            done = services.use_contact_addresses(
                people,
                by=request.user,
                revision=given["revision"],
                and_invite=given["and_invite"],
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, outcome(len(done.ready), given["and_invite"]))
            return redirect(given["back"] or "people:person_list")
    flash_errors(request, form)
    return show(request, form, people)


def show(request: Request, form: AddressesForm, people: PersonQuerySet) -> HttpResponse:
    choice = services.choose_contact_addresses(people)
    context = {
        "choice": choice,
        "page": page_of(request, choice.ready),
        "left_out": choice.left_out[:SHOWN],
        "more": len(choice.left_out) - SHOWN,
        "people": form.data.get("people", ""),
        "back": form.cleaned_data.get("back", ""),
        "form": AddressesForm(initial={"and_invite": True}),
        "query": query_without_page(request),
    }
    return render(request, "people/sign_in_addresses.html", context)


def outcome(count: int, is_invited: bool) -> str:
    """What was done, as one sentence."""
    if is_invited:
        text = ngettext(
            "%(count)s person can sign in now, and their invitation is on its way.",
            "%(count)s people can sign in now, and their invitations are on their way.",
            count,
        )
    else:
        text = ngettext(
            "%(count)s person can sign in now.", "%(count)s people can sign in now.", count
        )
    return text % {"count": intcomma(count)}
