"""What the pages of one's own enrollment share."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from upwell.core.http import Request
from upwell.programs.models import Enrollment


def own_enrollment(request: Request, pk: UUID) -> Enrollment:
    """With cohort, program, person and office; 404 where it is somebody else's."""
    rows = Enrollment.objects.filter(person=request.user)
    return get_object_or_404(rows.select_related("cohort__program", "person__office"), pk=pk)


def unreadable() -> str:
    return _("Your answers cannot be read at the moment. Nothing is lost. Tell your IT.")
