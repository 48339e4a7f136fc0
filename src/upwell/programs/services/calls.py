"""The open call of a program: opening it, closing it, and saying how people are chosen."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.people.models import Person
from upwell.programs.models import OpenCall, Program
from upwell.programs.services.rows import change, insert, locked


@transaction.atomic
def open_call(
    program: Program,
    *,
    takes_mentors: bool,
    takes_mentees: bool,
    closes_on: date | None = None,
    how_chosen: str = "",
    was_open: bool = False,
    by: Person,
) -> OpenCall:
    """Open the call, or change one that is open; its address stays the same for ever.

    Whoever changes a call that ``was_open`` before their eyes does not open it anew. Raises
    ValidationError where it was closed since, no role is looked for, or it would end before today.
    """
    locked(program.pk)
    if closes_on and closes_on < timezone.localdate():
        raise ValidationError({"closes_on": _("Please choose today or a later day.")})
    call = OpenCall.objects.filter(program=program).first() or OpenCall(program=program)
    is_open = bool(call.pk) and call.is_open()
    if was_open and not is_open:
        raise ValidationError(
            _("The call has been closed meanwhile. If it is to go on, open it again.")
        )
    call.takes_mentors, call.takes_mentees = takes_mentors, takes_mentees
    call.closes_on, call.how_chosen, call.closed_at = closes_on, how_chosen.strip(), None
    call.opened_at = call.opened_at if is_open else timezone.now()
    if call.pk:
        change(
            call,
            *("takes_mentors", "takes_mentees", "closes_on", "how_chosen", "closed_at"),
            "opened_at",
        )
    else:
        insert(call)
    record("programs.call.changed" if is_open else "programs.call.opened", by=by, on=program)
    return call


@transaction.atomic
def close_call(call: OpenCall, *, by: Person) -> None:
    """Nobody can say any more that they are willing; who has said it stays on the roster."""
    open_ones = OpenCall.objects.filter(pk=call.pk, closed_at=None)
    if open_ones.update(closed_at=timezone.now()):
        record("programs.call.closed", by=by, on=call.program)
