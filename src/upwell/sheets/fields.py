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
NUMBERS = frozenset(PARTS["numbers"])
NAMING = NUMBERS | frozenset(PARTS["addresses"] + PARTS["links"])
MANAGERS = frozenset({"manager", "dotted"})
BY_KEY = {
    key(spelling): (field, rank)
    for field, spellings in reversed(SPELLINGS.items())
    for rank, spelling in enumerate(spellings)
}


def field_of(header: str) -> tuple[str, int] | None:
    """The field that a header names and how good a spelling it is (0 the best), or None."""
    spelled = header.replace("#", " no ")
    if found := BY_KEY.get(key(spelled)):
        return found
    parts = words(spelled)
    return None if PRIVATE & set(parts) else by_core(parts) or manager_by(parts)


def by_core(parts: tuple[str, ...]) -> tuple[str, int] | None:
    """The field of what is left without words that often stand around a name."""
    core = list(parts)
    while len(core) > 1 and core[0] in LEADING:
        core = core[1:]
    while len(core) > 1 and core[-1] in TRAILING and "".join(core) not in BY_KEY:
        core = core[:-1]
    found = BY_KEY.get("".join(core))
    return (found[0], found[1] + NOISE) if found else None


def manager_by(parts: tuple[str, ...]) -> tuple[str, int] | None:
    """A manager's number or address, such as "Führungskraft E-Mail": a better one than a name."""
    found = BY_KEY.get("".join(part for part in parts if part not in NAMING))
    if not found or found[0] not in MANAGERS:
        return None
    return found[0], 0 if NUMBERS & set(parts) else 1
