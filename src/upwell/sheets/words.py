"""Spellings made comparable: case, diacritics, camelCase and punctuation do not count."""

import re
import unicodedata
from functools import lru_cache

HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
GAP = re.compile(r"[\W_]+")
LETTERS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ı": "i"})
LONGEST = 200


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
