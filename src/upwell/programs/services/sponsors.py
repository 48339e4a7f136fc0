"""Sponsors: who was asked to back the program, by whom and how, and what they said."""

from django.db import transaction

from upwell.audit.services import record
from upwell.people.models import OrgUnit, Person
from upwell.programs.models import Approach, Program, Sponsor
from upwell.programs.services.rows import change, insert, locked


@transaction.atomic
def add_sponsor(
    program: Program, person: Person, *, unit: OrgUnit | None, approach: Approach, by: Person
) -> Sponsor:
    """Put a leader on the list with the first talk to them, which is not stored yet.

    Raises ValidationError where they are on it already.
    """
    sponsor = Sponsor(program=program, person=person, unit=unit, state=approach.answer)
    insert(sponsor)
    approach.sponsor = sponsor
    insert(approach)
    facts = {"person": person.pk, "answer": approach.answer}
    record("programs.sponsor.added", by=by, on=sponsor, facts=facts)
    return sponsor


@transaction.atomic
def record_approach(sponsor: Sponsor, approach: Approach, *, by: Person) -> None:
    """Add a talk to the log; the answer of the latest one counts, whenever it is written down."""
    locked(sponsor.program_id)
    approach.sponsor = sponsor
    insert(approach)
    latest = sponsor.approaches.order_by("-made_on", "-created_at")[0]
    Sponsor.objects.filter(pk=sponsor.pk).update(state=latest.answer)
    sponsor.state = latest.answer
    facts = {"person": sponsor.person_id, "answer": sponsor.state}
    record("programs.sponsor.approached", by=by, on=sponsor, facts=facts)


@transaction.atomic
def change_sponsor(sponsor: Sponsor, *, unit: OrgUnit | None, by: Person) -> None:
    """Say anew for which part of the organization they speak; None for the whole."""
    sponsor.unit = unit
    change(sponsor, "unit")
    record("programs.sponsor.changed", by=by, on=sponsor, facts={"unit": unit.pk if unit else None})


@transaction.atomic
def remove_sponsor(sponsor: Sponsor, *, by: Person) -> None:
    """Take somebody off the list, with the log of every talk."""
    record("programs.sponsor.removed", by=by, on=sponsor, facts={"person": sponsor.person_id})
    sponsor.delete()
