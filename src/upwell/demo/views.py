"""The demo's own pages: one-click sign-ins and its mailbox, on this machine only."""

import ipaddress
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from upwell.core.paging import page_of
from upwell.delivery.mailbox import messages, read
from upwell.demo.database import is_marked
from upwell.demo.guests import guests, reader_of
from upwell.people.models import Person
from upwell.people.sign_in import begin_session

View = Callable[..., HttpResponse]


def here_only(view: View) -> View:
    """Answer 404 to other machines, other names of this one, and on any database not the demo's."""

    @wraps(view)
    def checked(request: HttpRequest, **parameters: object) -> HttpResponse:
        if not (is_loopback(request) and is_marked()):
            raise Http404
        return view(request, **parameters)

    return login_not_required(checked)


def is_loopback(request: HttpRequest) -> bool:
    host = request.get_host().rsplit(":", 1)[0].strip("[]")
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return address.is_loopback and host in {"127.0.0.1", "localhost", "::1"}


def mail_folder() -> Path:
    """Where the demo's mail server keeps what it receives."""
    return Path(settings.DATA_DIR) / "mailbox"


@require_GET
@here_only
def welcome(request: HttpRequest) -> HttpResponse:
    """Who can sign in."""
    return render(request, "demo/welcome.html", {"guests": guests()})


@require_POST
@here_only
def sign_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign in as one of the guests, or as the reader of a message."""
    person = next((one for one in expected() if one.pk == pk), None)
    if person is None:
        raise Http404
    logout(request)
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    begin_session(request.session, person, second_factor=True)
    return redirect("desk:home")


def expected() -> Iterator[Person]:
    """Whom the demo's pages offer to sign in as."""
    yield from (guest.person for guest in guests())
    for address in {one.to for one in messages(mail_folder())}:
        if reader := reader_of(address):
            yield reader


@require_GET
@here_only
def mailbox(request: HttpRequest) -> HttpResponse:
    """What the demo's own mail server has received."""
    page = page_of(request, messages(mail_folder()))
    return render(request, "demo/mailbox.html", {"page": page})


@require_GET
@here_only
def message(request: HttpRequest, key: str) -> HttpResponse:
    """One message as its reader sees it, in plain text."""
    found = read(mail_folder(), key)
    if found is None:
        raise Http404
    context = {"message": found, "reader": reader_of(found.to)}
    return render(request, "demo/message.html", context)
