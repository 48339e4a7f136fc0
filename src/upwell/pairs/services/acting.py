"""Who may act on the pairs of a cohort, and when."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from upwell.pairs.models import MatchRun
from upwell.people.models import Person, PersonQuerySet
from upwell.programs.models import Cohort, Staff


def check_acting(cohort: Cohort, by: Person) -> None:
    """Refuse whoever takes part, or does not manage the program."""
    if cohort.enrollments.filter(person=by).exists():
        raise ValidationError(
            _("You take part in this cohort, so another program manager must do this.")
        )
    if not Cohort.objects.managed_by(by).filter(pk=cohort.pk).exists():
        raise ValidationError(_("Only the program's managers can do this."))


def can_be_stopped(cohort: Cohort) -> bool:
    """Whether its publication can, since nobody has been told yet. One query."""
    published = MatchRun.objects.published().filter(cohort=cohort).only("told_from")
    return any(run.can_be_stopped for run in published)


def check_told(cohort: Cohort) -> None:
    """Refuse while a publication can still be stopped: nobody knows of the pairs yet."""
    if can_be_stopped(cohort):
        raise ValidationError(
            _(
                "Nobody has been told of these pairs yet. Stop the publication, or wait until"
                " everybody has."
            )
        )


def managers_of(cohort: Cohort) -> PersonQuerySet:
    """Whoever manages the cohort, and does not take part in it."""
    staff = Staff.objects.managers().active().filter(program=cohort.program_id)
    managers: PersonQuerySet = Person.objects.active().filter(pk__in=staff.values("person"))
    return managers.exclude(enrollments__cohort=cohort).order_by("pk")
