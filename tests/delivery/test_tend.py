"""What was left behind comes to its end."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from upwell.delivery import jobs
from upwell.delivery.models import Job, Worker
from upwell.delivery.tend import sign_in, tend, tick
from upwell.delivery.worker import worker_seen_at

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - timedelta(days=90)


def leave_behind(job):
    """What a killed worker leaves: a claim without heartbeat and a locked row of the queue."""
    jobs.claim(job.pk)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=LONG_AGO)
    OrmQ.objects.update(lock=timezone.now() + timedelta(hours=1))


def lines():
    """Rows that a cluster would take now."""
    return OrmQ.objects.filter(lock__lte=timezone.now())


def test_a_job_left_behind_is_offered_by_its_own_row():
    job = jobs.enqueue("some.service", "1")
    leave_behind(job)

    tend()

    assert lines().get().pk == job.queue_row
    assert jobs.claim(job.pk).attempts == 2


def test_a_job_whose_row_is_gone_gets_one_new_row():
    job = jobs.enqueue("some.service", "1")
    leave_behind(job)
    OrmQ.objects.all().delete()

    tend()
    tend()

    job.refresh_from_db()
    assert lines().get().pk == job.queue_row


def test_a_job_in_line_is_left_alone():
    jobs.enqueue("some.service", "1")
    before = list(OrmQ.objects.values())

    tend()

    assert list(OrmQ.objects.values()) == before


def test_a_job_at_work_is_left_alone():
    job = jobs.enqueue("some.service", "1")
    jobs.claim(job.pk)
    OrmQ.objects.all().delete()

    tend()

    assert not OrmQ.objects.exists()


def test_a_job_killed_on_every_attempt_fails():
    job = jobs.enqueue("some.service", "1")
    leave_behind(job)
    Job.objects.update(attempts=jobs.MOST_ATTEMPTS)

    tend()

    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "WorkerDied")


def test_due_mail_gets_one_job(make_message):
    make_message()
    make_message()

    tend()
    tend()

    assert Job.objects.get().service == "upwell.delivery.deliver.deliver"


def test_mail_that_is_not_due_gets_none(make_message):
    make_message(next_attempt_at=timezone.now() + timedelta(minutes=5))

    tend()

    assert not Job.objects.exists()


def test_jobs_done_long_ago_are_forgotten():
    _old, young, failed = (jobs.enqueue("some.service", str(number)) for number in range(3))
    Job.objects.update(state="done", finished_at=LONG_AGO)
    Job.objects.filter(pk=young.pk).update(finished_at=timezone.now())
    Job.objects.filter(pk=failed.pk).update(state="failed")

    tend()

    assert set(Job.objects.all()) == {young, failed}


def test_messages_that_failed_long_ago_lose_their_content(make_message):
    message = make_message(state="failed", created_at=LONG_AGO)
    young = make_message(state="failed")

    tend()

    message.refresh_from_db()
    young.refresh_from_db()
    assert (message.subject, message.text, message.html) == ("", "", "")
    assert young.text == "Dear Ana\n"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"next_attempt_at": timezone.now() + timedelta(hours=1)},
        {"state": "sending", "leased_until": LONG_AGO},
    ],
)
def test_outdated_messages_end_also_while_no_mail_goes_out(make_message, fields):
    message = make_message(useful_until=LONG_AGO, **fields)

    tend()

    message.refresh_from_db()
    assert (message.state, message.subject, message.text, message.html) == ("expired", "", "", "")
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"useful_until": None},
        {"useful_until": timezone.now() + timedelta(hours=1)},
        {"useful_until": LONG_AGO, "state": "sent"},
        {"useful_until": LONG_AGO, "state": "failed"},
        {
            "useful_until": LONG_AGO,
            "state": "sending",
            "leased_until": timezone.now() + timedelta(hours=1),
        },
    ],
)
def test_other_messages_do_not_expire(make_message, fields):
    message = make_message(**fields)

    tend()

    message.refresh_from_db()
    assert (message.state, message.text) == (fields.get("state", "waiting"), "Dear Ana\n")


def test_worker_seen_at():
    assert worker_seen_at() is None

    sign_in("here:1")
    sign_in("here:1")
    Worker.objects.create(name="gone:1", seen_at=LONG_AGO)
    assert worker_seen_at() == Worker.objects.get(name="here:1").seen_at

    tend()
    assert [worker.name for worker in Worker.objects.all()] == ["here:1"]


def test_a_tick_that_fails_does_not_end_the_worker(settings, caplog):
    settings.TENDED_TOO = []
    assert tick("here:1")

    settings.TENDED_TOO = ["tests.delivery.test_tend.stumble"]

    assert not tick("here:1")
    assert "A tick of the worker failed: ZeroDivisionError" in caplog.text
    assert "Ana" not in caplog.text


def test_a_chore_that_fails_keeps_nothing_else_from_being_done(settings, make_message):
    message = make_message(useful_until=LONG_AGO)
    settings.TENDED_TOO = [f"tests.delivery.test_tend.{name}" for name in ("stumble", "note")]
    NOTES.clear()

    assert not tick("here:1")

    message.refresh_from_db()
    assert (NOTES, message.state) == (["done"], "expired")


NOTES = []


def note():
    NOTES.append("done")


def stumble():
    raise ZeroDivisionError("secret of Ana")
