import os
import subprocess
import sys

import pytest

import upwell
from upwell.cli.main import OWN_WORDS, main


def test_version_is_printed(capsys):
    status = main(["--version"])

    assert (status, capsys.readouterr().out) == (0, f"upwell {upwell.__version__}\n")


@pytest.mark.parametrize("words", [[], ["help"], ["--help"]])
def test_help_lists_every_word(words, capsys):
    status = main(words)

    told = capsys.readouterr().out
    listed = [line.split()[0] for line in told.splitlines() if line.startswith("  ")]
    assert (status, listed) == (0, list(OWN_WORDS))


@pytest.mark.parametrize("word", OWN_WORDS)
def test_every_word_has_its_own_help(word, capsys):
    with pytest.raises(SystemExit) as end:
        main([word, "--help"])

    assert end.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: upwell {word}")


def test_a_word_mistyped_is_told_what_was_meant(capsys):
    status = main(["mach"])

    assert (status, capsys.readouterr().err) == (
        2,
        "upwell: there is no mach. Did you mean match?\n",
    )


def test_other_words_go_to_django_and_a_wrong_setting_is_one_line():
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("UPWELL_", "DJANGO_"))
    }
    command = [sys.executable, "-m", "upwell", "check"]

    refused = subprocess.run(command, env=kept, capture_output=True, text=True, check=False)
    passed = subprocess.run(
        command, env=kept | {"UPWELL_DEBUG": "true"}, capture_output=True, text=True, check=False
    )

    assert (refused.returncode, refused.stderr) == (1, "upwell: Set UPWELL_SECRET_KEY.\n")
    assert (passed.returncode, passed.stderr) == (0, "")


def test_matching_never_loads_django(tmp_path):
    words = "upwell.cli.match, upwell.cli.repair, upwell.cli.verify"
    code = f"import sys, {words}; print('django' in sys.modules)"

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout == "False\n"
