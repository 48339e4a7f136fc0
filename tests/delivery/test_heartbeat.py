"""The sign of life of a running job, seen on a database that threads can share."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from upwell.delivery import jobs
from upwell.delivery.heartbeat import Heartbeat
from upwell.delivery.models import Job

LONG_AGO = timezone.now() - timedelta(hours=1)


@pytest.fixture
def claimed(db):
    job = jobs.claim(jobs.enqueue("some.service", "1").pk)
    Job.objects.update(heartbeat_at=LONG_AGO)
    return job


def test_renew_tells_that_the_claim_stands(claimed):
    assert Heartbeat(claimed.pk, claimed.claimed_by).renew()

    assert Job.objects.get().heartbeat_at > LONG_AGO


def test_renew_tells_that_the_claim_was_lost(claimed):
    Job.objects.update(claimed_by="another")

    assert not Heartbeat(claimed.pk, claimed.claimed_by).renew()

    assert Job.objects.get().heartbeat_at == LONG_AGO


def test_the_thread_beats_until_the_run_is_over(claimed, settings, monkeypatch):
    settings.JOB_HEARTBEAT_SECONDS = 0.001
    beats, has_beaten = [], threading.Event()

    def renew(self):
        beats.append(self)
        has_beaten.set()
        return True

    monkeypatch.setattr(Heartbeat, "renew", renew)
    with Heartbeat(claimed.pk, claimed.claimed_by) as heartbeat:
        assert has_beaten.wait(10)

    assert not heartbeat.thread.is_alive()
    assert set(beats) == {heartbeat}


def test_the_thread_ends_where_the_claim_was_lost(claimed, settings, monkeypatch):
    settings.JOB_HEARTBEAT_SECONDS = 0.001
    monkeypatch.setattr(Heartbeat, "renew", lambda self: False)

    with Heartbeat(claimed.pk, claimed.claimed_by) as heartbeat:
        heartbeat.thread.join(10)
        assert not heartbeat.thread.is_alive()
