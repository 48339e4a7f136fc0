"""Which concern contacts somebody can turn to, and whom somebody serves as one."""

from collections.abc import Collection
from uuid import UUID

from upwell.people.models import Person
from upwell.people.queries import people_above
from upwell.programs.models import Program


def contacts_for(program: Program, person: Person, *, besides: Collection[UUID]) -> list[Person]:
    """Those who have accepted and stand outside the person's lines, without those ``besides``.

    One query, and where there are any, one for each step up the reporting lines.
    """
    staff = program.staff.concern_contacts().present().accepted().with_people()
    staff = staff.exclude(person__in=[person.pk, *besides]).order_by("place")
    contacts = [one.person for one in staff]
    outside = outside_lines_of(person.pk, [contact.pk for contact in contacts])
    return [contact for contact in contacts if contact.pk in outside]


def outside_lines_of(person: UUID, others: Collection[UUID]) -> set[UUID]:
    """Those of the others who stand neither above nor below the person, by any line."""
    if not others:
        return set()
    above = people_above([person, *others])
    return {one for one in others if one not in above[person] and person not in above[one]}
