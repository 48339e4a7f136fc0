"""Who manages a program. Whoever takes part in a cohort cannot, so somebody else has to."""

from collections.abc import Collection
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from upwell.audit.services import record
from upwell.people.models import Person, Role
from upwell.programs.models import Program, Staff
from upwell.programs.queries import unmanaged_programs
from upwell.programs.services.rows import locked


def check_may_manage(person: Person) -> None:
    if not Person.objects.holding(Role.Kind.PROGRAM_MANAGER).filter(pk=person.pk).exists():
        raise ValidationError(
            _("%(name)s does not hold the role of a program manager.") % {"name": person.name}
        )


@transaction.atomic
def add_manager(program: Program, person: Person, *, by: Person) -> None:
    """Let somebody with the role manage the program; nothing happens if they do already."""
    check_may_manage(person)
    _staff, is_new = Staff.objects.get_or_create(
        program=program, person=person, role=Staff.Role.PROGRAM_MANAGER
    )
    if is_new:
        record("programs.manager.added", by=by, on=program, facts={"person": person.pk})


@transaction.atomic
def appoint_manager(program: Program, person: Person, *, by: Person) -> None:
    """Give a program that nobody can run any more a manager, as a directory administrator may.

    Raises ValidationError where it is run by somebody, or still could not be run.
    """
    locked(program.pk)
    unmanaged = unmanaged_programs().filter(pk=program.pk)
    if not unmanaged.exists():
        raise ValidationError(_("Somebody runs this program again."))
    add_manager(program, person, by=by)
    if unmanaged.exists():
        raise ValidationError(
            _("%(name)s takes part in a cohort of this program, so somebody else has to run it.")
            % {"name": person.name}
        )


@transaction.atomic
def remove_manager(program: Program, person: Person, *, by: Person) -> None:
    """Raises ValidationError where nobody would be left to manage the program or a cohort."""
    locked(program.pk)
    taken, _rows = program.staff.managers().filter(person=person).delete()
    if taken:
        record("programs.manager.removed", by=by, on=program, facts={"person": person.pk})
    if not program.staff.managers().active().exists():
        raise ValidationError(_("A program needs at least one program manager."))
    check_watched(program)


def check_dispensable(person: Person, kind: str) -> None:
    """Refuse to take the role from whoever a program or a cohort could not be run without.

    To be called in the transaction that takes it, before anything else is locked.
    """
    if kind != Role.Kind.PROGRAM_MANAGER:
        return
    managed = Program.objects.filter(staff__in=Staff.objects.managers().filter(person=person))
    for program in Program.objects.filter(pk__in=managed).order_by("pk").select_for_update():
        if program in unmanaged_programs():  # without them or with them
            continue
        if not program.staff.managers().active().exclude(person=person).exists():
            raise ValidationError(
                _(
                    "%(name)s is the only one who manages %(program)s. Ask them to add another"
                    " program manager first."
                )
                % {"name": person.name, "program": program}
            )
        check_watched(program, without=person)


def managed_by_none_but(people: Collection[UUID]) -> list[tuple[str, dict[str, str]]]:
    """Programs that only these people manage: a sentence on each, with its parameters."""
    staff = Staff.objects.managers().active().select_related("person", "program")
    managers: dict[Program, list[Person]] = {}
    for one in staff.order_by("program__name", "program", "person__name"):
        managers.setdefault(one.program, []).append(one.person)
    said = gettext_noop(
        "Nobody but %(names)s manages %(program)s. Add another program manager before you take"
        " the role."
    )
    return [
        (said, {"names": ", ".join(map(str, found)), "program": str(program)})
        for program, found in managers.items()
        if all(person.pk in people for person in found)
    ]


def check_watched(program: Program, *, without: Person | None = None) -> None:
    """Refuse to leave a cohort whose every manager takes part in it.

    For callers that hold the program's lock.
    """
    staff = program.staff.managers().active()
    managers = staff.exclude(person=without).values("person")
    taking_part = Count("enrollments", filter=Q(enrollments__person__in=managers))
    unwatched = program.cohorts.annotate(own=taking_part).filter(own__gte=managers.count()).first()
    if unwatched:
        raise ValidationError(
            _(
                "Nobody would be left to run %(cohort)s: whoever takes part in a cohort cannot run,"
                " publish or watch it. Add another program manager first."
            )
            % {"cohort": unwatched}
        )
