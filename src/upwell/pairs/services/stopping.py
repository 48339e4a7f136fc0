"""Stopping a publication before anybody has been told: then there never was one."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.delivery.services import withdraw_all
from upwell.pairs.models import MatchRun, Pair
from upwell.pairs.services.acting import check_acting
from upwell.pairs.services.messages import PAIR, REST
from upwell.people.models import Person
from upwell.programs.models import Program
from upwell.programs.services.places import keep_places


@transaction.atomic
def stop_publication(run: MatchRun, *, by: Person) -> None:
    """Take the pairs of a run back with their messages; it waits to be published again.

    Raises ValidationError where who acts may not, it is not published, or its messages have begun
    to go out: of this and a worker that sends, one comes first, and then it is all or nothing.
    """
    program = Program.objects.select_for_update().get(pk=run.cohort.program_id)
    check_acting(run.cohort, by)
    published = MatchRun.objects.published().filter(pk=run.pk)
    if not published.exists():
        raise ValidationError(_("This run is not published, so there is nothing to stop."))
    stopped = published.filter(told_from__gt=timezone.now()).update(
        published_at=None, published_by=None, told_from=None, unchecked_reason=None
    )
    if not stopped or not all(withdraw_all(f"{kind}{run.pk}:") for kind in (PAIR, REST)):
        raise ValidationError(
            _("The messages have begun to go out, so this can no longer be stopped.")
        )
    count = Pair.objects.filter(run=run).count()
    Pair.objects.filter(run=run).delete()
    keep_places(run.cohort.enrollments.filter(capacity__isnull=True), program.policy)
    record("pairs.run.stopped", by=by, on=run, facts={"pairs": count})
