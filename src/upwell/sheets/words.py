"""Spellings made comparable: case, diacritics, camelCase and punctuation do not count."""

import re
import unicodedata
from functools import lru_cache

HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
GAP = re.compile(r"[\W_]+")
LETTERS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ı": "i"})
LONGEST = 200
TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
BLANKS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs that show nothing."""
TRIED = 300  # characters; more than any date, time or address has


def bare(text: str, but: str = "") -> str:
    """The text with a space for each control character ``but`` some, and none at its ends."""
    if not text.isprintable():
        text = "".join(" " if is_control(mark) and mark not in but else mark for mark in text)
    return text.strip()


def is_control(mark: str) -> bool:
    """Control characters, ends of lines and marks that turn the direction of what follows."""
    return unicodedata.category(mark) in ("Cc", "Zl", "Zp") or mark in TURNS


def is_visible(text: str) -> bool:
    """Whether anything can be seen of it: a letter, a digit or a sign."""
    return any(unicodedata.category(mark)[0] in "LNPS" and mark not in BLANKS for mark in text)


def squeezed(text: str) -> str:
    """The text without superfluous space, cut to a length that any pattern may be tried on."""
    return " ".join(text.split())[:TRIED]


def is_email(text: str) -> bool:
    return len(text) <= TRIED and bool(EMAIL.fullmatch(text))


def plain(text: str) -> str:
    """Lower case, without diacritics."""
    parts = unicodedata.normalize("NFKD", text[:LONGEST])
    return "".join(mark for mark in parts if not unicodedata.combining(mark)).casefold()


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """``EmployeeID`` and ``employee_id`` both give ``("employee", "id")``."""
    spaced = HUMP.sub(" ", text[:LONGEST])
    return tuple(GAP.sub(" ", plain(spaced).translate(LETTERS)).split())


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """The words without the gaps between them: ``Job title`` and ``JobTitle`` are one."""
    return GAP.sub("", plain(text).translate(LETTERS))
