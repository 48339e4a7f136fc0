"""Which concern contacts somebody can turn to, and whom somebody serves as one."""

from collections.abc import Collection, Mapping
from uuid import UUID

from upwell.people.models import Person
from upwell.people.queries import people_above
from upwell.programs.models import Program


def contacts_for(program: Program, person: Person, *, besides: Collection[UUID]) -> list[Person]:
    """Those who have accepted, stand outside the person's lines and of those ``besides``, the pair.

    Where the counterpart's line holds everybody, as a chief executive's does, those outside the
    person's own. One query, and where there are any, one for each step up the reporting lines.
    """
    staff = program.staff.concern_contacts().present().accepted().with_people()
    staff = staff.exclude(person__in=[person.pk, *besides]).order_by("place")
    contacts = [one.person for one in staff]
    if not contacts:
        return []
    above = people_above([person.pk, *besides, *(contact.pk for contact in contacts)])
    own = [one for one in contacts if is_outside(above, person.pk, one.pk)]
    both = [one for one in own if all(is_outside(above, other, one.pk) for other in besides)]
    return both or own


def is_outside(above: Mapping[UUID, set[UUID]], person: UUID, other: UUID) -> bool:
    """Whether neither stands above the other."""
    return other not in above[person] and person not in above[other]


def outside_lines_of(person: UUID, others: Collection[UUID]) -> set[UUID]:
    """Those of the others who stand neither above nor below the person, by any line."""
    if not others:
        return set()
    above = people_above([person, *others])
    return {one for one in others if is_outside(above, person, one)}
