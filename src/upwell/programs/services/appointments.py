"""Executive owner and concern contacts: named by a program manager, asked, and free to say no."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.core.links import absolute_url
from upwell.delivery.services import post
from upwell.people.models import Person
from upwell.programs.models import Program, Staff
from upwell.programs.services.rows import locked

OWNER, CONTACT = Staff.Role.EXECUTIVE_OWNER, Staff.Role.CONCERN_CONTACT
PLACES = {OWNER: (1,), CONTACT: (1, 2)}
PAGES = {OWNER: "programs:owner_answer", CONTACT: "programs:contact_answer"}


@transaction.atomic
def ask_to_serve(program: Program, person: Person, *, role: Staff.Role, by: Person) -> Staff:
    """Name somebody for a free place and ask them by e-mail; who declined or left makes room.

    Raises ValidationError where every place is taken, or the person could not answer or serve.
    """
    locked(program.pk)
    check_can_serve(program, person, role)
    named = list(program.staff.filter(role=role).select_related("person").order_by("place"))
    standing = [staff for staff in named if staff.is_standing]
    if person in (staff.person for staff in standing):
        raise ValidationError(_("%(name)s is named already.") % {"name": person.name})
    taken = {staff.place for staff in standing}
    free = [place for place in PLACES[role] if place not in taken]
    if not free:
        names = ", ".join(staff.person.name for staff in standing)
        raise ValidationError(_("Named already: %(names)s. Withdraw first.") % {"names": names})
    make_room(program, role, person, free[0])
    staff = Staff.objects.create(
        program=program, person=person, role=role, place=free[0], asked_at=timezone.now()
    )
    record("programs.staff.asked", by=by, on=program, facts={"person": person.pk, "role": role})
    tell("programs/mail/asked", program, person, role=role, by=by)
    return staff


def check_can_serve(program: Program, person: Person, role: Staff.Role) -> None:
    if not person.is_active or not person.sign_in_email:
        raise ValidationError(
            _(
                "%(name)s has no sign-in address, so they could not answer."
                " A directory administrator can give them one."
            )
            % {"name": person.name}
        )
    if role == CONTACT and program.staff.managers().filter(person=person).exists():
        raise ValidationError(
            _("%(name)s manages this program, and program managers never learn of a concern.")
            % {"name": person.name}
        )


def make_room(program: Program, role: Staff.Role, person: Person, place: int) -> None:
    """Take away those who do not count any more: at this place, and an earlier no of the person."""
    gone = program.staff.filter(role=role)
    gone.filter(place=place).delete()
    gone.filter(person=person).delete()


def tell(template: str, program: Program, person: Person, *, role: Staff.Role, by: Person) -> None:
    address = absolute_url(reverse(PAGES[role], args=[program.pk]))
    post(
        template,
        to=person,
        context={"program": program, "role": role.value, "by": by, "href": address},
    )


@transaction.atomic
def withdraw_staff(program: Program, person: Person, *, role: Staff.Role, by: Person) -> None:
    """Take somebody off the place again; who is here and has not said no is told."""
    locked(program.pk)
    staff = program.staff.filter(role=role, person=person).select_related("person").first()
    if staff is None:
        raise ValidationError(_("Somebody has withdrawn this already."))
    staff.delete()
    record("programs.staff.withdrawn", by=by, on=program, facts={"person": person.pk, "role": role})
    if staff.is_standing:
        tell("programs/mail/withdrawn", program, staff.person, role=role, by=by)


@transaction.atomic
def answer_request(program: Program, person: Person, *, role: Staff.Role, accepts: bool) -> None:
    """Take the place or leave it, also after the other answer; the same again changes nothing.

    Raises ValidationError where they are not asked any more.
    """
    now = timezone.now()
    named = Staff.objects.present().filter(program=program, person=person, role=role)
    if accepts:
        changed = named.filter(accepted_at=None).update(accepted_at=now, declined_at=None)
    else:
        changed = named.filter(declined_at=None).update(accepted_at=None, declined_at=now)
    if changed:
        event = "programs.staff.accepted" if accepts else "programs.staff.declined"
        record(event, by=person, on=program, facts={"role": role})
    elif not named.exists():
        raise ValidationError(_("You are not asked for this any more."))
