"""From an empty folder to a page in the browser, as a user would: by commands."""

import json
import os
import re
import shlex
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

OPTIONS = ["--yes", "--name", "McDonald’s & Co", "--admin-email", "Ann@Example.com"]
LINK = re.compile(r"http://localhost:8000/people/invitation/[\w-]{43}/")


class Place:
    """A folder to install in, and a process for each command."""

    def __init__(self, folder):
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("UPWELL_", "DJANGO_"))}
        path = os.pathsep.join(str(Path(name).absolute()) for name in sys.path if name)
        self.variables = kept | {"PYTHONPATH": path}
        self.folder = folder

    def command(self, *words, **options):
        return subprocess.run(
            [sys.executable, "-m", "upwell", *words],
            cwd=self.folder,
            env=self.variables | options,
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self, *words):
        return subprocess.Popen(
            [sys.executable, "-m", "upwell", *words],
            cwd=self.folder,
            env=self.variables,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def rows(self, expression):
        code = f"from upwell.people.models import *; print({expression})"
        return self.command("shell", "--no-imports", "-c", code).stdout.strip()


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """An installation, set up once for all tests that only look at it or add to it."""
    place = Place(tmp_path_factory.mktemp("installed"))
    place.done = place.command("init", *OPTIONS, "--admin-name", "Ann Berg")
    return place


def test_init_writes_its_answers_for_its_owner_only_and_names_a_link(installed):
    file, data = installed.folder / "upwell.env", installed.folder / "var"
    people = "[(p.name, p.sign_in_email, sorted(p.role_kinds)) for p in Person.objects.all()]"

    assert (installed.done.returncode, installed.done.stderr) == (0, "")
    assert len(LINK.findall(installed.done.stdout)) == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert "UPWELL_ORGANIZATION='McDonald’s & Co'" in file.read_text("utf-8")
    assert installed.rows(people) == (
        "[('Ann Berg', 'ann@example.com', ['directory_administrator', 'program_manager'])]"
    )


def test_init_brings_in_the_topics_that_ship(installed):
    code = "from upwell.programs.models import Topic; print(Topic.objects.offered().count())"

    assert installed.command("shell", "--no-imports", "-c", code).stdout.strip() == "60"


def test_what_init_makes_is_for_its_owner_only(installed):
    made = [installed.folder / "var" / name for name in ("upwell.sqlite3", "keys.sqlite3")]

    open_to_others = [path.name for path in made if path.stat().st_mode & 0o077]

    assert open_to_others == []
    writer = sqlite3.connect(made[0])
    try:
        writer.execute("UPDATE django_migrations SET name = name")
        modes = {path.name: path.stat().st_mode & 0o777 for path in made[0].parent.glob("*-*m")}
        modes |= {path.name: path.stat().st_mode & 0o777 for path in made[0].parent.glob("*-wal")}
    finally:
        writer.close()
    assert modes == {"upwell.sqlite3-shm": 0o600, "upwell.sqlite3-wal": 0o600}


def test_what_init_prints_for_another_folder_can_be_run_from_there(tmp_path):
    place = Place(tmp_path)
    elsewhere = tmp_path / "some where"
    elsewhere.mkdir()

    told = place.command("init", *OPTIONS, "--admin-name", "Ann", "--file", f"{elsewhere}/my.env")
    (line,) = [line for line in told.stdout.splitlines() if "keys confirm" in line]
    words = shlex.split(line.replace("PATH", f"{tmp_path}/none"))

    assert words[0] == f"UPWELL_ENV_FILE={elsewhere}/my.env"
    assert Path(words[1]).is_file() or words[1] == "upwell"
    assert words[-4:] == ["keys", "confirm", "--copy", f"{tmp_path}/none"]


def test_init_again_changes_no_answer_and_gives_a_new_link_on_demand(installed):
    before = (installed.folder / "upwell.env").read_text("utf-8")

    again = installed.command("init", *OPTIONS, "--name", "Other")
    link = installed.command("init", "--link")

    assert (installed.folder / "upwell.env").read_text("utf-8") == before
    assert "already" in again.stdout
    assert (again.stderr, LINK.findall(again.stdout)) == ("", [])
    assert len(LINK.findall(link.stdout)) == 1
    assert installed.rows("Person.objects.count()") == "1"


def test_init_by_force_keeps_the_key(installed):
    file, copy = installed.folder / "upwell.env", installed.folder / "copy.env"
    copy.write_bytes(file.read_bytes())

    installed.command("init", "--yes", "--force", "--name", "Other", "--file", "copy.env")

    before, after = (set(path.read_text("utf-8").splitlines()) for path in (file, copy))
    assert after - before == {"UPWELL_ORGANIZATION=Other"}


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--url", "http://mentoring.example.com"], "UPWELL_URL"),
        (["--mail", "smtp://127.0.0.1:9?tls=none"], "--no-mail-test"),
        (["--name", "two\nlines"], "UPWELL_ORGANIZATION"),
    ],
)
def test_a_wrong_answer_leaves_no_file(tmp_path, options, word):
    done = Place(tmp_path).command("init", *OPTIONS, *options)

    assert done.returncode == 1
    assert word in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["var"]


def test_serve_refuses_what_is_not_prepared(installed, tmp_path):
    database = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    unmigrated = installed.command("serve", UPWELL_DATABASE_URL=database)
    no_key = installed.command("serve", UPWELL_SECRET_KEY="development-only")
    there = f"sqlite:///{installed.folder / 'var' / 'upwell.sqlite3'}"
    elsewhere = {"UPWELL_DATABASE_URL": there, "UPWELL_DATA_DIR": str(tmp_path)}
    no_static = installed.command("serve", **elsewhere)

    assert [done.returncode for done in (unmigrated, no_key, no_static)] == [1, 1, 1]
    assert "upwell migrate" in unmigrated.stderr
    assert "UPWELL_SECRET_KEY" in no_key.stderr
    assert "collectstatic" in no_static.stderr


def test_serve_answers_with_a_worker_at_its_side_and_ends_with_it(installed):
    place = installed
    before = place.command("doctor", "--json")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    process = place.start("serve", "--port", str(port), "--workers", "1")
    try:
        page = wait_for(f"http://localhost:{port}/accounts/login/", process)
        after = worker_state(place)
    finally:
        process.send_signal(signal.SIGTERM)
        told = process.communicate(timeout=60)[1]

    assert state_of(before, "worker") == "wrong"
    assert "Sign in" in page
    assert after == "ok"
    assert (process.returncode, told) == (0, "")
    assert place.command("doctor").returncode == 1


def wait_for(url, process):
    """The page, as soon as there is a server."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(url, timeout=20) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.1)
        if process.poll() is not None:
            break
    raise AssertionError(process.communicate()[1])


def worker_state(place):
    for _ in range(60):
        state = state_of(place.command("doctor", "--json"), "worker")
        if state == "ok":
            break
        time.sleep(0.2)
    return state


def state_of(done, name):
    return next(row["state"] for row in json.loads(done.stdout) if row["name"] == name)
