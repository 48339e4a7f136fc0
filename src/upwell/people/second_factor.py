"""Middleware: sessions end in time, and whoever holds a role gives a second factor first."""

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from upwell.core.http import Request
from upwell.people.models import Person
from upwell.people.sign_in import has_authenticator, has_ended, has_given_second_factor

OPEN_WITHOUT = {
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
    "account_logout",
    "account_password_reset_completed",
    "account_reauthenticate",
    "account_reset_password",
    "logo",
    "mfa_activate_totp",
    "mfa_reauthenticate",
    "people:language_choose",
}
"""What somebody with a role reaches before the second factor: what it takes to give it."""


class SecondFactorMiddleware:
    """Stands between authentication and the rule that pages need a sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, arguments: Any, parameters: Any
    ) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        if has_ended(request.session):
            logout(request)
            return None
        return second_factor_first(request, request.user)


def second_factor_first(request: HttpRequest, person: Person) -> HttpResponse | None:
    """Lead to the set-up, or to the question, whoever holds a role and has not answered it.

    Pages that are open before it know by ``request.awaits_second_factor`` to offer no menu.
    """
    match = request.resolver_match
    if has_given_second_factor(request, person) or not person.role_kinds:
        return None
    if match is not None and match.view_name in OPEN_WITHOUT:
        cast("Request", request).awaits_second_factor = True
        return None
    page = "mfa_reauthenticate" if has_authenticator(person) else "mfa_activate_totp"
    query = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    return HttpResponseRedirect(f"{reverse(page)}?{query}" if query else reverse(page))
