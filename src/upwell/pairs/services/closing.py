"""What goes with the close of a cohort: what people told about themselves, wherever it is kept."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from upwell.delivery.jobs import enqueue
from upwell.delivery.models import Job
from upwell.matching.said import kept, said
from upwell.pairs.models import ChoiceSheet, MatchRun, RunShare
from upwell.pairs.models.runs import PROOF_CLOSED
from upwell.pairs.services.choices import forget_choices
from upwell.policy import Policy
from upwell.programs.models import Background, Cohort
from upwell.programs.services.background import forget_closed

FORGET = "upwell.pairs.services.forget_backgrounds"
EVERY = timedelta(days=1)
Report = Callable[[dict[str, Any]], None]


def forget_daily() -> None:
    """Ask for it where it was not asked for since a day; called on each tick of a worker."""
    lately = Job.objects.filter(service=FORGET, created_at__gt=timezone.now() - EVERY)
    chosen = ChoiceSheet.objects.filter(kept__isnull=False)
    if not lately.exists() and (Background.objects.exists() or chosen.exists()):
        enqueue(FORGET, "")


@transaction.atomic
def forget_backgrounds(target: str, *, report: Report) -> None:
    """Delete what people told in cohorts that have closed, and what runs keep of it.

    For everybody at once, whether or not they have answered. Harmless when run twice; ``target``
    is of no account.
    """
    closed = forget_closed(timezone.localdate())
    forget_choices_of_closed()
    runs = [run for run in runs_with_parts() if run.cohort.is_over and weighs(run)]
    report({"cohorts": closed, "runs": len(runs)})
    ids = [run.pk for run in runs]
    RunShare.objects.filter(run__in=ids).delete()
    MatchRun.objects.filter(pk__in=ids).update(
        private_part=None, check_faults=[kept(said(PROOF_CLOSED))], checked_at=timezone.now()
    )


def forget_choices_of_closed() -> None:
    """What people chose from short lists, where no run was published that would have ended it."""
    left = Cohort.objects.filter(choice_rounds__sheets__kept__isnull=False).distinct()
    for cohort in left:
        if cohort.is_over:
            forget_choices(cohort)


def runs_with_parts() -> Any:
    runs = MatchRun.objects.filter(private_part__isnull=False).select_related("cohort")
    return runs.defer("inputs", "certificate", "private_part")


def weighs(run: MatchRun) -> bool:
    """By the policy, whether or not anybody had answered."""
    return run.is_ranked or bool(Policy.from_json(run.policy_json).preferences.background)
