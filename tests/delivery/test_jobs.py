"""Claims, attempts and progress of jobs."""

import logging
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django_q.exceptions import TimeoutException
from django_q.models import OrmQ, Task

from upwell.delivery import jobs
from upwell.delivery.models import Job

pytestmark = pytest.mark.django_db

HERE = "tests.delivery.test_jobs"
done = []


def note(target, *, report):
    done.append(target)
    report({"done": 1, "of": 2})
    report({"done": 2, "of": 2})


def stumble(target, *, report):
    raise ZeroDivisionError("secret of Ana")


def refuse(target, *, report):
    raise ValidationError("secret of Ana")


def overrun(target, *, report):
    raise TimeoutException("too slow")


def lose_the_claim(target, *, report):
    Job.objects.update(claimed_by="another")
    with transaction.atomic():
        done.append("in time")
        report({})
        done.append("too late")


@pytest.fixture(autouse=True)
def _start_afresh():
    done.clear()


@pytest.fixture
def _without_heartbeat(monkeypatch):
    """A thread of its own would not see the rows of the test's transaction."""
    monkeypatch.setattr("upwell.delivery.heartbeat.Heartbeat.beat", lambda self: None)


def state_of(job):
    job.refresh_from_db()
    return job.state, job.error, job.attempts


def test_enqueue_writes_the_job_and_its_row_of_the_queue():
    target = uuid4()

    job = jobs.enqueue(f"{HERE}.note", target, cluster="long")

    row = OrmQ.objects.get()
    assert (row.pk, row.key) == (job.queue_row, "long")
    assert row.task["args"] == (str(job.pk),)
    assert (job.state, job.target) == ("waiting", str(target))


def test_enqueue_rolls_back_with_the_business_transaction():
    with transaction.atomic():
        jobs.enqueue(f"{HERE}.note", "1")
        transaction.set_rollback(True)

    assert not Job.objects.exists() and not OrmQ.objects.exists()


@pytest.mark.usefixtures("_without_heartbeat")
def test_run_job_marks_it_done_with_its_last_progress():
    job = jobs.enqueue(f"{HERE}.note", "7")

    jobs.run_job(str(job.pk))

    assert state_of(job) == ("done", "", 1)
    assert (done, job.progress) == (["7"], {"done": 2, "of": 2})
    assert job.finished_at


@pytest.mark.usefixtures("_without_heartbeat")
def test_a_second_delivery_does_nothing():
    job = jobs.enqueue(f"{HERE}.note", "7")

    jobs.run_job(str(job.pk))
    jobs.run_job(str(job.pk))

    assert done == ["7"]


def test_a_job_that_was_deleted_does_nothing():
    jobs.run_job(str(uuid4()))

    assert done == []


@pytest.mark.usefixtures("_without_heartbeat")
@pytest.mark.parametrize(
    ("service", "error"), [("stumble", "ZeroDivisionError"), ("overrun", "TimeoutException")]
)
def test_a_job_that_raises_is_tried_five_times(service, error, caplog):
    job = jobs.enqueue(f"{HERE}.{service}", "1")
    states = []
    for _attempt in range(6):
        jobs.run_job(str(job.pk))
        states.append(state_of(job))
        Job.objects.update(retry_at=timezone.now())

    assert states == [("waiting", error, number) for number in range(1, 5)] + [
        ("failed", error, 5),
        ("failed", error, 5),
    ]
    assert "Ana" not in caplog.text


@pytest.mark.usefixtures("_without_heartbeat")
def test_a_job_that_raised_waits_before_it_is_tried_again():
    job = jobs.enqueue(f"{HERE}.stumble", "1")

    jobs.run_job(str(job.pk))

    assert jobs.claim(job.pk) is None
    job.refresh_from_db()
    assert timedelta(0) < job.retry_at - timezone.now() < timedelta(seconds=6)


@pytest.mark.usefixtures("_without_heartbeat")
def test_a_refusal_is_final(caplog):
    job = jobs.enqueue(f"{HERE}.refuse", "1")

    with caplog.at_level(logging.DEBUG):
        jobs.run_job(str(job.pk))

    assert state_of(job) == ("failed", "ValidationError", 1)
    assert "Ana" not in caplog.text


def test_a_claim_without_a_heartbeat_is_taken_over(settings):
    job = jobs.enqueue(f"{HERE}.note", "1")
    first = jobs.claim(job.pk)
    assert jobs.claim(job.pk) is None

    stale = timezone.now() - timedelta(seconds=settings.JOB_STALE_SECONDS + 1)
    Job.objects.update(heartbeat_at=stale)
    second = jobs.claim(job.pk)

    assert second.attempts == 2
    assert second.claimed_by != first.claimed_by


def test_whoever_lost_the_claim_writes_nothing():
    job = jobs.enqueue(f"{HERE}.note", "1")
    first = jobs.claim(job.pk)
    Job.objects.update(claimed_by="another", attempts=2)

    jobs.finish(first, {"done": 1})
    jobs.put_back(first, ZeroDivisionError())

    assert state_of(job) == ("running", "", 2)
    assert job.progress == {}


@pytest.mark.usefixtures("_without_heartbeat")
def test_a_report_in_a_transaction_keeps_out_whoever_lost_the_claim():
    job = jobs.enqueue(f"{HERE}.lose_the_claim", "1")

    jobs.run_job(str(job.pk))

    assert done == ["in time"]
    assert state_of(job) == ("running", "", 1)


def test_run_jobs_raises_what_a_job_raises(run_jobs):
    jobs.enqueue(f"{HERE}.stumble", "1")

    with pytest.raises(ZeroDivisionError):
        run_jobs()


def test_run_jobs_runs_what_jobs_ask_for(run_jobs):
    jobs.enqueue(f"{HERE}.note", "1")
    jobs.enqueue(f"{HERE}.note", "2", cluster="long")

    run_jobs()

    assert done == ["1", "2"]
    assert list(Job.objects.values_list("state", flat=True)) == ["done", "done"]


def test_the_queue_keeps_no_results():
    from django_q.conf import Conf  # noqa: PLC0415 -- reads the settings at import

    assert Conf.SAVE_LIMIT == -1
    assert not Task.objects.exists()
