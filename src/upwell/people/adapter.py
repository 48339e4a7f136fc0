"""What Upwell decides where allauth leaves it open."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.password_reset_by_code import (
    PASSWORD_RESET_VERIFICATION_SESSION_KEY as RESET,
)
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from upwell.people import sign_in
from upwell.people.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # -- allauth has no types
    """Nobody signs up, and a code works only for the address that still is the person's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def pre_login(
        self, request: HttpRequest, user: Person, *, email: str | None, **details: Any
    ) -> HttpResponse | None:
        """Refuse an address that was the person's when the code was sent and is no longer."""
        if email and email.lower() != user.sign_in_email:
            clear_login(request)
            return to_sign_in()
        refused: HttpResponse | None = super().pre_login(request, user, email=email, **details)
        return refused

    def login(self, request: HttpRequest, user: Person) -> None:
        super().login(request, user)
        sign_in.begin_session(request.session, user)

    def set_password(self, user: Person, password: str) -> None:
        state = self.request.session.get(RESET)
        if state and state["email"].lower() != user.sign_in_email:
            raise ImmediateHttpResponse(to_sign_in())
        user.set_password(password)
        user.save(update_fields=["password"])


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # -- allauth has no types
    def get_totp_issuer(self) -> str:
        """What an authenticator app shows above the code."""
        return f"Upwell {settings.ORGANIZATION}".strip()


def client_address(request: HttpRequest) -> str:
    """The address that the outermost proxy of our own saw; without proxies, the connection's.

    What stands further left in X-Forwarded-For was written by whoever sent the request.
    """
    direct = str(request.META.get("REMOTE_ADDR") or "unknown")
    seen = request.headers.get("x-forwarded-for", "").split(",")
    if not settings.PROXY_COUNT or len(seen) < settings.PROXY_COUNT:
        return direct
    return seen[-settings.PROXY_COUNT].strip() or direct


def to_sign_in() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("account_login"))
