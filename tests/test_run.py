import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NO_NETWORK = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")


def start(folder, *words, **environment):
    return subprocess.run(
        [folder / "run", *words],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def bare(tmp_path):
    """A fresh checkout on a machine whose python3 can make no virtual environment."""
    shutil.copy(ROOT / "run", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    tools = tmp_path / "bin"
    tools.mkdir()
    python = tools / "python3"
    python.write_text('#!/bin/sh\n[ "$2" != venv ] && echo "$0"\n')
    python.chmod(0o755)
    for tool in ("sh", "dirname", "readlink", "cat", "grep", "mkdir", "rm", "sleep"):
        (tools / tool).symlink_to(shutil.which(tool))
    return tmp_path


def test_a_start_that_is_ready_needs_no_network():
    result = start(ROOT, "upwell", "--version", **NO_NETWORK)

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("upwell ")


def test_paths_are_the_users_own(tmp_path):
    (tmp_path / "mine.toml").write_text("")

    result = subprocess.run(
        [ROOT / "run", "upwell", "policy", "mine.toml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.stdout == "mine.toml is a policy that can be used.\n"


def test_a_link_to_run_starts_the_same_checkout(tmp_path):
    (tmp_path / "run").symlink_to(ROOT / "run")

    assert start(tmp_path, "upwell", "--version").returncode == 0


def test_a_bare_machine_is_told_what_to_install_and_nothing_half_made_stays(bare):
    result = start(bare, "demo", PATH=str(bare / "bin"))

    assert result.returncode == 1
    assert "apt install python3-venv" in result.stderr
    assert not list(bare.glob(".venv*"))


def test_a_python_that_is_too_old_is_told_so(bare):
    (bare / "bin" / "python3").write_text("#!/bin/sh\nexit 1\n")

    result = start(bare, "demo", PATH=str(bare / "bin"))

    assert result.returncode == 1
    assert "Upwell needs Python 3.11 or newer" in result.stderr


def test_the_lock_of_a_start_that_was_killed_holds_nobody_up(bare):
    (bare / ".venv.lock").mkdir()
    (bare / ".venv.lock" / "pid").write_text("999999999")

    result = start(bare, "demo", PATH=str(bare / "bin"))

    assert "apt install python3-venv" in result.stderr


@pytest.mark.parametrize("words", [[], ["serve-me"]])
def test_a_word_that_there_is_not_gets_the_list_of_words(words):
    result = start(ROOT, *words)

    assert result.returncode != 0
    assert "./run COMMAND" in result.stdout + result.stderr
