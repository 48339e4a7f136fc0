"""Who has lessons to do before the match."""

from upwell.learning.queries.progress import done_by
from upwell.programs.models import Cohort, Enrollment


def behind_of(cohort: Cohort) -> list[Enrollment]:
    """Who takes part, can sign in and has a lesson open, with their person. Four queries."""
    progress = done_by(cohort)
    able = cohort.enrollments.enrolled().filter(
        person__is_active=True, person__sign_in_email__isnull=False
    )
    rows = able.select_related("person").order_by("person__name", "pk")
    return [one for one in rows if one.pk in progress and not progress[one.pk].is_done]
