"""Proof S11, of match runs: a worker killed at any moment leaves a run whole or not begun.

UPWELL_PROVE_KILLS sets how often (50). Each run is killed up to four times, then finished.
"""

import json
import os
import subprocess
import sys

COMMAND = [sys.executable, "-W", "ignore", "-m", "tests.security.killed_runs"]


def test_a_killed_run_is_computed_once_in_effect(tmp_path, capsys):
    variables = {
        "UPWELL_DATABASE_URL": f"sqlite:///{tmp_path}/proof.sqlite3",
        "DJANGO_SETTINGS_MODULE": "tests.security.worker_settings",
        "PYTHONPATH": os.pathsep.join(["src", "."]),
    }

    done = subprocess.run(COMMAND, env=os.environ | variables, capture_output=True, check=False)

    assert done.returncode == 0, done.stderr.decode()[-2_000:]
    counts = json.loads(done.stdout)
    assert (counts["wrong"], counts["half"], counts["digests"]) == ([], 0, 1)
    assert counts["kills"] >= counts["in_time"] > counts["kills"] // 2
    with capsys.disabled():
        text = ", ".join(f"{name} {value}" for name, value in counts.items())
        sys.stdout.write(f"\nS11 runs: {text}\n")
