"""The end of a cohort whose people have chosen each other, where nobody is left to match."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.delivery.services import post_many
from upwell.pairs.models import ChoiceRound
from upwell.pairs.queries.choosing import left_over
from upwell.pairs.queries.nobody_left import is_nobody_left
from upwell.pairs.services.acting import check_acting
from upwell.pairs.services.choices import check_choosing, forget_choices
from upwell.pairs.services.messages import REST, messages_to
from upwell.pairs.services.runs import check_runs
from upwell.people.models import Person
from upwell.programs.models import Cohort, MessageText
from upwell.programs.services.rows import locked


@transaction.atomic
def finish_choosing(found: ChoiceRound, *, by: Person) -> None:
    """Tell everybody kindly who has found nobody, once one side of the cohort is full or a run has
    found no pair for the others.

    Their short lists go. Raises ValidationError where who acts may not, people still choose, a run
    is under way or published, it was done before, or there may be people to match on both sides.
    """
    cohort = found.cohort
    cohort.program = locked(cohort.program_id)
    check_acting(cohort, by)
    check_choosing(cohort)
    check_runs(cohort)
    check_end(cohort)
    closed = cohort.choice_rounds.filter(state=ChoiceRound.State.CLOSED)
    last = closed.order_by("-created_at", "-pk").first()
    ended = closed.filter(pk=found.pk, finished_at=None)
    if last != found or not ended.update(finished_at=timezone.now()):
        raise ValidationError(_("Everybody has been told already."))
    forget_choices(cohort)
    people, key = left_over(cohort).order_by("pk"), f"{REST}{found.pk}"
    post_many(messages_to(people, MessageText.Kind.NOT_PLACED, cohort, once=key, by=by))
    record("pairs.choosing.finished", by=by, on=found)


def check_end(cohort: Cohort) -> None:
    if not is_nobody_left(cohort):
        raise ValidationError(
            _("There are people to match on both sides. A run finds counterparts for them.")
        )
