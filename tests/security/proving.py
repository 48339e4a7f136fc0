"""Runs a proof as a program of its own, since its workers need a database that they can reach."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path


def prove(program, url, **variables):
    """Run the module and return the counts that it printed; its key store lasts as long."""
    with tempfile.TemporaryDirectory() as folder:
        store = f"sqlite:///{Path(folder, 'keys.sqlite3')}"
        return counts_of(program, variables | {"UPWELL_KEYS_URL": store}, url)


def counts_of(program, variables, url):
    variables |= {
        "UPWELL_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.security.worker_settings",
        "PYTHONPATH": os.pathsep.join(["src", "."]),
    }
    command = [sys.executable, "-W", "ignore", "-m", program]
    done = subprocess.run(command, env=os.environ | variables, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2_000:]
    return json.loads(done.stdout)


def said(name, counts):
    """The counts in one line."""
    text = ", ".join(f"{key} {value}" for key, value in counts.items())
    return f"S11 {name}: {text}"
