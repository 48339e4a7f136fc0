"""Links to the lessons of people who take no part themselves, and may have no way to sign in."""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from upwell.core.links import absolute_url
from upwell.learning.models import TextKind
from upwell.learning.texts import lessons
from upwell.programs.models import Program

SALT = "upwell.learning.lesson_by_link"
BY_LINK = ("assistant", "line_manager")
"""The audiences whose lessons a link opens."""


def lesson_link(program: Program, key: str) -> str:
    """The full address of a lesson that opens without a sign-in; it tells nothing of anybody."""
    token = Signer(salt=SALT).sign_object([str(program.pk), key])
    return absolute_url(reverse("learning:lesson_by_link", args=[token]))


def link_for(program: Program, audience: str) -> str:
    """The address of the first lesson of an audience; "" before the lessons are published."""
    if not program.publications.filter(kind=TextKind.LESSONS).exists():
        return ""
    return next(
        (lesson_link(program, one.key) for one in lessons() if one.audience == audience), ""
    )


def meant_by(token: str) -> tuple[UUID, str] | None:
    """The program and the lesson of a link; None for one that nobody here has made."""
    try:
        program, key = Signer(salt=SALT).unsign_object(token)
        return UUID(program), str(key)
    except (BadSignature, ValueError, TypeError):
        return None
