"""What waits for a job that was given up."""

from typing import Any

from django.db.models import QuerySet

from upwell.delivery.models import Job

FAILED = "failed"


def fail_given_up(waiting: QuerySet[Any], **changes: Any) -> None:
    """Fail what waits for such a job, so that it does not stand in the way for ever."""
    given_up = waiting.filter(job__state=Job.State.FAILED)
    given_up.update(state=FAILED, faults=[{"code": "given_up"}], **changes)
