"""What a program manager does with several participants at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.people.models import Person
from upwell.programs.models import Cohort, Enrollment, MessageText
from upwell.programs.services.enrollment import withdraw
from upwell.programs.services.gates import check_invitations
from upwell.programs.services.invitations import write_to
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
    rows = cohort.enrollments.filter(pk__in=keys).unanswered().admitted()
    some = list(rows.select_related("person").order_by("pk"))
    write_to(some, cohort, MessageText.Kind.INVITATION, by)
    if some:
        record("programs.participants.invited", by=by, on=cohort, facts={"people": len(some)})
    left = len(keys) - len(some)
    return Done(len(some), [left_out(left)] if left else [])


def left_out(count: int) -> str:
    return _(
        "Not written to: %(count)s. They have answered, cannot sign in, or their side is not open."
    ) % {"count": count}


@transaction.atomic
def admit(cohort: Cohort, chosen: Iterable[Enrollment], *, by: Person) -> Done:
    """Take these in: they have agreed, or waited for a place."""
    program = locked(cohort.program_id)
    rows = cohort.enrollments.filter(pk__in=[one.pk for one in chosen])
    rows = rows.filter(state__in=[State.ASKED, State.WAITING])
    keys = list(rows.values_list("pk", flat=True))
    count = rows.update(state=State.ENROLLED)
    keep_places(cohort.enrollments.filter(pk__in=keys), program.policy)
    if count:
        record("programs.participants.admitted", by=by, on=cohort, facts={"people": count})
    return Done(count)


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
