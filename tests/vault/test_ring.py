"""Master keys as they stand in files and variables."""

import os
from datetime import date

import pytest

from upwell.vault import files, ring
from upwell.vault.errors import MasterKeyError

KEY = "A" * 43 + "="


def test_a_file_is_read_again_when_it_changes(tmp_path):
    path = tmp_path / "master.keys"
    keys = [ring.make(date(2026, 1, number)) for number in (1, 2)]
    files.write_whole(path, ring.text_of(keys[:1]))
    before = ring.read_file(path)

    files.write_whole(path, ring.text_of(keys))

    assert (before, ring.read_file(path)) == (tuple(keys[:1]), tuple(keys))
    assert keys[0].name.startswith("2026-01-01-")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n",
        "a:short",
        f"A B:{KEY}",
        f"a:{KEY}\na:{KEY}",
        f"{KEY}",
        "a:\u00e9",
        f"a{KEY}",
    ],
)
def test_what_is_no_key_is_refused_and_not_quoted(tmp_path, text):
    path = tmp_path / "master.keys"
    path.write_text(text)

    with pytest.raises(MasterKeyError) as refused:
        ring.read_file(path)

    assert str(path) in str(refused.value)
    assert "short" not in str(refused.value) and KEY not in str(refused.value)


def test_a_file_that_is_no_text_or_cannot_be_read_is_told(tmp_path):
    path = tmp_path / "master.keys"
    path.write_bytes(b"\xff\xfe")

    with pytest.raises(MasterKeyError, match="no text"):
        ring.read_file(path)
    with pytest.raises(MasterKeyError, match="cannot be read"):
        ring.read_file(path / "below")


def test_a_key_shows_its_fingerprint_and_not_itself():
    (key,) = ring.parse([f"one:{KEY}"], "here")

    assert repr(key) == "Secret(name='one')"
    assert len(key.fingerprint) == 19
    assert key.fingerprint != ring.make(date(2026, 1, 1)).fingerprint


def test_a_file_that_is_there_is_never_written_over(tmp_path):
    path = tmp_path / "new" / "master.keys"

    assert files.write_new(path, "first")
    assert not files.write_new(path, "second")
    assert not ring.create_file(path, date(2026, 1, 1))
    assert path.read_text() == "first"
    assert [found.name for found in path.parent.iterdir()] == ["master.keys"]


def test_a_write_that_fails_leaves_the_file_and_no_rest(tmp_path, monkeypatch):
    path = tmp_path / "master.keys"
    files.write_whole(path, "first")

    def fail(*arguments):
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="full"):
        files.write_whole(path, "second")

    assert path.read_text() == "first"
    assert [found.name for found in tmp_path.iterdir()] == ["master.keys"]
