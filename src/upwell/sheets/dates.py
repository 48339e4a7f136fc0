"""Dates in the wild: the order of day and month is found over a whole column."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from upwell.sheets.wordlists import sections
from upwell.sheets.words import key, squeezed

NUMBERS = re.compile(r"(\d{1,4}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{1,4})\.?(?:[T ]+\d{1,2}:\d\d.*)?")
COMPACT = re.compile(r"((?:19|20|29|99)\d\d)(\d\d)(\d\d)")
SERIAL = re.compile(r"\d{5,7}(?:\.0*)?")
NAMED = re.compile(r"(?:\w+,? )?(?:(\d{1,2})\.?(?:[snrt][tdh])?[ -]+([^\W\d]{3,10})|([^\W\d]{3,10})\.?[ -]+(\d{1,2})(?:[snrt][tdh])?),?\.?[ -]+(\d{4}|\d\d)(?:[T ]+\d{1,2}:\d\d.*)?")  # fmt: skip  # noqa: E501 -- one pattern
MONTHS = {name: int(month) for month, names in sections("months").items() for name in names}
EPOCH = date(1899, 12, 30)
NEVER = 2900
LAST_SERIAL = 2_958_465
PIVOT = 70


class ImpossibleError(ValueError):
    """Not a date that a calendar has."""


def order_of(values: Iterable[str]) -> tuple[str, bool]:
    """ "mdy", "dmy", "ymd" or "" where no value needs an order; and whether it is a guess."""
    seen: Counter[str] = Counter()
    for value in values:
        seen.update(hints(value))
    if not seen:
        return "", False
    if seen["mdy"] != seen["dmy"]:
        return ("mdy" if seen["mdy"] > seen["dmy"] else "dmy"), False
    if not seen["slash"] and not seen["other"]:
        return "ymd", False
    return ("mdy" if seen["slash"] > seen["other"] else "dmy"), True


def hints(value: str) -> list[str]:
    """What one value says of the order of its column."""
    found = NUMBERS.fullmatch(squeezed(value))
    if not found:
        return []
    first, second = found[1], int(found[2])
    if len(first) == 4:
        return ["ymd"]
    if int(first) > 12 >= second:
        return ["dmy"]
    if second > 12 >= int(first):
        return ["mdy"]
    return ["slash" if "/" in value else "other"]


def read_date(value: str, order: str) -> date | None:
    """The date; None for "no date" (blank, or a year so far off that it means never).

    Raises ImpossibleError.
    """
    value = squeezed(value)
    if not value or not value.strip("0-/. "):
        return None
    year, month, day = parts(value, order)
    if year >= NEVER:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        raise ImpossibleError(value) from None


def parts(value: str, order: str) -> tuple[int, int, int]:
    if found := NUMBERS.fullmatch(value):
        return numeric((found[1], found[2], found[3]), order)
    if found := COMPACT.fullmatch(value):
        return int(found[1]), int(found[2]), int(found[3])
    if found := NAMED.fullmatch(value):
        month = month_of(found[2] or found[3])
        return full_year(found[5]), month, int(found[1] or found[4])
    if SERIAL.fullmatch(value) and float(value) <= LAST_SERIAL:
        day = EPOCH + timedelta(days=int(float(value)))
        return day.year, day.month, day.day
    raise ImpossibleError(value)


def numeric(found: tuple[str, str, str], order: str) -> tuple[int, int, int]:
    first, second, third = found
    if len(first) > 2 or order == "ymd":
        return full_year(first), int(second), int(third)
    if order == "mdy":
        return full_year(third), int(first), int(second)
    return full_year(third), int(second), int(first)


def full_year(digits: str) -> int:
    if len(digits) > 2:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= PIVOT else 2000)


def month_of(name: str) -> int:
    word = key(name)
    for length in (5, 4, 3):
        if number := MONTHS.get(word[:length]):
            return number
    raise ImpossibleError(name)
