"""In which encoding a text is written, found in its bytes."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from upwell.sheets.messages import refuse

CHUNK = 1 << 20
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", 4),
    (codecs.BOM_UTF32_BE, "utf-32", 4),
    (codecs.BOM_UTF8, "utf-8-sig", 1),
    (codecs.BOM_UTF16_LE, "utf-16", 2),
    (codecs.BOM_UTF16_BE, "utf-16", 2),
)
GUESSES = (
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1257",
    "cp932",
    "gb18030",
    "big5",
    "euc_kr",
)
ODD_BYTES = 64_000
MOSTLY = 0.98
LATIN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýœßšž’“”–€")


def encoding_of(path: Path) -> str:
    """The name of the codec. Raises SheetError where the text breaks off inside a character."""
    head = head_of(path)
    size = path.stat().st_size
    for mark, name, width in MARKS:
        if head.startswith(mark):
            return whole(name, size, width)
    if wide := without_mark(head):
        return whole(wide, size, 2)
    return narrow(path)


def head_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(64_000)


def whole(name: str, size: int, width: int) -> str:
    if size % width:
        raise refuse("cut_encoding", encoding=name)
    return name


def without_mark(head: bytes) -> str:
    """UTF-16 betrays itself by a zero in every other byte, as long as most of it is Latin."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    enough = len(head) * 0.25
    if odd > enough and even < odd / 8:
        return "utf-16-le"
    return "utf-16-be" if even > enough and odd < even / 8 else ""


def narrow(path: Path) -> str:
    """UTF-8 where it fits, also with some broken characters; else the best guess."""
    good, odd = survey(path)
    if not odd:
        return "utf-8"
    if good and len(odd) < (1 - MOSTLY) * good + 1 and good > 2 * len(odd):
        return "utf-8"
    return guess(odd)


def survey(path: Path) -> tuple[int, bytes]:
    """How many lines hold proper UTF-8 beyond ASCII, and some of the text that is not UTF-8."""
    good, odd = 0, bytearray()
    for piece in pieces(path):
        try:
            good += not piece.isascii() and bool(piece.decode("utf-8"))
        except UnicodeDecodeError:
            odd += piece[: ODD_BYTES - len(odd)]
    return good, bytes(odd)


def pieces(path: Path) -> Iterator[bytes]:
    """Lines, many at a time where they are all ASCII, and never more than a chunk."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            chunk += file.readline(CHUNK)
            if chunk.isascii():
                yield chunk
            else:
                yield from chunk.splitlines(keepends=True)


def guess(odd: bytes) -> str:
    """The single-byte or East Asian encoding that reads best; Western European if in doubt."""
    if reads_as_latin(odd):
        return "cp1252"
    from charset_normalizer import from_bytes  # noqa: PLC0415 -- slow, and seldom needed

    best = from_bytes(odd, cp_isolation=list(GUESSES)).best()
    return best.encoding if best else "latin-1"


def reads_as_latin(odd: bytes) -> bool:
    """Latin text has marks on few of its letters, and on some letters only."""
    try:
        text = odd.decode("cp1252").casefold()
    except UnicodeDecodeError:
        return False
    beyond = [mark for mark in text if mark > "\x7f"]
    letters = sum(mark.isalpha() for mark in text)
    is_plain = len(beyond) <= letters / 2
    return is_plain and sum(mark in LATIN for mark in beyond) > 0.9 * len(beyond)
