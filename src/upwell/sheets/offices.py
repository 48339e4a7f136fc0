"""Where an office lies, told by its name where the name allows it."""

import re
from zoneinfo import ZoneInfo

from upwell.sheets.mapping import Place
from upwell.sheets.wordlists import sections
from upwell.sheets.words import key, words

PART = re.compile(r"[,;/|()\[\]–—:]|\s-\s|-(?=[A-Z])")
ZONE = re.compile(r"[A-Za-z0-9_+-]{1,30}(?:/[A-Za-z0-9_+-]{1,30}){0,2}")
SHORT = 4


PLACES = {
    key(city): Place(*title.split(", "))
    for title, cities in reversed(sections("cities").items())
    for city in cities
}


def place_of(office: str) -> Place:
    """Zone and region of an office; both "" where its name says nothing known."""
    return PLACES.get(key(office)) or by_parts(office) or by_words(office) or Place()


def by_parts(office: str) -> Place | None:
    """ "London - Canary Wharf" and "New York, NY": the first part that is a city."""
    parts = (key(part) for part in PART.split(office[:200]))
    return next((PLACES[part] for part in parts if part in PLACES), None)


def by_words(office: str) -> Place | None:
    """ "Office Berlin", "HQ San Jose": a city among the words, longer names first."""
    found = words(office)
    for length in (3, 2, 1):
        for start in range(len(found) - length + 1):
            name = "".join(found[start : start + length])
            if len(name) >= SHORT and name in PLACES:
                return PLACES[name]
    return None


def is_zone(name: str) -> bool:
    """Whether the IANA database has a zone of this name."""
    if not ZONE.fullmatch(name):
        return False
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True
