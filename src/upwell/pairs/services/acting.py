"""Who may act on the pairs of a cohort."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from upwell.people.models import Person
from upwell.programs.models import Cohort


def check_acting(cohort: Cohort, by: Person) -> None:
    """Refuse whoever takes part, or does not manage the program."""
    if cohort.enrollments.filter(person=by).exists():
        raise ValidationError(
            _("You take part in this cohort, so another program manager must do this.")
        )
    if not Cohort.objects.managed_by(by).filter(pk=cohort.pk).exists():
        raise ValidationError(_("Only the program's managers can do this."))
