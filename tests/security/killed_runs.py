"""Kills workers while they compute match runs, and counts what came of the runs.

Run as ``python -m tests.security.killed_runs``; prints its counts as JSON.
"""

import json
import os
import random
import signal
import sys
import time

import django

KILLS = int(os.environ.get("UPWELL_PROVE_KILLS", "50"))
SEED = int(os.environ.get("UPWELL_PROVE_SEED", str(random.SystemRandom().randrange(10**6))))
KILLS_EACH = 4  # of one run; a job is given up after five attempts
PEOPLE = 1_000
WAIT_SECONDS = 60


def wait_until(is_so, seconds=WAIT_SECONDS):
    until = time.monotonic() + seconds
    while not (found := is_so()) and time.monotonic() < until:
        time.sleep(0.01)
    return found


def kill_once(run, attempts, dice, seconds):
    """Start a worker, and kill it some time after it has taken the run up."""
    from tests.security.killed import start_worker  # noqa: PLC0415 -- after the settings
    from upwell.delivery.models import Job  # noqa: PLC0415 -- as above

    worker = start_worker(0)
    taken = Job.objects.filter(pk=run.job_id, attempts__gt=attempts)
    if not wait_until(taken.exists):
        raise RuntimeError("the worker did not take the run up")
    time.sleep(dice.uniform(0, seconds))
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def is_half_done(run):
    """Whether anything but a waiting run, or a whole one, can be seen."""
    run.refresh_from_db()
    found = run.proposals.count(), run.unplaced.count(), run.shares.count()
    texts = run.figures, run.certificate, run.private_part
    return run.state != "done" and (any(found) or any(map(bool, texts)))


def finish(run):
    """Let a worker live until the run is done, one way or the other."""
    from tests.security.killed import start_worker, stop  # noqa: PLC0415 -- as above
    from upwell.pairs.models import MatchRun  # noqa: PLC0415 -- as above

    worker = start_worker(0)
    wait_until(MatchRun.objects.exclude(state="waiting").filter(pk=run.pk).exists)
    stop(worker)
    run.refresh_from_db()


def result(run):
    """What the same people under the same policy always give: all but the salts."""
    body = json.loads(run.certificate)
    return json.dumps([body["open_digest"], body["value"], body["pairs"]])


def judge(run, expected):
    """What is wrong with a run that a worker was let finish."""
    from upwell.pairs.services import check_again  # noqa: PLC0415 -- as above

    if run.state != "done":
        return [f"run {run.number} is {run.state}"]
    found = {
        "proposals": run.proposals.count() == run.figures["pairs"],
        "doubled": run.proposals.values("mentor", "mentee").distinct().count()
        == run.proposals.count(),
        "result": expected in {"", result(run)},
        "shares": run.shares.count() == 1,
        "proof": not check_again(run)[1],
    }
    return [f"run {run.number}: {name}" for name, is_right in found.items() if not is_right]


def ask_for_one(cohort):
    """One private request, so that a run has a share of its key to write."""
    from django.utils import timezone  # noqa: PLC0415 -- as above

    from upwell.pairs.services import add_block  # noqa: PLC0415 -- as above
    from upwell.vault import ring  # noqa: PLC0415 -- as above
    from upwell.vault.models import MasterKey  # noqa: PLC0415 -- as above

    (key,) = ring.master_keys()
    named = {"name": key.name, "fingerprint": key.fingerprint}
    MasterKey.objects.create(**named, confirmed_at=timezone.now())
    one, other = cohort.enrollments.mentors()[0], cohort.enrollments.mentees()[0]
    add_block(one.person, other.person)


def prove():
    from django.core.management import call_command  # noqa: PLC0415 -- as above

    from tests.pairs.organizations import load_demo, manager_of  # noqa: PLC0415 -- as above
    from upwell.pairs.services import start_run  # noqa: PLC0415 -- as above

    call_command("migrate", verbosity=0)
    dice, cohort = random.Random(SEED), load_demo(PEOPLE)[0]
    ask_for_one(cohort)
    counts = {"seed": SEED, "kills": 0, "runs": 0, "in_time": 0, "half": 0, "wrong": []}
    expected, seconds = "", 1.0
    while counts["kills"] < KILLS:
        run = start_run(cohort, by=manager_of(cohort))
        for attempt in range(KILLS_EACH if expected else 0):
            kill_once(run, attempt, dice, seconds)
            counts["kills"] += 1
            counts["half"] += is_half_done(run)
            if run.state != "waiting":
                break
            counts["in_time"] += 1
        finish(run)
        counts["wrong"] += judge(run, expected)
        counts["runs"] += 1
        expected, seconds = result(run), 1.2 * run.figures.get("seconds", 1.0)
    return counts | {"results": len({result(run) for run in cohort.runs.filter(state="done")})}


if __name__ == "__main__":
    django.setup()
    json.dump(prove(), sys.stdout)
