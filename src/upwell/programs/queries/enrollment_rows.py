"""How far each participant of a cohort has come, as a table to keep."""

from collections.abc import Iterator

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from upwell.programs.models import Cohort, Enrollment
from upwell.programs.queries.pledge import have_signed
from upwell.sheets.write import Cell


def enrollment_rows(cohort: Cohort) -> Iterator[list[Cell]]:
    """The header, then everybody by name. Two queries. Nothing of what is sealed is in it."""
    yield [
        *(_("Employee ID"), _("Name"), _("E-mail"), _("Role"), _("State")),
        *(_("Asked on"), _("Answered on"), _("Pledge signed")),
    ]
    rows = cohort.enrollments.select_related("person").order_by("person__name", "pk")
    for one in rows.annotate(has_signed=have_signed(cohort.program)):
        yield row_of(one, has_signed=one.has_signed)  # type: ignore[attr-defined]  # -- annotated


def row_of(enrollment: Enrollment, *, has_signed: bool) -> list[Cell]:
    person = enrollment.person
    days = (localdate(at) if at else None for at in (enrollment.asked_at, enrollment.answered_at))
    asked, answered = (day.isoformat() if day else "" for day in days)
    return [
        *(person.employee_id or "", person.name, person.contact_email),
        *(str(enrollment.get_role_display()), str(enrollment.get_state_display())),
        *(asked, answered, _("yes") if has_signed else _("no")),
    ]
