"""Proof S20: the shipped settings are those of an installation that others can reach.

Each check runs in a process of its own, as an operator would start it.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SECURE = {
    "UPWELL_ENV_FILE": "",
    "UPWELL_SECRET_KEY": "k3yWithEnoughRandomCharacters-0123456789-abcdefghijklmnop",
    "UPWELL_URL": "https://mentoring.example.com",
    "UPWELL_PROXY_COUNT": "1",
    "DJANGO_SETTINGS_MODULE": "upwell.settings",
}
WEAK_KEYS = ["", "development-only", "short", "django-insecure-" + "x7" * 30, "a" * 60]
LOOSE = """
from upwell.settings import *
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
"""


@pytest.fixture
def upwell(tmp_path):
    """Run a command with the variables of an installation, and others."""

    def run(*words, **variables):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("UPWELL_")}
        folders = [*(Path(name).absolute() for name in sys.path if name), tmp_path]
        path = os.pathsep.join(map(str, folders))
        given = SECURE | {"UPWELL_DATA_DIR": str(tmp_path), "PYTHONPATH": path} | variables
        command = [sys.executable, "-m", "upwell", *words]
        return subprocess.run(
            command, env=kept | given, capture_output=True, text=True, check=False
        )

    return run


def test_the_shipped_settings_pass_the_deployment_check(upwell, tell):
    done = upwell("check", "--deploy", "--fail-level", "WARNING")
    listed = upwell("check", "--list-tags", "--deploy")
    refused = [upwell("serve", UPWELL_SECRET_KEY=key) for key in WEAK_KEYS]

    tell(
        f"S20: {len(listed.stdout.split())} kinds of checks, {len(done.stderr.split())} words"
        f" of complaint; {sum(one.returncode == 1 for one in refused)} of {len(WEAK_KEYS)} weak"
        " keys refused"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "security" in listed.stdout
    assert [one.returncode for one in refused] == [1] * len(WEAK_KEYS)
    assert all("UPWELL_SECRET_KEY" in one.stderr for one in refused)


def test_a_start_without_any_key_is_refused(upwell):
    kept = SECURE.pop("UPWELL_SECRET_KEY")
    try:
        done = upwell("serve")
    finally:
        SECURE["UPWELL_SECRET_KEY"] = kept

    assert done.returncode == 1
    assert "UPWELL_SECRET_KEY" in done.stderr


def test_the_proof_finds_settings_that_are_loose(upwell, tmp_path):
    (tmp_path / "loose.py").write_text(LOOSE)

    done = upwell("check", "--deploy", "--fail-level", "WARNING", DJANGO_SETTINGS_MODULE="loose")

    assert done.returncode == 1
    assert "security.W004" in done.stderr
    assert "security.W012" in done.stderr


def test_the_shipped_urls_know_nothing_of_the_demo(upwell):
    code = (
        "from django.conf import settings; from django.urls import get_resolver;"
        "from upwell.core.access import table; names = {*table(), *get_resolver().namespace_dict};"
        "print([one for one in {*settings.INSTALLED_APPS, *names} if 'demo' in one.lower()])"
    )

    done = upwell("shell", "--no-imports", "-c", code)

    assert (done.stdout.strip(), done.stderr) == ("[]", "")
