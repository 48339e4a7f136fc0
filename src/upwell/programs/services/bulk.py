"""What a program manager does with several participants at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.people.models import Person
from upwell.programs.models import Cohort, Enrollment, MessageText
from upwell.programs.services.answering import tell_oneself, tell_others
from upwell.programs.services.enrollment import withdraw
from upwell.programs.services.gates import check_invitations
from upwell.programs.services.invitations import ask_some
from upwell.programs.services.places import keep_places
from upwell.programs.services.rows import locked

State = Enrollment.State


@dataclass(frozen=True)
class Done:
    """How many it was done for, and why not for others."""

    count: int = 0
    faults: list[str] = field(default_factory=list)


@transaction.atomic
def ask_again(cohort: Cohort, chosen: Iterable[Enrollment], *, by: Person) -> Done:
    """Write to each of these at once whether they take part, however lately they were written to.

    Raises ValidationError where the cohort is a draft, or open to neither side.
    """
    locked(cohort.program_id)
    check_invitations(cohort)
    keys = [one.pk for one in chosen]
    asked = ask_some(cohort, cohort.enrollments.filter(pk__in=keys), by=by)
    left = len(keys) - asked
    return Done(asked, [left_out(left)] if left else [])


def left_out(count: int) -> str:
    return _(
        "Not written to: %(count)s. They have answered, cannot sign in, or their side is not open."
    ) % {"count": count}


@transaction.atomic
def admit(cohort: Cohort, chosen: Iterable[Enrollment], *, by: Person) -> Done:
    """Take these in: they have agreed, or waited for a place.

    Whoever waited has said yes themselves, so they are told, and their line manager where they let
    them; the others are still asked. Raises ValidationError where the cohort has ended.
    """
    program = locked(cohort.program_id)
    if cohort.ends_on <= timezone.localdate():
        named = {"cohort": cohort.name}
        raise ValidationError(_("%(cohort)s has ended, so nobody is taken in any more.") % named)
    keys = [one.pk for one in chosen]
    rows = cohort.enrollments.filter(pk__in=keys, person__is_active=True)
    some = list(rows.filter(state__in=[State.ASKED, State.WAITING]).select_related("person"))
    taken = cohort.enrollments.filter(pk__in=[one.pk for one in some])
    taken.update(state=State.ENROLLED)
    keep_places(taken, program.policy)
    tell_waiting([one for one in some if one.state == State.WAITING], cohort)
    if some:
        record("programs.participants.admitted", by=by, on=cohort, facts={"people": len(some)})
    left = len(keys) - len(some)
    return Done(len(some), [not_taken_in(left)] if left else [])


def tell_waiting(some: Iterable[Enrollment], cohort: Cohort) -> None:
    """Tell these that the place they waited for is theirs."""
    for enrollment in some:
        enrollment.cohort = cohort
        tell_oneself(enrollment, MessageText.Kind.ENROLLED)
        tell_others(enrollment)


def not_taken_in(count: int) -> str:
    return _("Not taken in: %(count)s. They take part already, have said no, or have left.") % {
        "count": count
    }


@transaction.atomic
def remove(cohort: Cohort, chosen: Iterable[Enrollment], *, by: Person) -> Done:
    """Take these out of the cohort, but for those who are in a pair."""
    locked(cohort.program_id)
    count, faults = 0, []
    for enrollment in chosen:
        try:
            with transaction.atomic():
                withdraw(enrollment, by=by)
        except ValidationError as error:
            faults += error.messages
        else:
            count += 1
    return Done(count, faults)


Action = Callable[..., Done]
ACTIONS: dict[str, Action] = {"ask": ask_again, "admit": admit, "remove": remove}
