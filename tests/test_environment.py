import shlex
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upwell import environment
from upwell.environment import EnvironmentFileError


def test_a_file_is_read_and_the_process_wins(tmp_path):
    path = tmp_path / "upwell.env"
    path.write_text(
        "# a comment\n\nUPWELL_URL=https://a.example\nUPWELL_ORGANIZATION='A & B'\n", "utf-8"
    )
    process = {"UPWELL_ENV_FILE": str(path), "UPWELL_URL": "https://b.example", "HOME": "/root"}

    found = environment.variables(process)

    assert found == {
        "UPWELL_ENV_FILE": str(path),
        "UPWELL_URL": "https://b.example",
        "UPWELL_ORGANIZATION": "A & B",
    }


def test_an_empty_name_of_the_file_means_none(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "upwell.env").write_text("UPWELL_URL=https://a.example\n")

    assert environment.variables({}) == {"UPWELL_URL": "https://a.example"}
    assert environment.variables({"UPWELL_ENV_FILE": ""}) == {"UPWELL_ENV_FILE": ""}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("UPWELL_URL", "NAME=value"),
        ("export UPWELL_URL=x", "NAME=value"),
        ("UPWELL_URI=x", "UPWELL_URI is not a variable of Upwell"),
        ("UPWELL_URL='x", "quotes"),
        ('UPWELL_URL="x"y"', "quotes"),
        ("UPWELL_DEBUG=false", "given twice"),
    ],
)
def test_a_wrong_line_is_refused_with_its_number(tmp_path, line, reason):
    path = tmp_path / "upwell.env"
    path.write_text(f"UPWELL_DEBUG=false\n\n{line}\n")

    with pytest.raises(EnvironmentFileError, match=f"upwell.env, line 3: .*{reason}"):
        environment.read(path)


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, content):
    path = tmp_path / "upwell.env"
    if content:
        path.write_bytes(content)

    with pytest.raises(EnvironmentFileError, match=r"upwell\.env cannot be read"):
        environment.read(path)


@given(st.text(min_size=1))
def test_a_written_line_is_read_as_it_was_meant_also_by_a_shell(value):
    try:
        line = environment.write_line("UPWELL_ORGANIZATION", value)
    except ValueError:
        return

    assert environment.parse(line) == ("UPWELL_ORGANIZATION", value)
    assert shlex.split(line) == [f"UPWELL_ORGANIZATION={value}"]


def test_a_shell_reads_dollars_and_quotes_as_they_stand(tmp_path):
    path = tmp_path / "upwell.env"
    path.write_text(environment.write_line("UPWELL_ORGANIZATION", '$HOME `id` "quoted"') + "\n")

    read = subprocess.run(
        ["sh", "-c", f'. {path}; printf %s "$UPWELL_ORGANIZATION"'],
        capture_output=True,
        text=True,
        check=True,
    )

    assert read.stdout == '$HOME `id` "quoted"'
