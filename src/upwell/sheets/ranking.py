"""Whom people rank in a cell of their own: "A12; B7 = C3; D9", equals joined by "="."""

import re
from collections.abc import Callable, Iterator, Sequence

from upwell.sheets.limits import ITEMS
from upwell.sheets.topics import BETWEEN, UnreadableError

EQUALS = (re.compile(r"\s=\s"), re.compile("="))
Tiers = tuple[tuple[str, ...], ...]
Known = Callable[[str], bool]


def read_tiers(value: str, is_known: Known) -> Tiers:
    """The names in order, those equally welcome together.

    What is known as a whole is not parted: an ID may have a comma or "=" in it.
    """
    tiers = tuple(tier for item in BETWEEN.split(value) for tier in tiers_in(item, is_known))
    if sum(map(len, tiers)) > ITEMS:
        raise UnreadableError("too_many_items")
    return tiers


def tiers_in(item: str, is_known: Known) -> Iterator[tuple[str, ...]]:
    """What stands between two semicolons: one tier, or several with commas between."""
    whole = tuple(equals(item, EQUALS, is_known))
    if all(map(is_known, whole)):
        yield from [whole] if whole else []
        return
    for part in item.split(","):
        if tier := tuple(equals(part, EQUALS, is_known)):
            yield tier


def equals(text: str, separators: Sequence[re.Pattern[str]], is_known: Known) -> Iterator[str]:
    """The names of a tier, parted by the first separator first; nothing blank."""
    name = text.strip()
    if not separators or is_known(name):
        yield from [name] if name else []
        return
    for part in separators[0].split(name):
        yield from equals(part, separators[1:], is_known)


def written(tiers: Tiers) -> str:
    """As ``read_tiers`` reads it."""
    return "; ".join(" = ".join(tier) for tier in tiers)
