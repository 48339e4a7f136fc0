import argparse
import sys

import pytest

from upwell.cli import answers, init
from upwell.cli.site import RefusedError


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\x89PNG\r\n\x1a\n", "logo.png"),
        (b"\xff\xd8\xff\xe0", "logo.jpg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "logo.webp"),
    ],
)
def test_a_logo_is_taken_by_its_content_whatever_it_is_called(tmp_path, content, name):
    picture = tmp_path / "picture.svg"
    picture.write_bytes(content + bytes(20))

    taken = answers.take_logo(picture, tmp_path)

    assert taken == name
    assert (tmp_path / name).read_bytes() == picture.read_bytes()


@pytest.mark.parametrize(
    "content", [b"<svg onload='alert(1)'></svg>", b"\x89PNG\r\n\x1a\n" + bytes(513 * 1024), b""]
)
def test_what_is_no_picture_or_too_large_is_refused(tmp_path, content):
    picture = tmp_path / "logo.png"
    picture.write_bytes(content)
    data = tmp_path / "data"
    data.mkdir()

    with pytest.raises(RefusedError, match=r"logo\.png"):
        answers.take_logo(picture, data)

    assert list(data.iterdir()) == []


def test_a_private_file_that_fails_leaves_nothing(tmp_path):
    path = tmp_path / "upwell.env"

    with pytest.raises(OSError, match="full"), answers.private_file(path, {"UPWELL_URL": "x"}):
        raise OSError("full")

    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def says(monkeypatch):
    """A person at a terminal who says these things, one after the other."""

    def prepare(*lines):
        left = iter(lines)
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        monkeypatch.setattr("builtins.input", lambda question: next(left))
        return left

    return prepare


def test_a_wrong_answer_is_asked_for_again_and_the_others_are_kept(says, tmp_path, capsys):
    asked = init.parser().parse_args(["--file", str(tmp_path / "upwell.env"), "--name", "Fern"])
    left = says("mentoring.example.com", "https://mentoring.example.com", "mail", "", "", "")

    found = answers.gather(asked, {})

    assert (found["UPWELL_ORGANIZATION"], found["UPWELL_URL"]) == (
        "Fern",
        "https://mentoring.example.com",
    )
    assert "UPWELL_MAIL_URL" not in found
    assert list(left) == []
    told = capsys.readouterr().out
    assert "It looks like https://mentoring.example.com" in told
    assert "It looks like smtp://user:password@host:587" in told


def test_the_first_person_is_asked_for_an_address_that_is_one(says, capsys):
    asked = argparse.Namespace(yes=False, admin_email=None, admin_name=None)
    says("Ann", "Ann@Example.com", "")

    assert answers.first_person(asked) == ("ann", "ann@example.com")
    assert "you@example.com" in capsys.readouterr().out


def test_a_link_is_for_an_installation_that_is_there(tmp_path, monkeypatch):
    monkeypatch.delenv("UPWELL_ENV_FILE", raising=False)
    monkeypatch.chdir(tmp_path)
    asked = init.parser().parse_args(["--link"])

    with pytest.raises(RefusedError, match=r"upwell\.env"):
        init.place(asked)

    (tmp_path / "upwell.env").write_text("")
    assert init.place(asked) == tmp_path / "upwell.env"
