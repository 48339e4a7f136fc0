"""Kills workers while messages are written and sent, and counts what came of it.

Run as ``python -m tests.security.killed``; prints its counts as JSON. It is a program of its own
because it needs a database that workers can reach, and settings with short times.
"""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from email import message_from_bytes

import django

KILLS = int(os.environ.get("UPWELL_PROVE_KILLS", "50"))
SEED = int(os.environ.get("UPWELL_PROVE_SEED", str(random.SystemRandom().randrange(10**6))))
BACKLOG = 30  # messages that wait at any time
OPEN_JOBS = 1
STEPS, STEP_SECONDS = 20, 0.1  # of the long job: longer than the second after which it comes again
ANSWER_SECONDS = 0.03  # between storing a message and saying so
DRAIN_SECONDS = 90


class Sink:
    """Keeps the Message-ID of all it takes, then answers after a moment in which to be killed."""

    def __init__(self):
        self.received = Counter()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd calls it
        self.received[message_from_bytes(envelope.original_content)["Message-ID"]] += 1
        await asyncio.sleep(ANSWER_SECONDS)
        return "250 OK"


def count_effect(target, *, report):
    """The long job: works for a while, then has its effect, unless it had it before."""
    from django.db import connection, transaction  # noqa: PLC0415 -- after the settings

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM proof_effect WHERE target = %s", [target])
        if cursor.fetchone()[0]:
            return
    for step in range(STEPS):
        time.sleep(STEP_SECONDS)
        report({"done": step, "of": STEPS})
    with transaction.atomic(), connection.cursor() as cursor:
        report({"done": STEPS, "of": STEPS})
        cursor.execute("INSERT INTO proof_effect (target) VALUES (%s)", [target])


class Writer(threading.Thread):
    """Writes messages and jobs in transactions, of which some roll back, and tries failed again."""

    def __init__(self, dice):
        super().__init__()
        self.dice = dice
        self.committed, self.rolled_back, self.targets = set(), set(), []
        self.is_over = threading.Event()

    def run(self):
        from django.db import connection  # noqa: PLC0415 -- after the settings

        while not self.is_over.wait(0.1):
            self.write()
        connection.close()

    def write(self):
        from upwell.delivery.models import Job, OutboxMessage  # noqa: PLC0415 -- as above

        open_jobs = Job.objects.filter(service__endswith="count_effect").exclude(state="done")
        retry_failed_jobs()
        while OutboxMessage.objects.filter(state="waiting").count() < BACKLOG:
            self.post(is_long=open_jobs.count() < OPEN_JOBS)

    def post(self, *, is_long):
        from django.db import transaction  # noqa: PLC0415 -- as above

        from upwell.delivery import jobs, services  # noqa: PLC0415 -- as above
        from upwell.delivery.models import OutboxMessage  # noqa: PLC0415 -- as above

        is_kept = self.dice.random() < 0.9
        target = f"{len(self.targets)}" if is_kept else "rolled back"
        with transaction.atomic():
            message = OutboxMessage(address="ana@example.com", template="proof", subject="Hello")
            message.text = message.html = "Dear Ana"
            services.put(message)
            if is_long:
                jobs.enqueue("tests.security.killed.count_effect", target, cluster="long")
            transaction.set_rollback(not is_kept)
        (self.committed if is_kept else self.rolled_back).add(message.message_id)
        if is_long and is_kept:
            self.targets.append(target)


def retry_failed_jobs():
    """What a directory administrator does with a job that was killed five times."""
    from upwell.delivery.models import Job  # noqa: PLC0415 -- as above
    from upwell.delivery.services import retry_job  # noqa: PLC0415 -- as above

    for job in Job.objects.failed():
        retry_job(job)


WORKER = """
import django
from upwell.delivery.cluster import die_with_parent

die_with_parent()
django.setup()
from upwell.delivery.worker import run_worker

run_worker()
"""


def start_worker(port):
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WORKER],
        env=os.environ | {"PROOF_MAIL_PORT": str(port), "PYTHONWARNINGS": "ignore"},
        start_new_session=True,
        stderr=subprocess.DEVNULL,
    )


def sending():
    """Message-ID and process of each message being sent."""
    from upwell.delivery.models import OutboxMessage  # noqa: PLC0415 -- as above

    rows = OutboxMessage.objects.filter(state="sending").values_list("message_id", "leased_by")
    return {message_id: int(leased_by.split(":")[1]) for message_id, leased_by in rows}


def is_of(group, process):
    """Whether a process that may be gone was of a group that was killed."""
    try:
        return os.getpgid(process) == group
    except ProcessLookupError:
        return True


def kill(worker, sink):
    """Kill the whole process group; returns the messages it had sent and not yet written down."""
    os.killpg(worker.pid, signal.SIGKILL)
    left = {key for key, process in sending().items() if is_of(worker.pid, process)}
    worker.wait()
    time.sleep(5 * ANSWER_SECONDS)  # what was on its way arrives
    return {message_id for message_id in left if sink.received[message_id]}


def moment(dice, sink):
    """Wait for a random moment: some while it starts, most while it sends."""
    if dice.random() < 0.1:
        time.sleep(dice.uniform(0, 2))
        return
    before, until = sink.received.total(), time.monotonic() + 20
    while sink.received.total() == before and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(dice.uniform(0, 1))


def is_drained():
    from upwell.delivery.models import Job, OutboxMessage  # noqa: PLC0415 -- as above

    retry_failed_jobs()
    is_mail_left = OutboxMessage.objects.exclude(state="sent").exists()
    return not is_mail_left and not Job.objects.exclude(state="done").exists()


def drain():
    until = time.monotonic() + DRAIN_SECONDS
    while not is_drained() and time.monotonic() < until:
        time.sleep(0.2)


def stop(worker):
    """Ask the worker to end; returns whether all of its processes have."""
    worker.terminate()
    worker.wait(40)
    try:
        os.killpg(worker.pid, 0)
    except ProcessLookupError:
        return True
    return False


def effects():
    from django.db import connection  # noqa: PLC0415 -- as above

    with connection.cursor() as cursor:
        cursor.execute("SELECT target FROM proof_effect")
        return Counter(target for (target,) in cursor.fetchall())


def run():
    from django.core.management import call_command  # noqa: PLC0415 -- as above
    from django.db import connection  # noqa: PLC0415 -- as above

    from upwell.delivery.mailbox import Listener  # noqa: PLC0415 -- as above

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE proof_effect (target varchar(20))")
    dice, sink = random.Random(SEED), Sink()
    listener, writer = Listener(sink), Writer(dice)
    listener.start()
    writer.start()
    in_window, kills_in_window = set(), 0
    try:
        worker = start_worker(listener.port)
        for _number in range(KILLS):
            oldest, worker = worker, start_worker(listener.port)
            moment(dice, sink)
            cut_off = kill(oldest, sink)
            kills_in_window += len(cut_off)
            in_window |= cut_off
        writer.is_over.set()
        writer.join()
        drain()
        has_ended = stop(worker)
    finally:
        writer.is_over.set()
        listener.stop()
    return counts(writer, sink) | {
        "cut_off": kills_in_window,
        "repeated_elsewhere": len({key for key, n in sink.received.items() if n > 1} - in_window),
        "left_sending": len(sending()),
        "has_ended": has_ended,
    }


def counts(writer, sink):
    effect = effects()
    return {
        "seed": SEED,
        "kills": KILLS,
        "messages": len(writer.committed),
        "rolled_back": len(writer.rolled_back),
        "lost": len(writer.committed - sink.received.keys()),
        "unknown": len(sink.received.keys() - writer.committed),
        "repeats": sink.received.total() - len(sink.received),
        "jobs": len(writer.targets),
        "jobs_lost": len(set(writer.targets) - effect.keys()),
        "jobs_doubled": effect.total() - len(effect),
    }


if __name__ == "__main__":
    django.setup()
    json.dump(run(), sys.stdout)
