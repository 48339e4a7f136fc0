"""Two deliverers at once send each message once, on the database that the tests run on."""

import json
import os
import subprocess
import sys

import psycopg
import pytest

from tests.delivery.race import MESSAGES


@pytest.fixture
def url(tmp_path):
    """A database that other processes can reach: a file, or a new one on the tests' server."""
    server = os.environ["UPWELL_DATABASE_URL"]
    if server.startswith("sqlite"):
        yield f"sqlite:///{tmp_path}/race.sqlite3"
        return
    name = f"race_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield server.replace("/postgres?", f"/{name}?")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_two_deliverers_send_each_message_once(url, tmp_path):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.delivery.race"],
        env=os.environ
        | {"UPWELL_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.security.worker_settings"}
        | {"UPWELL_KEYS_URL": f"sqlite:///{tmp_path}/keys.sqlite3"}
        | {"PYTHONPATH": os.pathsep.join(["src", "."])},
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout) == {
        "statuses": [0, 0],
        "sent": MESSAGES,
        "copies": [1] * MESSAGES,
    }
