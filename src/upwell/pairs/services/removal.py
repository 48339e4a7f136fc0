"""Cohorts that may be deleted: those whose pairs nobody has been told of."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from upwell.pairs.models import MatchRun, Pair, Preview
from upwell.pairs.services.choices import check_choosing
from upwell.programs.models import Cohort


def check_removable(cohort: Cohort) -> None:
    """Refuse a cohort with pairs, published or brought along, a run under way, or who choose."""
    runs = MatchRun.objects.filter(cohort=cohort)
    if runs.published().exists():
        raise ValidationError(
            _("The pairs of this cohort are published, so it stays. You can still rename it.")
        )
    if Preview.objects.open().filter(cohort=cohort).exists():
        raise ValidationError(
            _("Both sides are being asked about their pairs, so this cohort stays until then.")
        )
    if Pair.objects.filter(cohort=cohort).exists():
        raise ValidationError(
            _("Pairs continue in this cohort, so it stays. You can still rename it.")
        )
    check_choosing(cohort)
    if any(run.is_under_way for run in runs.select_related("job").only("state", "job__state")):
        raise ValidationError(
            _("A run of this cohort is being computed. Wait until it is done, then delete it.")
        )
