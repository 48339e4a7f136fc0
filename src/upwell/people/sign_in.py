"""Who signs in with which address, what a session has proven, and how sessions end."""

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.delivery.services import post
from upwell.people.models import Invitation, Person

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase

SECOND_FACTOR = "upwell_second_factor"
ENDS_AT = "upwell_ends_at"
HOURS_WITH_ROLE = 12
HOURS_WITHOUT_ROLE = 14 * 24
BATCH = 500


@transaction.atomic
def set_address(person: Person, address: str, *, by: Person | None = None) -> None:
    """Let a person sign in with this address from now on; "" takes their sign-in away.

    Ends their sessions, open invitations and password, and tells both addresses.
    Refuses what is no address and what somebody else signs in with.
    """
    new, old = clean_address(address), person.sign_in_email or ""
    if new != old:
        replace_address(person, new)
        record("people.address.changed", by=by, on=person, facts={"is_taken": not new})
        for told in filter(None, (old, new if old else "")):
            named = {"person": person, "old": old, "new": new, "by": by}
            post(
                "people/mail/address_changed",
                to=person,
                address=told,
                context=named,
                is_urgent=True,
            )
    keep_in_step(person)


@transaction.atomic
def set_first_addresses(addresses: Mapping[UUID, str]) -> None:
    """Let people who have no address sign in with these, each in lower case; others stay as is.

    Raises IntegrityError, with nothing written, where somebody else signs in with one of them.
    """
    have_none = Person.objects.active().filter(sign_in_email=None)
    given = {
        pk: address
        for pk, address in addresses.items()
        if have_none.filter(pk=pk).update(sign_in_email=address)
    }
    rows = [
        EmailAddress(user_id=pk, email=address, primary=True, verified=True)
        for pk, address in given.items()
    ]
    for start in range(0, len(rows), BATCH):
        some = rows[start : start + BATCH]
        known = Q(user__in=[row.user_id for row in some]) | Q(email__in=[row.email for row in some])
        EmailAddress.objects.filter(known).delete()
        EmailAddress.objects.bulk_create(some)


def clean_address(address: str) -> str:
    cleaned = address.strip().lower()
    if cleaned:
        validate_email(cleaned)
    return cleaned


def replace_address(person: Person, address: str) -> None:
    try:
        with transaction.atomic():
            Person.objects.filter(pk=person.pk).update(
                sign_in_email=address or None,
                password=make_password(None),
                sessions_ended=F("sessions_ended") + 1,
            )
    except IntegrityError as error:
        raise ValidationError(_("Somebody else signs in with this address.")) from error
    Invitation.objects.open().filter(person=person).update(expires_at=timezone.now())
    person.refresh_from_db(fields=["sign_in_email", "password", "sessions_ended"])


def keep_in_step(person: Person) -> None:
    """Give allauth exactly the address that stands with the person."""
    address = person.sign_in_email
    EmailAddress.objects.filter(user=person).exclude(email=address or "").delete()
    if address:
        EmailAddress.objects.filter(email=address).exclude(user=person).delete()
        EmailAddress.objects.update_or_create(
            user=person, email=address, defaults={"primary": True, "verified": True}
        )


@transaction.atomic
def end_sessions(person: Person, *, by: Person | None) -> None:
    """Sign a person out everywhere; each session ends with its next request.

    To be called when a role is given or taken, and when an authenticator goes.
    """
    Person.objects.filter(pk=person.pk).update(sessions_ended=F("sessions_ended") + 1)
    record("people.sessions.ended", by=by, on=person)


def forget_password(person: Person) -> None:
    """Take the password of somebody who holds no role any more: they sign in with codes."""
    without_role = Person.objects.filter(pk=person.pk, roles=None)
    without_role.update(password=make_password(None))


@transaction.atomic
def reset_second_factor(person: Person, *, by: Person | None = None) -> None:
    """Forget a lost authenticator; somebody with a role sets up another at the next sign-in."""
    Authenticator.objects.filter(user=person).delete()
    end_sessions(person, by=by)
    record("people.second_factor.reset", by=by, on=person)
    if person.sign_in_email:
        named = {"person": person, "by": by}
        post(
            "people/mail/second_factor_reset",
            to=person,
            address=person.sign_in_email,
            context=named,
            is_urgent=True,
        )


def begin_session(session: "SessionBase", person: Person, *, second_factor: bool = False) -> None:
    """Give a session its end, and note a second factor that was given.

    The demo's one-click sign-ins and the tests pass ``second_factor=True`` after Django's
    ``login()``; in a real sign-in allauth has asked for it.
    """
    hours = HOURS_WITH_ROLE if person.role_kinds else HOURS_WITHOUT_ROLE
    session[ENDS_AT] = time.time() + hours * 3600
    if second_factor:
        session[SECOND_FACTOR] = True


def has_ended(session: "SessionBase") -> bool:
    ends_at: float = session.get(ENDS_AT, float("inf"))
    return time.time() >= ends_at


def has_given_second_factor(request: HttpRequest, person: Person) -> bool:
    """Whether this very session was opened, or confirmed since, with a second factor."""
    if request.session.get(SECOND_FACTOR):
        return True
    records = get_authentication_records(request, person)
    return any(record["method"] == "mfa" for record in records)


def has_authenticator(person: Person) -> bool:
    return authenticator_of(person) is not None


def authenticator_of(person: Person) -> Authenticator | None:
    """Their authenticator app, of which nobody has two."""
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
