"""The check of the catalogs itself; whether they are complete, ``./run check`` says."""

import subprocess
import sys
from pathlib import Path

CHECK = Path(__file__).parents[1] / ".ci" / "texts"


def test_without_gettext_the_check_fails_loudly():
    command = [sys.executable, CHECK, "--check"]
    done = subprocess.run(command, env={"PATH": ""}, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "WERE NOT CHECKED" in done.stderr
    assert "apt install gettext" in done.stderr
