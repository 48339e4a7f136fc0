"""Work for the worker: written in the transaction that asks for it, done by whoever claims it."""

import logging
import os
import socket
import time
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.brokers import get_broker
from django_q.exceptions import TimeoutException
from django_q.signing import SignedPackage

from upwell.delivery.heartbeat import Heartbeat
from upwell.delivery.models import Job, JobQuerySet

MOST_ATTEMPTS = 5
RETRY_SECONDS = (5, 30, 120, 600)
REPORT_SECONDS = 0.5

log = logging.getLogger(__name__)


class ClaimLost(Exception):  # noqa: N818 -- a fact about the job, not a fault of the code
    """Another worker has taken the job up; whoever held it before writes nothing more."""


@transaction.atomic
def enqueue(service: str, target: uuid.UUID | str, *, cluster: str = "short") -> Job:
    """Ask for a run of ``service(target, report=…)``; rolls back with the caller's transaction."""
    job = Job(service=service, target=str(target), cluster=cluster)
    job.queue_row = put_in_line(job)
    job.save(force_insert=True)
    return job


def put_in_line(job: Job) -> int:
    """Write the row that brings the job to a worker; it holds the job's ID and nothing else."""
    package = {
        "id": uuid.uuid4().hex,
        "name": str(job.pk),
        "func": "upwell.delivery.jobs.run_job",
        "args": (str(job.pk),),
        "kwargs": {},
        "ack_failure": True,
        "started": timezone.now(),
    }
    return int(get_broker(job.cluster).enqueue(SignedPackage.dumps(package)))


def run_job(job_id: str) -> None:
    """Run the job unless somebody else does; raises nothing, since the queue would keep it."""
    job = claim(job_id)
    if job is None:
        return
    try:
        with Heartbeat(job.pk, job.claimed_by):
            perform(job)
    except (Exception, TimeoutException) as error:
        log.warning("Job %s failed: %s", job.pk, type(error).__name__)


def perform(job: Job) -> None:
    """Run a claimed job and write down how it ended; raises what it raises."""
    report = Report(job)
    try:
        import_string(job.service)(job.target, report=report)
    except ClaimLost:
        raise
    except (Exception, TimeoutException) as error:
        put_back(job, error)
        raise
    finish(job, report.progress)


def claim(job_id: uuid.UUID | str) -> Job | None:
    """Take a due job by one conditional update; None where somebody else has it."""
    now = timezone.now()
    claimed_by = f"{socket.gethostname()[:50]}:{os.getpid()}:{uuid.uuid4().hex[:12]}"
    taken = (
        Job.objects.due(now)
        .filter(pk=job_id, attempts__lt=MOST_ATTEMPTS)
        .update(
            state=Job.State.RUNNING,
            claimed_by=claimed_by,
            heartbeat_at=now,
            attempts=F("attempts") + 1,
        )
    )
    return Job.objects.get(pk=job_id) if taken else None


def finish(job: Job, progress: dict[str, Any]) -> None:
    """Mark a run as done, unless its claim was lost meanwhile."""
    held(job).update(state=Job.State.DONE, progress=progress, error="", finished_at=timezone.now())


def put_back(job: Job, error: BaseException) -> None:
    """Let a run that raised be tried again; a refusal and the last attempt are final."""
    kind = type(error).__name__
    if isinstance(error, ValidationError) or job.attempts >= MOST_ATTEMPTS:
        held(job).update(state=Job.State.FAILED, error=kind, finished_at=timezone.now())
    else:
        held(job).update(state=Job.State.WAITING, error=kind, retry_at=retry_at(job.attempts))


def retry_at(attempts: int) -> datetime:
    return timezone.now() + timedelta(seconds=RETRY_SECONDS[attempts - 1])


def held(job: Job) -> JobQuerySet:
    """The row of the job while this claim on it stands; else nothing."""
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, claimed_by=job.claimed_by)


@dataclass
class Report:
    """What a job calls to say how far it is: ``report({"done": 3, "of": 10})``.

    Calls in quick succession are not all written. Within a transaction every call is, and refuses
    with ``ClaimLost`` where another worker has taken the job up, so that only one run commits.
    """

    job: Job
    progress: dict[str, Any] = field(default_factory=dict)
    written_at: float = 0.0

    def __call__(self, progress: dict[str, Any]) -> None:
        self.progress = progress
        is_fence = connection.in_atomic_block
        if not is_fence and time.monotonic() - self.written_at < REPORT_SECONDS:
            return
        self.written_at = time.monotonic()
        if not held(self.job).update(progress=progress, heartbeat_at=timezone.now()):
            raise ClaimLost
