"""Types of requests and answers, and the errors of a refused form on the next page."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from upwell.people.models import Person


class Request(HttpRequest):
    """A request of somebody who is signed in."""

    user: "Person"
    htmx: "HtmxDetails"
    awaits_second_factor: bool  # set where a page is shown before it is given
    next_page: str  # where sign-in pages lead to once they are done; "" for nowhere


def flash_errors(request: HttpRequest, form: BaseForm) -> None:
    """Carry what a form refused over a redirect."""
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))
