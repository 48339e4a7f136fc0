"""Levels in order, lowest first: a guess from what their names say, for a person to correct."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from upwell.sheets.messages import listed, refuse
from upwell.sheets.wordlists import sections
from upwell.sheets.words import bare, key, squeezed, words

SHIFTS = {"senior": 2.5, "sr": 2.5, "associate": -3, "assistant": -3, "deputy": -2, "junior": -4}
SHIFTS |= {"jr": -4, "executive": 4, "group": 1, "global": 1.5, "regional": 0.5, "vice": -2}
SHIFTS |= {"stellvertretender": -2, "adjoint": -2, "avp": 0, "first": 0.5, "non": -0.5}
ALONE = {"avp": 72.0, "md": 77.0, "ed": 69.0}
RANKS = {words(name): float(rank) for rank, names in sections("levels").items() for name in names}
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
NUMBERED = re.compile(r"(\D*)(\d{1,4})(?:[.,]0+)?(?!\d)(.{0,40})")
LETTERED = re.compile(r"(?:(band|grade|level|stufe|tier|class) ?)?([a-z])", re.IGNORECASE)


@dataclass(frozen=True)
class LevelOrder:
    """``names`` lowest first; ``unplaced`` could not be ranked, ``unused`` nobody has."""

    names: tuple[str, ...]
    guessed: bool
    unplaced: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()

    def by_key(self) -> dict[str, str]:
        return {key_of(name): name for name in self.names}


def put_in_order(found: Iterable[str], wished: Sequence[str] | None) -> LevelOrder:
    """The levels that stand in the data, by the wish if there is one, else by their names.

    The wish may name levels that nobody has today. Raises SheetError where it leaves one out.
    """
    names = list({key_of(name): name for name in reversed(list(found))}.values())[::-1]
    if wished:
        return as_wished(names, list(wished))
    ranks = by_number(names) or by_letter(names) or {name: rank_of(name) for name in names}
    known = [rank for rank in ranks.values() if rank is not None]
    middle = sorted(known)[len(known) // 2] if known else 0.0
    place = {name: middle if rank is None else rank for name, rank in ranks.items()}
    unplaced = tuple(sorted(name for name, rank in ranks.items() if rank is None))
    return LevelOrder(tuple(sorted(names, key=lambda n: (place[n], n))), bool(names), unplaced)


def as_wished(names: list[str], wished: list[str]) -> LevelOrder:
    known, present = {key_of(name) for name in wished}, {key_of(name) for name in names}
    if len(known) != len(wished):
        raise refuse("level_twice", levels=listed(wished, 40))
    if missing := [name for name in names if key_of(name) not in known]:
        raise refuse("level_missing", levels=listed(missing, 40))
    unused = tuple(name for name in wished if key_of(name) not in present)
    return LevelOrder(tuple(bare(name) for name in wished), guessed=False, unused=unused)


def by_number(names: list[str]) -> dict[str, float | None] | None:
    """Ranks where all names are one word with different numbers, as in "Grade 7" or "L3"."""
    matches = [NUMBERED.fullmatch(squeezed(name)) for name in names]
    found = [match for match in matches if match]
    if len(found) < len(names) or len({key(match[1]) for match in found}) > 1:
        return None
    return {name: float(match[2]) for name, match in zip(names, found, strict=True)}


def by_letter(names: list[str]) -> dict[str, float | None] | None:
    matches = [LETTERED.fullmatch(squeezed(name)) for name in names]
    found = [match for match in matches if match]
    if len(found) < len(names):
        return None
    return {name: float(ord(match[2].lower())) for name, match in zip(names, found, strict=True)}


def rank_of(name: str) -> float | None:
    """Where on the ladder a name stands, or None if none of its words is on it."""
    found = words(re.sub(r"\d+", " ", name))
    if found in RANKS:
        rank = RANKS[found]
    else:
        spans = {
            found[i:j] for i in range(len(found)) for j in range(i + 1, min(i + 4, len(found) + 1))
        }
        ranked = {span: RANKS[span] for span in spans if span in RANKS}
        ranked |= {(word,): rank for word, rank in ALONE.items() if word in found}
        rank = heart(found, ranked)
    return None if rank < 0 else rank + step(name)


def heart(found: tuple[str, ...], ranked: dict[tuple[str, ...], float]) -> float:
    """The greatest word that is more than a shade of another, with the shades added."""
    solid = {span: rank for span, rank in ranked.items() if len(span) > 1 or span[0] not in SHIFTS}
    if not solid:
        last = [word for word in found if (word,) in ranked][-1:]
        return sum(ranked[(word,)] for word in last) + shades(found, set(last)) if last else -1.0
    main = max(solid, key=lambda span: (solid[span], len(span)))
    return solid[main] + shades(found, set(main))


def shades(found: tuple[str, ...], but: set[str]) -> float:
    return sum(SHIFTS.get(word, 0.0) for word in found if word not in but)


def step(name: str) -> float:
    """ "Engineer II" stands a little above "Engineer"."""
    digits = re.findall(r"\d+", name)
    last = words(name)[-1:]
    roman = ROMAN.get(last[0], 0) if last and len(words(name)) > 1 else 0
    return min(int(digits[0][:3]), 20) / 100 if digits else roman / 100


def key_of(name: str) -> str:
    """What two spellings of one level have in common; a name of symbols is its own key."""
    return key(name) or name.strip()
