"""Who can sign in to the demo with one click."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from upwell.pairs.models import Couple
from upwell.people.models import Person, Role
from upwell.programs.models import Staff


@dataclass(frozen=True)
class Guest:
    """Somebody to sign in as, and what there is to see."""

    person: Person
    role: str
    sees: str


def reader_of(address: str) -> Person | None:
    """Whom a message to this address is for; nobody where several have it."""
    has_it = Q(contact_email__iexact=address) | Q(sign_in_email__iexact=address)
    found = list(Person.objects.active().filter(has_it)[:2])
    return found[0] if len(found) == 1 else None


def guests() -> list[Guest]:
    """The program manager, the two of the best pair, and the directory administrator."""
    managers = Staff.objects.managers().order_by("pk")
    staff = managers.select_related("person__level", "person__unit", "person__office").first()
    couple = (
        Couple.objects.filter(is_active=True)
        .select_related(
            *(
                f"{side}__{place}"
                for side in ("mentor", "mentee")
                for place in ("level", "unit", "office")
            )
        )
        .order_by("mentor__name", "mentee__name")
        .first()
    )
    administrator = Person.objects.holding(Role.Kind.DIRECTORY_ADMINISTRATOR).with_places().first()
    found = [
        (
            staff and staff.person,
            _("Program manager"),
            _("People, programs, the match and its proof."),
        ),
        (couple and couple.mentor, _("Mentor"), _("Whom they mentor, why, and how to reach them.")),
        (couple and couple.mentee, _("Mentee"), _("Who mentors them, why, and how to reach them.")),
        (
            administrator,
            _("Directory administrator"),
            _("The directory, sign-in addresses, the system."),
        ),
    ]
    return [Guest(person, role, sees) for person, role, sees in found if person]
