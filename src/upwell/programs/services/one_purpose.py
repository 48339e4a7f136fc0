"""Signed links in e-mails that can do one thing each, after a button, without a sign-in."""

from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner
from django.db.models import Q
from django.urls import reverse

from upwell.core.links import absolute_url
from upwell.people.models import Person
from upwell.programs.models import Enrollment

GOOD_FOR = timedelta(days=60)
SALT = "upwell.programs.one_purpose"


class Purpose(StrEnum):
    """The names are part of each link: never rename one."""

    NO = "no"
    """Say that one does not take part this time."""
    REACH = "reach"
    """Say how and when a mentee can be reached, as their assistant. Shows nothing."""


def token_for(enrollment: Enrollment, purpose: Purpose, reader: Person) -> str:
    """A link that serves ``reader`` alone: the participant, or their assistant."""
    keys = [str(enrollment.pk), str(reader.pk)]
    return TimestampSigner(salt=f"{SALT}.{purpose}").sign_object(keys)


def found_by(token: str, purpose: Purpose) -> Enrollment | None:
    """The enrollment that a link is for; None where it is made up, for something else or too old.

    The link of a person who has left is none any more, nor that of a former assistant.
    """
    signer = TimestampSigner(salt=f"{SALT}.{purpose}")
    try:
        pk, reader = map(UUID, signer.unsign_object(token, max_age=GOOD_FOR))
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None
    is_assistant = Q(answers__assistant=reader, answers__assistant__is_active=True)
    is_reader = is_assistant if purpose == Purpose.REACH else Q(person=reader)
    rows = Enrollment.objects.filter(is_reader, pk=pk, person__is_active=True)
    return rows.select_related("cohort__program", "person").first()


def no_href(enrollment: Enrollment) -> str:
    token = token_for(enrollment, Purpose.NO, enrollment.person)
    return absolute_url(reverse("programs:enrollment_no", args=[token]))


def reach_href(enrollment: Enrollment, assistant: Person) -> str:
    token = token_for(enrollment, Purpose.REACH, assistant)
    return absolute_url(reverse("programs:enrollment_reach", args=[token]))
