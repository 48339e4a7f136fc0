"""What docs/operating.md says is what the code does."""

import re
from pathlib import Path

from upwell import environment

TREE = Path(__file__).parents[1]
ASKED_FOR = re.compile(r"env(?:_bool|_count|_zone|_language)?\(\s*\"([A-Z_]+)\"")


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
