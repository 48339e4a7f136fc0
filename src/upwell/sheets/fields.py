"""The fields a column can be mapped to, and the headers they have in the wild."""

from upwell.sheets.wordlists import sections
from upwell.sheets.words import key, words

SPELLINGS = sections("headers")
FIELDS = tuple(SPELLINGS)
PARTS = sections("parts")
LEADING = frozenset(PARTS["leading"])
TRAILING = frozenset(PARTS["trailing"])
NOISE = 1000
PRIVATE = frozenset(PARTS["private"])
BY_KEY = {
    key(spelling): (field, rank)
    for field, spellings in reversed(SPELLINGS.items())
    for rank, spelling in enumerate(spellings)
}


def field_of(header: str) -> tuple[str, int] | None:
    """The field that a header names and how good a spelling it is (0 the best), or None."""
    if PRIVATE & set(words(header)):
        return None
    if found := BY_KEY.get(key(header)):
        return found
    core = list(words(header))
    while len(core) > 1 and core[0] in LEADING:
        core = core[1:]
    while len(core) > 1 and core[-1] in TRAILING and "".join(core) not in BY_KEY:
        core = core[:-1]
    found = BY_KEY.get("".join(core))
    return (found[0], found[1] + NOISE) if found else None
