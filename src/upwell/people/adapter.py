"""What Upwell decides where allauth leaves it open."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.password_reset_by_code import (
    PASSWORD_RESET_VERIFICATION_SESSION_KEY as RESET,
)
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from upwell.audit.services import record
from upwell.core.links import absolute_url
from upwell.delivery.services import post
from upwell.people import sign_in
from upwell.people.failures import record_failure
from upwell.people.models import Person
from upwell.vault.services import seal_secret, unseal_secret

AUTHENTICATOR = "mfa.authenticator.data"


CODES = {
    "login_code": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT,
    "password_reset_code": settings.ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT,
}
"""Mails with a code, and for how many seconds it is good."""


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

    @transaction.atomic
    def login(self, request: HttpRequest, user: Person) -> None:
        super().login(request, user)
        sign_in.begin_session(request.session, user)
        ways = [one["method"] for one in get_authentication_records(request, user)]
        record("people.sign_in.succeeded", by=user, on=user, facts={"ways": ways})

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put allauth's mail into the outbox in our words, which stand beside our other mails."""
        name = template_prefix.rpartition("/")[2]
        if name == "password_reset_code" and not may_have_password(email):
            name = "no_password"
        seconds = CODES.get(name, 0)
        way = "account_request_login_code" if name == "no_password" else "account_login"
        post(
            f"people/mail/{name}",
            address=email,
            context={**context, "email": email, "href": absolute_url(reverse(way))},
            language=get_language() or "",  # of the page on which they asked for it
            has_secret=bool(seconds),
            is_urgent=True,
            useful_until=timezone.now() + timedelta(seconds=seconds) if seconds else None,
        )

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """Passwords are for those who hold a role, and so give a one-time code as well."""
        person: Person | None = super().authenticate(request, **credentials)
        if person and not person.role_kinds:
            self.authentication_failed(request, **credentials)
            return None
        return person

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        address = str(credentials.get("email", "")).lower()
        person = Person.objects.filter(sign_in_email=address).first()
        record_failure(person, "people.sign_in.failed", way="password")

    def is_safe_url(self, url: str) -> bool:
        """Only pages of this installation are gone to after signing in."""
        return bool(url_has_allowed_host_and_scheme(url, allowed_hosts=None))

    def set_password(self, user: Person, password: str) -> None:
        state = self.request.session.get(RESET)
        is_of_another = bool(state) and state["email"].lower() != user.sign_in_email
        if is_of_another or not user.role_kinds:
            raise ImmediateHttpResponse(to_sign_in())
        with transaction.atomic():
            user.set_password(password)
            user.save(update_fields=["password"])
            record("people.password.changed", by=user, on=user)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # -- allauth has no types
    def get_totp_issuer(self) -> str:
        """What an authenticator app shows above the code."""
        return f"Upwell {settings.ORGANIZATION}".strip()

    def encrypt(self, text: str) -> str:
        """Seal the secret of an authenticator, and the seed of recovery codes."""
        return seal_secret(text, label=AUTHENTICATOR)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal_secret(encrypted_text, label=AUTHENTICATOR)


def may_have_password(email: str) -> bool:
    """Participants need none: they sign in with a code each time."""
    return bool(Person.objects.filter(sign_in_email=email.lower(), roles__isnull=False).exists())


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
