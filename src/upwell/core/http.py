"""Types of requests and answers, and the errors of a refused form on the next page."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
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


def is_done(form: BaseForm, service: Callable[..., Any], *arguments: Any, **options: Any) -> bool:
    """Whether a form is right and a service took what is in it; a refusal goes into the form."""
    if not form.is_valid():
        return False
    try:
        service(*arguments, **form.cleaned_data, **options)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def flash_errors(request: HttpRequest, form: BaseForm) -> None:
    """Carry what a form refused over a redirect."""
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))
