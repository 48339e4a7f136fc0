"""Proof S11: a worker killed at any moment loses nothing, and repeats only what it must.

Two workers run at once; one after the other is killed with SIGKILL, its whole process group, while
transactions write messages and long jobs. UPWELL_PROVE_KILLS sets how often (50).
"""

import json
import os
import subprocess
import sys

import pytest

from tests.postgres import start_server

COMMAND = [sys.executable, "-W", "ignore", "-m", "tests.security.killed"]


@pytest.fixture(scope="module")
def postgres_url(request):
    """A server of its own, whatever database the other tests use."""

    class Config:
        add_cleanup = staticmethod(request.addfinalizer)

    return start_server(Config)


@pytest.fixture(params=["sqlite", "postgres"])
def url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/proof.sqlite3"
    server = request.getfixturevalue("postgres_url")
    name = f"proof_{os.getpid()}_{request.node.originalname[-9:]}"
    import psycopg  # noqa: PLC0415 -- only here

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return server.replace("/postgres?", f"/{name}?")


def prove(url, **variables):
    """Run the proof in a process of its own and return its counts."""
    variables |= {
        "UPWELL_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.security.worker_settings",
        "PYTHONPATH": os.pathsep.join(["src", "."]),
    }
    done = subprocess.run(COMMAND, env=os.environ | variables, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2_000:]
    return json.loads(done.stdout)


def show(capsys, name, counts):
    text = ", ".join(f"{key} {value}" for key, value in counts.items())
    with capsys.disabled():
        sys.stdout.write(f"\nS11 {name}: {text}\n")


def test_nothing_is_lost_and_repeats_can_be_told(url, capsys):
    counts = prove(url)

    assert counts["lost"] == counts["unknown"] == counts["left_sending"] == 0
    assert counts["repeats"] <= min(counts["cut_off"], counts["kills"])
    assert counts["repeated_elsewhere"] == 0
    assert counts["jobs_lost"] == counts["jobs_doubled"] == 0
    assert counts["has_ended"]
    assert counts["messages"] > counts["kills"] and counts["rolled_back"] and counts["jobs"]
    assert counts["cut_off"] > 0
    show(capsys, url.partition(":")[0], counts)


def test_without_claims_and_leases_the_proof_fails(url, capsys):
    counts = prove(url, PROOF_UNGUARDED="true", UPWELL_PROVE_KILLS="4")

    assert counts["repeats"] > counts["cut_off"]
    assert counts["jobs_doubled"] > 0
    show(capsys, f"{url.partition(':')[0]}, unguarded", counts)
