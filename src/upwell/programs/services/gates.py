"""What waits for a gate of a cohort. Whoever opens one asks ``upwell.desk`` for the steps."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from upwell.programs.models import Cohort, Opening

CLOSED = {
    Opening.Gate.MENTEES: gettext_lazy(
        "This cohort is not open to mentees yet. Open it first: its page says what is missing."
    ),
    Opening.Gate.MENTORS: gettext_lazy(
        "This cohort is not open to mentors yet. Open it first: its page says what is missing."
    ),
    Opening.Gate.MATCH: gettext_lazy(
        "This cohort is not open for matching yet. Open it first: its page says what is missing."
    ),
}


def check_gate(cohort: Cohort, gate: Opening.Gate) -> None:
    """Refuse what comes after a gate that nobody has opened."""
    if not cohort.openings.filter(gate=gate).exists():
        raise ValidationError(str(CLOSED[gate]))


def check_invitations(cohort: Cohort) -> None:
    """Refuse to invite to a draft, or where neither side's gate is open."""
    if cohort.is_draft:
        raise ValidationError(_("This cohort is a draft. Confirm it before anybody is invited."))
    sides = [Opening.Gate.MENTEES, Opening.Gate.MENTORS]
    if not cohort.openings.filter(gate__in=sides).exists():
        raise ValidationError(
            _("Open the cohort to mentees first: nobody is invited before. Its page says how.")
        )
