import io
import zipfile

import pytest

from tests.sheets.books import ROWS, make_ods, make_xlsx, make_zip
from upwell.sheets import SheetError, zips
from upwell.sheets.zips import kind_of_zip


@pytest.mark.parametrize(
    ("content", "kind"), [(make_xlsx({"A": ROWS}), "xlsx"), (make_ods(ROWS), "ods")]
)
def test_workbook_is_told_by_what_is_inside(make_file, content, kind):
    assert kind_of_zip(make_file(content)) == kind


def refusal(make_file, content):
    with pytest.raises(SheetError) as caught:
        kind_of_zip(make_file(content))
    return caught.value.message


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["word/document.xml"], "a text document"),
        (["ppt/presentation.xml"], "a presentation"),
        (["xl/workbook.bin"], "a binary workbook (.xlsb)"),
        (["META-INF/MANIFEST.MF"], "a program"),
        (["photo.jpg"], "a packed folder (ZIP)"),
        (["mimetype", "content.xml"], "another kind of document"),
    ],
)
def test_other_packed_file_is_named(make_file, names, kind):
    said = refusal(make_file, make_zip(dict.fromkeys(names, "x")))

    assert (said.code, dict(said.params)) == ("wrong_kind", {"kind": kind})


def test_file_that_unpacks_to_much_more_is_refused(make_file):
    assert refusal(make_file, make_zip({"a": b"0" * 30_000_000})).code == "zip_bomb"


def test_file_that_unpacks_to_too_much_is_refused(make_file, monkeypatch):
    monkeypatch.setattr(zips, "UNPACKED", 10)

    assert refusal(make_file, make_zip({"a": "0" * 100})).code == "unpacked_too_large"


def test_file_of_too_many_parts_is_refused(make_file):
    content = make_zip({f"x{at}": "" for at in range(2_001)})

    assert refusal(make_file, content).code == "too_many_entries"


def test_file_under_a_password_is_refused(make_file):
    content = bytearray(make_zip({"xl/workbook.xml": "x"}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        at = archive.start_dir
    content[at + 8] |= 1

    assert refusal(make_file, bytes(content)).code == "encrypted"


def test_file_cut_short_is_refused(make_file):
    assert refusal(make_file, make_zip({"a": "b"})[:-10]).code == "cut_workbook"
