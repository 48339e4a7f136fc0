"""What everybody of a cohort is told when its pairs are published, as they can act on it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from functools import cache
from types import MappingProxyType
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from upwell.core.links import absolute_url
from upwell.delivery.models import OutboxMessage
from upwell.delivery.services import withdraw
from upwell.delivery.stencils import Stencil, mark
from upwell.pairs.models import ChoiceRound, ChoiceSheet, MatchRun, Pair, Proposal
from upwell.pairs.queries.publication import unplaced_people
from upwell.pairs.services.choices import CHOOSING
from upwell.pairs.services.words import participant_sentences
from upwell.people.models import Person
from upwell.programs.message_texts import MESSAGES
from upwell.programs.models import Cohort, MessageText
from upwell.programs.queries.message_texts import values_for, wording_of

PAIR, REST = "pair-published:", "not-placed:"
"""What the keys of messages begin with; then comes the run that is published."""
WORDS = ("name", "counterpart", "email", "sign_in", "address")
Kind = MessageText.Kind


def messages_of(
    cohort: Cohort, made: Iterable[tuple[Pair, Proposal]], *, by: Person
) -> list[OutboxMessage]:
    """The messages of both sides of each pair, not stored. Proposals come with their people."""
    wording = wording_of(cohort.program, Kind.PAIR)

    @cache
    def stencil(role: str, access: str, has_email: bool, reasons: int, language: str) -> Stencil:
        values = values_for(
            cohort,
            language=language,
            by=by,
            name=mark("name"),
            counterpart=mark("counterpart"),
        )
        shared = {"role": role, "access": access, "has_email": has_email}
        shared |= wording.context(language, values)
        lists = {"reasons": reasons}
        return Stencil(
            MESSAGES[Kind.PAIR].template, shared, words=WORDS, lists=lists, language=language
        )

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
            found.append(form.message(to=to, words=words, once=f"{key_of_pair(pair)}{to.pk}"))
    return [message for message in found if message]


def key_of_pair(pair: Pair) -> str:
    """What the keys of messages begin with that tell of this pair."""
    return f"{PAIR}{pair.run_id}:{pair.pk}:"


def messages_of_round(found: ChoiceRound, sheets: Iterable[ChoiceSheet]) -> list[OutboxMessage]:
    """That people may choose, not stored, to everybody who can sign in; sheets with their person.

    Nobody is told any more once it is over.
    """
    shared = {"program": found.cohort.program.name, "is_ranked": found.is_ranked}
    end = datetime.combine(found.closes_on + timedelta(days=1), time.min)

    @cache
    def stencil(access: str, language: str) -> Stencil:
        with override(language):
            day = date_format(found.closes_on)
        named = {**shared, "access": access, "day": day}
        words = ("name", "sign_in", "address")
        return Stencil("pairs/mail/choosing", named, words=words, language=language)

    messages = []
    for sheet in sheets:
        to = sheet.person
        if not to.sign_in_email:
            continue
        address = absolute_url(sheet.get_absolute_url())
        words = {"name": to.name, "sign_in": to.sign_in_email, "address": address}
        form = stencil(access_of(to), to.language)
        if message := form.message(to=to, words=words, once=f"{CHOOSING}{found.pk}:{sheet.pk}"):
            message.useful_until = timezone.make_aware(end)
            messages.append(message)
    return messages


def messages_of_rest(run: MatchRun, *, by: Person) -> list[OutboxMessage]:
    """Kind words, not stored, to everybody who is still here and whom the run has not placed."""
    people = unplaced_people(run).order_by("pk")
    return messages_to(people, Kind.NOT_PLACED, run.cohort, once=f"{REST}{run.pk}", by=by)


def withdraw_kind_words(cohort: Cohort, people: Iterable[UUID]) -> None:
    """What still waits to say that there is nobody for them, to whom there is somebody now."""
    ended = cohort.choice_rounds.exclude(finished_at=None).values_list("pk", flat=True)
    sources = [*cohort.runs.published().values_list("pk", flat=True), *ended]
    for source in sources:
        for person in people:
            withdraw(f"{REST}{source}:{person}")


def messages_to(
    people: Iterable[Person],
    kind: Kind,
    cohort: Cohort,
    *,
    once: str,
    by: Person,
    shared: Mapping[str, str] = MappingProxyType({}),
) -> list[OutboxMessage]:
    """A message, not stored, in which nothing but the name differs; ``once`` for each of them."""
    wording, message = wording_of(cohort.program, kind), MESSAGES[kind]

    @cache
    def stencil(language: str) -> Stencil:
        values = values_for(cohort, language=language, by=by, name=mark("name"))
        return Stencil(
            message.template,
            {**shared, **wording.context(language, values)},
            words=("name",),
            language=language,
            category=message.category,
        )

    found = [
        stencil(one.language).message(to=one, words={"name": one.name}, once=f"{once}:{one.pk}")
        for one in people
    ]
    return [each for each in found if each]


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
