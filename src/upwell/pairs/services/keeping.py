"""How long a run keeps what it was computed from: 90 days after the close of its cohort."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from upwell.delivery.jobs import enqueue
from upwell.delivery.models import Job
from upwell.matching.said import kept, said
from upwell.pairs.models import MatchRun, RunFindings, RunShare
from upwell.pairs.models.runs import PROOF_PAST

FORGET = "upwell.pairs.services.forget_inputs"
EVERY = timedelta(days=1)
Report = Callable[[dict[str, Any]], None]


def forget_inputs_daily() -> None:
    """Ask for it where it was not asked for since a day; called on each tick of a worker."""
    lately = Job.objects.filter(service=FORGET, created_at__gt=timezone.now() - EVERY)
    if not lately.exists() and runs_with_inputs().exists():
        enqueue(FORGET, "")


@transaction.atomic
def forget_inputs(target: str, *, report: Report) -> None:
    """Delete what runs of cohorts long closed were computed from; certificate and digest stay.

    Harmless when run twice; ``target`` is of no account.
    """
    today = timezone.localdate()
    ids = [run.pk for run in runs_with_inputs() if is_past(run, today)]
    report({"runs": len(ids)})
    RunShare.objects.filter(run__in=ids).delete()
    RunFindings.objects.filter(run__in=ids).update(arrays=b"", enrollments=b"")
    MatchRun.objects.filter(pk__in=ids).update(
        inputs=b"",
        private_part=None,
        check_faults=[kept(said(PROOF_PAST))],
        checked_at=timezone.now(),
    )


def runs_with_inputs() -> Any:
    runs = MatchRun.objects.exclude(inputs=b"").select_related("cohort")
    return runs.defer("inputs", "certificate", "private_part")


def is_past(run: MatchRun, today: date) -> bool:
    return run.inputs_until < today
