from pathlib import Path

import pytest

from upwell.sheets import SheetError, read_people, source


def code_of(path):
    with pytest.raises(SheetError) as caught:
        read_people(path)
    return caught.value.message.code


def test_missing_file_is_named(tmp_path):
    assert code_of(tmp_path / "none.csv") == "not_found"


def test_folder_is_no_file(tmp_path):
    assert code_of(tmp_path) == "not_a_file"


def test_empty_file_is_refused(make_file):
    assert code_of(make_file("")) == "empty"


def test_file_that_is_too_large_is_refused(make_file, monkeypatch):
    monkeypatch.setattr(source, "FILE", 3)

    assert code_of(make_file("ID,Name")) == "file_too_large"


def test_file_that_cannot_be_opened_is_refused(make_file, monkeypatch):
    def forbid(*args, **options):
        raise PermissionError(13, "Permission denied")

    path = make_file("ID,Name\n1,Ann\n")
    monkeypatch.setattr(Path, "open", forbid)

    assert code_of(path) == "not_readable"
