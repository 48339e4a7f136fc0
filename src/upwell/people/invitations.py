"""Invitations to sign in for the first time: a link that works once, after a button."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.core.links import absolute_url
from upwell.delivery.models import Category
from upwell.delivery.services import post
from upwell.people.models import Invitation, Person

DAYS = 14
TEMPLATE = "people/mail/invitation"


@transaction.atomic
def invite(
    person: Person,
    *,
    by: Person | None,
    about: str = "",
    template: str = TEMPLATE,
    context: Mapping[str, Any] | None = None,
    category: Category = Category.ESSENTIAL,
) -> None:
    """Post an invitation to a person's sign-in address; an earlier one stays good.

    ``about`` says in a few words what they are invited to. ``template`` is another message than the
    usual one, with what it needs in ``context``; its reader may have stopped its ``category``.
    Refuses who cannot sign in.
    """
    token = issue(person, by=by, about=about)
    named = {
        "person": person,
        "by": by,
        "about": about,
        "until": timezone.localdate() + timedelta(days=DAYS),
        "href": link(token),
        **(context or {}),
    }
    post(
        template,
        to=person,
        address=person.sign_in_email or "",
        context=named,
        has_secret=True,
        category=category,
        useful_until=timezone.now() + timedelta(days=DAYS),
    )


@transaction.atomic
def issue(person: Person, *, by: Person | None, about: str = "") -> str:
    """Write an invitation and return its token, kept only in its mail until that is sent."""
    if not person.sign_in_email or not person.is_active:
        raise ValidationError(
            _("%(name)s has no sign-in address."), params={"name": person.name}, code="no_address"
        )
    token = secrets.token_urlsafe(32)
    record("people.invitation.sent", by=by, on=person)
    Invitation.objects.create(
        person=person,
        address=person.sign_in_email,
        token_hash=hashed(token),
        about=about,
        invited_by=by,
        expires_at=timezone.now() + timedelta(days=DAYS),
    )
    return token


def link(token: str) -> str:
    return absolute_url(reverse("people:invitation", args=[token]))


def hashed(token: str) -> str:
    """Tokens are 32 random bytes, so that a plain digest cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def find(token: str) -> Invitation | None:
    """The invitation of a token, open or not."""
    return Invitation.objects.filter(token_hash=hashed(token)).first()


def is_good(invitation: Invitation) -> bool:
    """Whether accepting it would work now."""
    person = invitation.person
    is_open = invitation.used_at is None and invitation.expires_at > timezone.now()
    return is_open and person.is_active and person.sign_in_email == invitation.address


@transaction.atomic
def accept(invitation: Invitation) -> Person | None:
    """Use an invitation up; None where it is no longer good or somebody else was faster."""
    person = invitation.person
    if not is_good(invitation):
        return None
    now = timezone.now()
    used = (
        Invitation.objects.open(now)
        .filter(pk=invitation.pk, address=person.sign_in_email)
        .update(used_at=now)
    )
    if not used:
        return None
    record("people.invitation.accepted", by=person, on=person)
    return person
