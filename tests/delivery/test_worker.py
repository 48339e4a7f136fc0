"""The worker as a process: it starts both clusters, replaces one that died, and ends when asked."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

WAIT_SECONDS = 60
CODE = "import django; django.setup(); from upwell.delivery.worker import run_worker; run_worker()"


@pytest.fixture
def environment(tmp_path):
    """A database of its own, migrated, and settings with short times."""
    variables = os.environ | {
        "UPWELL_DATABASE_URL": f"sqlite:///{tmp_path}/worker.sqlite3",
        "UPWELL_KEYS_URL": f"sqlite:///{tmp_path}/keys.sqlite3",
        "DJANGO_SETTINGS_MODULE": "tests.security.worker_settings",
        "PYTHONPATH": os.pathsep.join(["src", "."]),
        "PYTHONWARNINGS": "ignore",
    }
    command = [sys.executable, "-m", "upwell", "migrate", "--verbosity=0"]
    subprocess.run(command, env=variables, check=True)
    return variables


@pytest.fixture
def worker(environment):
    process = subprocess.Popen(
        [sys.executable, "-c", CODE], env=environment, start_new_session=True
    )
    yield psutil.Process(process.pid)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for(condition):
    until = time.monotonic() + WAIT_SECONDS
    while not (found := condition()):
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)
    return found


def clusters(worker):
    """Both clusters with all of their processes: guard, monitor, pusher, and one or two workers."""
    found = worker.children()
    return found if sorted(len(one.children(recursive=True)) for one in found) == [4, 5] else None


def test_the_worker_replaces_a_cluster_that_died_and_ends_when_asked(worker):
    first, second = wait_for(lambda: clusters(worker))
    orphans = first.children(recursive=True)

    first.kill()
    replaced = wait_for(lambda: first not in worker.children() and clusters(worker))
    everything = worker.children(recursive=True)
    worker.terminate()

    assert second in replaced
    _gone, alive = psutil.wait_procs([worker, *everything, *orphans], timeout=WAIT_SECONDS)
    assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []
