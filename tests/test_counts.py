"""The counts of proofs are shown whatever process ran them, and whatever came of them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROOFS = """
def test_that_holds(tell):
    tell("7 asked, 0 wrong")
    tell("9 more")


def test_that_does_not(tell):
    tell("5 asked, 1 wrong")
    assert False
"""


def run(folder, proofs, processes):
    (folder / "test_proofs.py").write_text(proofs)
    options = ["-p", "xdist", "-p", "tests.counts", "-c", os.devnull, "-q", "-n", processes]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(folder)],
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("processes", ["0", "2"])
def test_counts_are_shown_at_the_end(tmp_path, processes):
    done = run(tmp_path, PROOFS, processes)

    told = done.stdout.partition(" counts ")[2].splitlines()[1:4]
    assert told == ["5 asked, 1 wrong", "7 asked, 0 wrong", "9 more"]
    assert done.returncode == 1


def test_where_nothing_was_counted_nothing_is_said(tmp_path):
    done = run(tmp_path, "def test_that_counts_nothing(): pass", "0")

    assert done.returncode == 0
    assert "counts" not in done.stdout
