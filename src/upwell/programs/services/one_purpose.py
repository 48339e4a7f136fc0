"""Signed links in e-mails that can do one thing each, after a button, without a sign-in."""

from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

from upwell.core.links import absolute_url
from upwell.programs.models import Enrollment

GOOD_FOR = timedelta(days=60)
SALT = "upwell.programs.one_purpose"


class Purpose(StrEnum):
    """The names are part of each link: never rename one."""

    NO = "no"
    """Say that one does not take part this time."""
    REACH = "reach"
    """Say how and when a mentee can be reached, as their assistant. Shows nothing."""


def token_for(enrollment: Enrollment, purpose: Purpose) -> str:
    return TimestampSigner(salt=f"{SALT}.{purpose}").sign_object(str(enrollment.pk))


def found_by(token: str, purpose: Purpose) -> Enrollment | None:
    """The enrollment that a link is for; None where it is made up, for something else or too old.

    The link of a person who has left is none any more.
    """
    signer = TimestampSigner(salt=f"{SALT}.{purpose}")
    try:
        pk = UUID(signer.unsign_object(token, max_age=GOOD_FOR))
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None
    rows = Enrollment.objects.filter(pk=pk, person__is_active=True)
    return rows.select_related("cohort__program", "person").first()


def no_href(enrollment: Enrollment) -> str:
    path = reverse("programs:enrollment_no", args=[token_for(enrollment, Purpose.NO)])
    return absolute_url(path)


def reach_href(enrollment: Enrollment) -> str:
    path = reverse("programs:enrollment_reach", args=[token_for(enrollment, Purpose.REACH)])
    return absolute_url(path)
