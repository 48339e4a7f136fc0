"""Pages of signing in that are not allauth's, and those of its pages that need a word more."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.i18n import set_language

from upwell.audit.services import record
from upwell.core.http import Request
from upwell.people import invitations, sign_in
from upwell.people.models import Invitation, Person

View = Callable[..., HttpResponse]

INVITATION = "upwell_invitation"
ON_THE_WAY = {
    "account_confirm_login_code",
    "account_login",
    "account_request_login_code",
    "mfa_view_recovery_codes",
}
"""Pages between asking for a page and being let in to it."""


@require_GET
@never_cache
@login_not_required
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address at once, so that no log or referrer shows it later."""
    found = invitations.find(token)
    request.session[INVITATION] = found.pk if found else 0
    return redirect("people:invitation_accept")


@require_http_methods(["GET", "POST"])
@never_cache
@login_not_required
def invitation_accept(request: HttpRequest) -> HttpResponse:
    """Who invites, and the button; only the button uses the invitation up."""
    found = (
        Invitation.objects.select_related("person", "invited_by")
        .filter(pk=request.session.get(INVITATION, 0))
        .first()
    )
    if found and request.method == "POST":
        person = invitations.accept(found)
        if person:
            return let_in(request, person)
    is_good = found is not None and invitations.is_good(found)
    return render(request, "people/invitation.html", {"invitation": found if is_good else None})


@require_POST
@login_not_required
def language_choose(request: HttpRequest) -> HttpResponse:
    """Keep the language for this browser and, of somebody signed in, for all pages and e-mails."""
    wanted = request.POST.get("language", "")
    if request.user.is_authenticated and wanted in dict(settings.LANGUAGES):
        Person.objects.filter(pk=request.user.pk).update(own_language=wanted)
    return set_language(request)


def let_in(request: HttpRequest, person: Person) -> HttpResponse:
    """Sign in through allauth, which asks for the second factor of whoever has one."""
    if request.user.is_authenticated:
        get_adapter().logout(request)
    request.session.pop(INVITATION, None)
    sign_in.keep_in_step(person)
    record_authentication(request, person, method="invitation", email=person.sign_in_email)
    answer = perform_login(request, person, email=person.sign_in_email, redirect_url="/")
    return cast("HttpResponse", answer)


@require_GET
def sign_in_address(request: Request) -> HttpResponse:
    """Which address one signs in with, and who can change it."""
    return render(request, "people/sign_in_address.html", {"address": request.user.sign_in_email})


def keeps_next(view: View) -> View:
    """A view of allauth's that leads on with ``next`` where allauth would lose it.

    It does after too many wrong codes, with a code asked for already, and in the set-up of an
    authenticator.
    """

    @wraps(view)
    def kept(request: Request, *args: Any, **parameters: Any) -> HttpResponse:
        request.next_page = get_next_redirect_url(request) or ""
        answer = view(request, *args, **parameters)
        target = answer.headers.get("Location", "")
        if request.next_page and target in {reverse(name) for name in ON_THE_WAY}:
            answer.headers["Location"] = f"{target}?{urlencode({'next': request.next_page})}"
        return answer

    return kept


@transaction.atomic
def activate_totp(request: Request) -> HttpResponse:
    """allauth's page; a code from the new authenticator is this session's second factor, too."""
    had = sign_in.has_authenticator(request.user)
    answer = cast("HttpResponse", totp.activate_totp(request))
    new = None if had or request.method != "POST" else sign_in.authenticator_of(request.user)
    if new:
        post_authentication(request, new, reauthenticated=True)
        record("people.second_factor.added", by=request.user, on=request.user)
    return answer


@transaction.atomic
def deactivate_totp(request: Request) -> HttpResponse:
    """allauth's page; without the authenticator every session must be opened anew."""
    had = sign_in.has_authenticator(request.user)
    answer = cast("HttpResponse", totp.deactivate_totp(request))
    if had and not sign_in.has_authenticator(request.user):
        record("people.second_factor.removed", by=request.user, on=request.user)
        sign_in.end_sessions(request.user, by=request.user)
    return answer
