"""The kick-off: one message to everybody who is in a pair of a cohort, once."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.core.links import absolute_url
from upwell.delivery.services import post_many
from upwell.pairs.queries.kickoff import paired_people
from upwell.pairs.services.acting import can_be_stopped, check_acting
from upwell.pairs.services.messages import messages_to
from upwell.people.models import Person
from upwell.programs.models import Cohort, MessageText, Program


@transaction.atomic
def send_kickoff(cohort: Cohort, *, by: Person) -> int:
    """Tell everybody in a pair that the cohort begins; return how many are written to.

    Raises ValidationError where who acts may not, nobody is in a pair, or it was sent before.
    """
    Program.objects.select_for_update().get(pk=cohort.program_id)
    check_acting(cohort, by)
    if can_be_stopped(cohort):
        raise ValidationError(_("Nobody knows of their pair yet. Send it once they do."))
    unsent = Cohort.objects.filter(pk=cohort.pk, kicked_off_at=None)
    if not unsent.update(kicked_off_at=timezone.now()):
        raise ValidationError(_("The kick-off of this cohort has been sent."))
    messages = messages_to(
        paired_people(cohort),
        MessageText.Kind.KICKOFF,
        cohort,
        once=f"kick-off:{cohort.pk}",
        by=by,
        shared={"href": absolute_url("/")},
    )
    if not messages:
        raise ValidationError(_("Nobody who can be written to is in a pair of this cohort."))
    post_many(messages)
    record("pairs.kickoff.sent", by=by, on=cohort, facts={"people": len(messages)})
    return len(messages)
