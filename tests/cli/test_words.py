"""The terminal in the language of the machine."""

import os
import subprocess
import sys

import pytest

from upwell.cli.words import number


def upwell(*words, folder, language):
    command = [sys.executable, "-m", "upwell", *words]
    environment = os.environ | {"LANGUAGE": language}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "upwell match: Es gibt keine Datei none.csv."),
        ("en", "upwell match: There is no file none.csv."),
        ("fi", "upwell match: There is no file none.csv."),
    ],
)
def test_refusals_are_in_the_language_of_the_machine(tmp_path, language, sentence):
    done = upwell("match", "none.csv", folder=tmp_path, language=language)

    assert done.returncode == 2
    assert sentence in done.stderr


def test_a_policy_and_argparse_speak_german(tmp_path):
    policy = upwell("policy", "--example", folder=tmp_path, language="de")
    (tmp_path / "policy.toml").write_text(policy.stdout, "utf-8")

    assert policy.stdout.startswith("# Das Regelwerk eines Programms")
    assert upwell("policy", "policy.toml", folder=tmp_path, language="en").returncode == 0
    assert upwell("policy", "--none", folder=tmp_path, language="de").stderr.startswith("Aufruf: ")


def test_numbers_have_the_signs_of_the_language():
    assert (number(1234), number(1234.5), number(0.251, 2)) == ("1,234", "1,234.5", "0.25")
