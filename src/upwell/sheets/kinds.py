"""What a file is, told by its bytes and never by its name."""

from pathlib import Path
from typing import Literal

from upwell.sheets.messages import refuse
from upwell.sheets.texts import gettext_noop as _
from upwell.sheets.zips import kind_of_zip

Kind = Literal["text", "xlsx", "ods"]
HEAD = 4096
TAIL = 1_000_000
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
BINARY = (
    (b"%PDF", _("a PDF document")),
    (b"\x89PNG", _("an image")),
    (b"\xff\xd8\xff", _("an image")),
    (b"GIF8", _("an image")),
    (b"II*\0", _("an image")),
    (b"MM\0*", _("an image")),
    (b"BM", _("an image")),
    (b"\x1f\x8b", _("a packed file")),
    (b"7z\xbc\xaf\x27\x1c", _("a packed file")),
    (b"Rar!", _("a packed file")),
    (b"BZh", _("a packed file")),
    (b"\xfd7zXZ", _("a packed file")),
    (b"SQLite format 3\0", _("a database")),
    (b"PAR1", _("a Parquet file")),
    (b"\x7fELF", _("a program")),
    (b"MZ\x90", _("a program")),
)
MARKUP = (
    (b"{\\rtf", _("a text document (RTF)")),
    (b"<!doctype html", _("a web page (HTML)")),
    (b"<html", _("a web page (HTML)")),
    (b"<table", _("a web page (HTML)")),
    (b"<?xml", _("an XML file")),
    (b"<svg", _("an image")),
    (b'{"', _("a JSON file")),
    (b"[{", _("a JSON file")),
    (b"begin:vcard", _("a file of contacts")),
    (b"begin:vcalendar", _("a calendar")),
)
SPACE = b"\xef\xbb\xbf \t\r\n"


def kind_of(path: Path) -> Kind:
    """Raises SheetError, naming what the file is, where it is no table."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(b"PK"):
        return kind_of_zip(path)
    if head.startswith(OLD_OFFICE):
        raise refuse("encrypted" if is_encrypted(path) else "old_excel")
    refuse_other(head)
    return "text"


def is_encrypted(path: Path) -> bool:
    """A protected workbook is wrapped in the container of old Office files."""
    with path.open("rb") as file:
        start = file.read(TAIL)
        file.seek(max(0, path.stat().st_size - TAIL))
        return ENCRYPTED in start or ENCRYPTED in file.read(TAIL)


def refuse_other(head: bytes) -> None:
    for start, kind in BINARY:
        if head.startswith(start) and (len(start) > 2 or not is_texty(head)):
            raise refuse("wrong_kind", kind=kind)
    plain = head.lstrip(SPACE).lower()
    squeezed = b"".join(plain[:200].split())
    for start, kind in MARKUP:
        if plain.startswith(start) or (start[0] in b"{[" and squeezed.startswith(start)):
            raise refuse("wrong_kind", kind=kind)
    if not is_texty(head):
        raise refuse("binary")


def is_texty(head: bytes) -> bool:
    """Few control characters; the zeros of UTF-16 and UTF-32 do not count."""
    odd = sum(byte < 32 and byte not in b"\0\t\n\r\f\x1a\x1b" for byte in head)
    zeros = head.count(0)
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff") or head.startswith(b"\0\0\xfe\xff")
    sides = head[::2].count(0), head[1::2].count(0)
    spread = zeros > 8 and not wide and min(sides) * 4 > max(sides)
    return odd * 20 <= len(head) and not spread
