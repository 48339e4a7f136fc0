"""Asking those whose lessons are open to do them before the match."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.core.links import absolute_url
from upwell.delivery.models import Category, OutboxMessage
from upwell.delivery.services import compose, post_many
from upwell.learning.models import TextKind
from upwell.learning.queries.behind import behind_of
from upwell.people.models import Person
from upwell.programs.models import Cohort, Enrollment
from upwell.programs.services.rows import locked

TEMPLATE = "learning/mail/lessons"


@transaction.atomic
def remind_of_lessons(cohort: Cohort, *, by: Person) -> int:
    """Write to everybody who has a lesson open, at most once a week; return to how many.

    Raises ValidationError where the lessons are not published, or nobody is left to write to.
    """
    cohort.program = program = locked(cohort.program_id)
    if not program.publications.filter(kind=TextKind.LESSONS).exists():
        raise ValidationError(_("Publish the lessons first."))
    messages = [
        message for one in unreminded(behind_of(cohort)) if (message := asking(one, cohort))
    ]
    if not messages:
        raise ValidationError(
            _(
                "Nobody is left to remind: they have done their lessons, or were written to this"
                " week."
            )
        )
    post_many(messages)
    record("learning.lessons.reminded", by=by, on=cohort, facts={"people": len(messages)})
    return len(messages)


def unreminded(enrollments: Iterable[Enrollment]) -> list[Enrollment]:
    """Those to whom nothing was written this week. One query."""
    keys = {week_key(one): one for one in enrollments}
    written = OutboxMessage.objects.filter(once_key__in=keys).values_list("once_key", flat=True)
    return [keys[key] for key in keys.keys() - set(written)]


def week_key(enrollment: Enrollment) -> str:
    year, week, _day = timezone.localdate().isocalendar()
    return f"lessons:{enrollment.pk}:{year}-{week}"


def asking(enrollment: Enrollment, cohort: Cohort) -> OutboxMessage | None:
    program = cohort.program
    path = reverse("learning:lesson_list", args=[program.pk])
    return compose(
        TEMPLATE,
        to=enrollment.person,
        address=enrollment.person.sign_in_email or "",
        context={
            "program": program.name,
            "cohort": cohort.name,
            "is_mentor": enrollment.is_mentor,
            "href": absolute_url(path),
        },
        once=week_key(enrollment),
        category=Category.REMINDER,
    )
