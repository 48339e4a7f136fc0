"""What people are told of a preview: whom a run has in mind for them, or that it is taken back."""

from collections.abc import Iterable, Sequence
from functools import cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from upwell.core.links import absolute_url
from upwell.delivery.models import OutboxMessage
from upwell.delivery.stencils import Stencil
from upwell.pairs.models import Preview, Proposal
from upwell.pairs.services.messages import access_of
from upwell.pairs.services.words import participant_sentences
from upwell.people.models import Person

PREVIEW, BACK = "preview:", "preview-taken-back:"
"""What the keys of messages begin with; then comes the preview."""


def messages_of_preview(preview: Preview, proposals: Sequence[Proposal]) -> list[OutboxMessage]:
    """The messages of both sides of each pair, not stored. Proposals come with their people."""

    @cache
    def stencil(role: str, access: str, reasons: int, language: str) -> Stencil:
        shared = {
            "program": preview.cohort.program.name,
            "is_mentor": role == "mentor",
            "access": access,
            "href": absolute_url(preview.get_absolute_url()),
            "until": until(preview, language),
        }
        words, lists = ("name", "counterpart", "sign_in"), {"reasons": reasons}
        return Stencil("pairs/mail/preview", shared, words=words, lists=lists, language=language)

    found = []
    for row in proposals:
        people = {"mentor": row.mentor.person, "mentee": row.mentee.person}
        for role, other in (("mentor", "mentee"), ("mentee", "mentor")):
            to = people[role]
            with override(to.language):
                reasons = participant_sentences(row.reasons)
            names = {"name": to.name, "counterpart": people[other].name}
            form = stencil(role, access_of(to), len(reasons), to.language)
            words = {"reasons": reasons, "sign_in": to.sign_in_email or "", **names}
            once = f"{PREVIEW}{preview.pk}:{row.pk}:{to.pk}"
            found.append(form.message(to=to, words=words, once=once))
    for message in filter(None, found):
        message.useful_until = preview.closes_at
    return [message for message in found if message]


def messages_back(preview: Preview, people: Iterable[Person]) -> list[OutboxMessage]:
    """That a preview is taken back, not stored, for each of these people."""

    @cache
    def stencil(language: str) -> Stencil:
        shared = {"program": preview.cohort.program.name}
        return Stencil("pairs/mail/preview_back", shared, words=("name",), language=language)

    found = [
        stencil(one.language).message(
            to=one, words={"name": one.name}, once=f"{BACK}{preview.pk}:{one.pk}"
        )
        for one in people
    ]
    return [message for message in found if message]


def until(preview: Preview, language: str = "") -> str:
    """When it closes, by the clock of the installation, with its zone."""
    moment = timezone.localtime(preview.closes_at)
    if not language:
        return f"{date_format(moment, 'DATETIME_FORMAT')} {moment:%Z}"
    with override(language):
        return until(preview)
