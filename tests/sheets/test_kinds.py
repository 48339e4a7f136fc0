import pytest

from tests.sheets.books import ROWS, make_xlsx
from upwell.sheets import SheetError
from upwell.sheets.kinds import OLD_OFFICE, kind_of


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (make_xlsx({"A": ROWS}), "xlsx"),
        (b"ID,Name\n1,Ann\n", "text"),
        ("ID,Name\n1,Ann\n".encode("utf-16"), "text"),
        ("ID,Name\n1,Ann\n".encode("utf-16-le"), "text"),
        ("ID,Name\n1,Ann\n".encode("utf-32"), "text"),
        (b"BMW ID,Name\n", "text"),
        ("ID,Имя\n1,Лев\n".encode("cp1251"), "text"),
    ],
)
def test_kind_is_told_by_the_bytes(make_file, content, kind):
    assert kind_of(make_file(content)) == kind


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"BM" + bytes(60), "an image"),
        (b"\x1f\x8b\x08", "a packed file"),
        (b"SQLite format 3\0", "a database"),
        (b"\xef\xbb\xbf <!DOCTYPE html>", "a web page (HTML)"),
        (b"<?xml version='1.0'?>", "an XML file"),
        (b'[\n  {"id": 1}]', "a JSON file"),
        (OLD_OFFICE + bytes(600), "an old Excel file"),
        (OLD_OFFICE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
        (bytes(range(256)) * 8, "binary data"),
    ],
)
def test_what_is_no_table_is_named(make_file, content, named):
    with pytest.raises(SheetError, match=named.replace("(", r"\(").replace(")", r"\)")):
        kind_of(make_file(content))
