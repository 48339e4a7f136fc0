"""What docs/operating.md says is what the code does."""

import os
import re
import subprocess
import sys
from pathlib import Path

from upwell import environment

TREE = Path(__file__).parents[1]
ASKED_FOR = re.compile(r"env(?:_bool|_count|_zone)?\(\s*\"([A-Z_]+)\"")


def test_every_variable_stands_in_the_code_the_list_and_the_page():
    sources = [TREE / "src" / "upwell" / name for name in ("variables.py", "settings.py")]
    code = {f"UPWELL_{name}" for path in sources for name in ASKED_FOR.findall(path.read_text())}
    page = re.findall(
        r"^\| `(UPWELL_\w+)`", (TREE / "docs" / "operating.md").read_text(), re.MULTILINE
    )

    assert sorted(code) == list(environment.NAMES)
    assert sorted(page) == sorted({*environment.NAMES, "UPWELL_ENV_FILE"})


def test_the_unit_starts_a_command_there_is_under_a_user_of_its_own():
    unit = (TREE / "deploy" / "upwell.service").read_text()

    assert "ExecStart=/opt/upwell/bin/upwell serve" in unit
    for line in ("User=upwell", "NoNewPrivileges=true", "ProtectSystem=strict", "UMask=0077"):
        assert f"\n{line}\n" in unit


def test_the_shipped_settings_pass_the_deployment_check(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("UPWELL_")}
    variables = {
        "UPWELL_ENV_FILE": "",
        "UPWELL_SECRET_KEY": "k3yWithEnoughRandomCharacters-0123456789-abcdefghijklmnop",
        "UPWELL_URL": "https://mentoring.example.com",
        "UPWELL_PROXY_COUNT": "1",
        "UPWELL_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "upwell.settings",
    }
    command = [sys.executable, "-m", "upwell", "check", "--deploy", "--fail-level", "WARNING"]

    done = subprocess.run(
        command, env=kept | variables, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
