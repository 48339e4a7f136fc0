"""Where an office lies, told by its name where the name allows it."""

import re
from zoneinfo import ZoneInfo

from upwell.sheets.cities import CITIES, region_of
from upwell.sheets.mapping import Place
from upwell.sheets.words import key, words

ENTRY = re.compile(r"([^,()]+)(?:\(([^)]*)\))?,?")
PART = re.compile(r"[,;/|()\[\]–—:]|\s-\s|-(?=[A-Z])")
ZONE = re.compile(r"[A-Za-z0-9_+-]{1,30}(?:/[A-Za-z0-9_+-]{1,30}){0,2}")
SHORT = 4


def zones_by_city() -> dict[str, str]:
    found: dict[str, str] = {}
    for zone, cities in CITIES.items():
        for name, others in ENTRY.findall(cities):
            for spelling in (name, *filter(None, others.split(","))):
                found.setdefault(key(spelling), zone)
    return found


ZONES = zones_by_city()


def place_of(office: str) -> Place:
    """Zone and region of an office; both "" where its name says nothing known."""
    zone = ZONES.get(key(office)) or by_parts(office) or by_words(office)
    return Place(zone, region_of(zone)) if zone else Place()


def by_parts(office: str) -> str:
    """ "London - Canary Wharf" and "New York, NY": the first part that is a city."""
    parts = (key(part) for part in PART.split(office[:200]))
    return next((ZONES[part] for part in parts if part in ZONES), "")


def by_words(office: str) -> str:
    """ "Office Berlin", "HQ San Jose": a city among the words, longer names first."""
    found = words(office)
    for length in (3, 2, 1):
        for start in range(len(found) - length + 1):
            name = "".join(found[start : start + length])
            if len(name) >= SHORT and name in ZONES:
                return ZONES[name]
    return ""


def is_zone(name: str) -> bool:
    """Whether the IANA database has a zone of this name."""
    if not ZONE.fullmatch(name):
        return False
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True
