"""What the worker looks after on every tick: whatever was left behind comes to its end."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.models import OrmQ

from upwell.delivery import jobs, services
from upwell.delivery.models import BLANK, FAILED_LATELY, Job, OutboxMessage, Worker

MOST_OFFERS = 200  # on one tick
FORGET_JOBS_AFTER = timedelta(days=30)
FORGET_WORKERS_AFTER = timedelta(days=1)

log = logging.getLogger(__name__)


def tend() -> None:
    """Take up what dead workers left, see to due mail, forget what is over; safe to run at once."""
    now = timezone.now()
    fail_spent(now)
    for job in Job.objects.due(now).filter(attempts__lt=jobs.MOST_ATTEMPTS)[:MOST_OFFERS]:
        offer(job, now)
    OutboxMessage.objects.outdated(now).update(state=OutboxMessage.State.EXPIRED, **BLANK)
    if OutboxMessage.objects.due(now).exists():
        with transaction.atomic():
            services.ask_for_delivery()
    forget(now)


def fail_spent(now: datetime) -> None:
    """A job whose worker died on every attempt is not tried for ever."""
    spent = Job.objects.filter(attempts__gte=jobs.MOST_ATTEMPTS)
    (Job.objects.stale(now) & spent).update(
        state=Job.State.FAILED, error="WorkerDied", finished_at=now
    )


@transaction.atomic
def offer(job: Job, now: datetime) -> None:
    """See that a due job stands in line: its row of the queue is freed, or written anew.

    Of two workers that offer it at once, one changes the job; the other takes its row back.
    """
    row = OrmQ.objects.filter(pk=job.queue_row)
    if row.filter(lock__gt=now).update(lock=now) or row.exists():
        return
    new_row = jobs.put_in_line(job)
    same = Job.objects.filter(pk=job.pk, queue_row=job.queue_row)
    if not same.update(queue_row=new_row):
        OrmQ.objects.filter(pk=new_row).delete()


def forget(now: datetime) -> None:
    """Drop jobs long done, and the content of messages that failed long ago."""
    Job.objects.filter(state=Job.State.DONE, finished_at__lt=now - FORGET_JOBS_AFTER).delete()
    OutboxMessage.objects.filter(
        state=OutboxMessage.State.FAILED, created_at__lt=now - FAILED_LATELY
    ).exclude(text="").update(**BLANK)
    Worker.objects.filter(seen_at__lt=now - FORGET_WORKERS_AFTER).delete()


def sign_in(name: str) -> None:
    """Write down that a worker is at work."""
    Worker.objects.update_or_create(name=name, defaults={"seen_at": timezone.now()})


def tick(name: str) -> bool:
    """One tick of a worker; False where some of it failed, which ends neither worker nor the rest.

    What other apps have tended to comes first: sealing the audit log waits for nothing.
    """
    chores = (partial(sign_in, name), *map(import_string, settings.TENDED_TOO), tend)
    done = [is_done(chore) for chore in chores]
    return all(done)


def is_done(chore: Callable[[], object]) -> bool:
    """Do it; False where it failed."""
    try:
        chore()
    except Exception as error:
        log.warning("A tick of the worker failed: %s", type(error).__name__)
        return False
    return True
