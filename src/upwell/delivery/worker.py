"""The body of ``upwell worker``: keeps both clusters alive and looks after what was left behind."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from types import FrameType

from django.conf import settings
from django.db import connection
from django.utils import timezone

from upwell.delivery.models import Worker
from upwell.delivery.tend import tick

CLUSTERS = ("short", "long")
LOOK_SECONDS = 0.5
STOP_SECONDS = 20  # how long a job may go on once the worker is asked to stop
REST_SECONDS = (0, 1, 5, 15, 30)  # before a cluster that keeps dying is started again
HEALTHY_SECONDS = 60


def worker_seen_at() -> datetime | None:
    """When any worker was last at work; None where none has been for a day."""
    return Worker.objects.values_list("seen_at", flat=True).first()


def is_worker_running() -> bool:
    """Whether some worker has ticked in the time that two ticks and a pause take."""
    seen_at = worker_seen_at()
    longest = timedelta(seconds=2 * settings.JOB_TICK_SECONDS + 30)
    return seen_at is not None and seen_at > timezone.now() - longest


def run_worker() -> None:
    """Run both clusters until SIGTERM or SIGINT. Needs the main thread and a set-up Django."""
    stop = threading.Event()

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask_to_stop)
    clusters = [ClusterProcess(name) for name in CLUSTERS]
    name = f"{socket.gethostname()[:80]}:{os.getpid()}"
    try:
        watch(clusters, stop, name)
    finally:
        stop_all(clusters)
        Worker.objects.filter(name=name).delete()


def watch(clusters: "Iterable[ClusterProcess]", stop: threading.Event, name: str) -> None:
    """Keep the clusters alive, and tick at once and then every JOB_TICK_SECONDS.

    Counted from the beginning of a tick: however long it takes, the audit log is sealed in time.
    """
    next_tick = time.monotonic()
    while not stop.is_set():
        for cluster in clusters:
            cluster.keep_alive()
        if time.monotonic() >= next_tick:
            next_tick = time.monotonic() + settings.JOB_TICK_SECONDS
            if not tick(name):
                next_tick = time.monotonic() + 1
            connection.close()
        stop.wait(LOOK_SECONDS)


def stop_all(clusters: "Iterable[ClusterProcess]") -> None:
    """Ask the clusters to end; a job that goes on too long is cut off and taken up again later."""
    for cluster in clusters:
        cluster.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for cluster in clusters:
        cluster.wait(deadline)


class ClusterProcess:
    """A cluster in a process of its own, started again when it dies."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.process: subprocess.Popen[bytes] | None = None
        self.deaths = 0
        self.started_at = 0.0

    def keep_alive(self) -> None:
        if self.process and self.process.poll() is None:
            return
        now = time.monotonic()
        if self.process and now - self.started_at > HEALTHY_SECONDS:
            self.deaths = 0
        if self.process and now - self.started_at < REST_SECONDS[min(self.deaths, 4)]:
            return
        self.deaths += bool(self.process)
        self.started_at = now
        self.process = subprocess.Popen(
            [sys.executable, "-m", "upwell.delivery.cluster"],
            env=os.environ
            | {"Q_CLUSTER_NAME": self.name, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE},
        )

    def terminate(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def wait(self, deadline: float) -> None:
        if not self.process:
            return
        try:
            self.process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
