"""What everybody in a pair is told when it is published, as they can act on it."""

from collections.abc import Iterable
from functools import cache

from django.utils.translation import override

from upwell.core.links import absolute_url
from upwell.delivery.models import OutboxMessage
from upwell.delivery.stencils import Stencil
from upwell.pairs.models import Pair, Proposal
from upwell.pairs.services.words import participant_sentences
from upwell.people.models import Person
from upwell.programs.models import Cohort

TEMPLATE = "pairs/mail/published"
WORDS = ("name", "counterpart", "email", "sign_in", "address")


def messages_of(cohort: Cohort, made: Iterable[tuple[Pair, Proposal]]) -> list[OutboxMessage]:
    """The messages of both sides of each pair, not stored. Proposals come with their people."""

    @cache
    def stencil(role: str, access: str, has_email: bool, reasons: int, language: str) -> Stencil:
        shared = {"cohort": cohort, "role": role, "access": access, "has_email": has_email}
        lists = {"reasons": reasons}
        return Stencil(TEMPLATE, shared, words=WORDS, lists=lists, language=language)

    found = []
    for pair, proposal in made:
        address = absolute_url(pair.get_absolute_url())
        people = {"mentor": proposal.mentor.person, "mentee": proposal.mentee.person}
        for role, other in (("mentor", "mentee"), ("mentee", "mentor")):
            to, counterpart = people[role], people[other]
            with override(to.language):
                reasons = participant_sentences(pair.reasons)
            form = stencil(
                role, access_of(to), bool(counterpart.contact_email), len(reasons), to.language
            )
            words = {"reasons": reasons, "address": address, **words_of(to, counterpart)}
            found.append(form.message(to=to, words=words, once=f"pair-published:{pair.pk}:{to.pk}"))
    return [message for message in found if message]


def access_of(person: Person) -> str:
    """How far somebody has come in signing in: "none", "first" or "open"."""
    if not person.sign_in_email:
        return "none"
    return "open" if person.last_login else "first"


def words_of(to: Person, counterpart: Person) -> dict[str, str]:
    return {
        "name": to.name,
        "counterpart": counterpart.name,
        "email": counterpart.contact_email,
        "sign_in": to.sign_in_email or "",
    }
