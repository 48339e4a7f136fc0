"""Whom a run has in mind for somebody, and what they have said to it: for their eyes only."""

from dataclasses import dataclass

from upwell.pairs.models import BlockList, Preview, Proposal
from upwell.pairs.services.words import participant_sentences
from upwell.people.models import Person


@dataclass(frozen=True)
class Proposed:
    """Somebody whom a run has in mind for the reader; ``is_refused`` is for their eyes only."""

    proposal: Proposal
    counterpart: Person
    is_mentor: bool
    reasons: list[str]
    is_refused: bool


def proposed_for(preview: Preview, person: Person) -> list[Proposed]:
    """By name. Two queries, and one of the key store; raises VaultError."""
    row = BlockList.objects.filter(person=person).first()
    refused = {block.colleague for block in row.blocks} if row else set()
    found = []
    for one in preview.run.proposals.of_person(person).with_people():
        is_mentor = one.mentor.person_id == person.pk
        other = one.mentee.person if is_mentor else one.mentor.person
        reasons = participant_sentences(one.reasons)
        found.append(Proposed(one, other, is_mentor, reasons, other.pk in refused))
    return sorted(found, key=lambda one: (one.counterpart.name, one.proposal.pk))
