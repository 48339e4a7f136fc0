"""What people are told whose pair has ended: kindly, with nothing about either of the two."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import override

from upwell.core.links import absolute_url
from upwell.delivery.models import OutboxMessage
from upwell.delivery.services import compose
from upwell.pairs.models import Couple
from upwell.pairs.services.words import participant_sentences
from upwell.people.models import Person
from upwell.programs.models import Cohort

CHANGED, LINES = "changed", "lines"
"""Why a pair has ended, as far as the two are told."""
New = Sequence[Couple]


def farewells_of(
    cohort: Cohort, ended: Iterable[Couple], begun: New = (), *, by: Person, why: str = CHANGED
) -> list[OutboxMessage]:
    """One message, not stored, to each person who is still here and of whom a pair has ended.

    Where new pairs begin for them, it tells of those, too. Couples come with people and pair.
    """
    before: dict[UUID, list[Couple]] = defaultdict(list)
    for couple in ended:
        for person in (couple.mentor, couple.mentee):
            before[person.pk].append(couple)
    people = {
        person.pk: person
        for couples in before.values()
        for couple in couples
        for person in (couple.mentor, couple.mentee)
        if person.is_active
    }
    found = [
        farewell(cohort, people[pk], before[pk], begun, by=by, why=why) for pk in sorted(people)
    ]
    return [each for each in found if each]


def farewell(
    cohort: Cohort, to: Person, ended: Sequence[Couple], begun: New, *, by: Person, why: str
) -> OutboxMessage | None:
    new = [couple for couple in begun if to.pk in (couple.mentor_id, couple.mentee_id)]
    with override(to.language):
        told = [new_counterpart(couple, to) for couple in new]
    return compose(
        "pairs/mail/ended",
        to=to,
        context={
            "by": by,
            "cohort": cohort,
            "program": cohort.program,
            "ended": [other_of(couple, to).name for couple in ended],
            "new": told,
            "why": why,
        },
        once=f"pair-ended:{ended[0].pair_id}:{to.pk}",
    )


def new_counterpart(couple: Couple, to: Person) -> dict[str, Any]:
    """What somebody is told of the other; ``href`` is "" for whoever cannot sign in."""
    other = other_of(couple, to)
    return {
        "name": other.name,
        "is_mentor": couple.mentor_id == to.pk,
        "email": other.contact_email,
        "reasons": participant_sentences(couple.pair.reasons),
        "href": absolute_url(couple.pair.get_absolute_url()) if to.sign_in_email else "",
    }


def other_of(couple: Couple, person: Person) -> Person:
    return couple.mentee if couple.mentor_id == person.pk else couple.mentor
