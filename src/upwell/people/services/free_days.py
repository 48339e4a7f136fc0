"""Days on which nobody meets: public holidays of an office, and the days somebody is away."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources

import holidays
from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from holidays.registry import COUNTRIES

from upwell.people.models import Office, Person

LONGEST = 3 * 366
"""Days that may be asked about at once."""


@dataclass(frozen=True, order=True)
class FreeDay:
    """A day that is free, and why: the name of the holiday in the reader's language."""

    on: date
    name: str
    is_holiday: bool


def free_days(where: Office | Person, first: date, last: date) -> list[FreeDay]:
    """The free days of an office or of somebody, both ends included, in order.

    Of a person the holidays of their office and the days they are away, without a reason: whoever
    may not know when somebody is away asks about the office. Raises ValueError for more than three
    years. One query for a person whose office is at hand, none for an office.
    """
    if (last - first).days > LONGEST:
        raise ValueError("more than three years are asked about")
    if isinstance(where, Office):
        return sorted(public_holidays(where, first, last))
    found = public_holidays(where.office, first, last) if where.office else []
    return sorted([*found, *days_away(where, first, last)])


def public_holidays(office: Office, first: date, last: date) -> list[FreeDay]:
    """None for a country that is not known, or not any more; a part likewise counts for none."""
    if office.country not in known_countries() or first > last:
        return []
    years = range(first.year, last.year + 1)
    part = office.subdivision if office.subdivision in subdivisions(office.country) else ""
    known = calendar(office.country, part, years, language_for(office.country))
    return [FreeDay(on, name, True) for on, name in known.items() if first <= on <= last]


def days_away(person: Person, first: date, last: date) -> list[FreeDay]:
    found = set()
    for span in person.away.filter(ends_on__gte=first, starts_on__lte=last):
        start, end = max(span.starts_on, first), min(span.ends_on, last)
        found |= {start + timedelta(days=day) for day in range((end - start).days + 1)}
    return [FreeDay(on, _("away"), False) for on in found]


def calendar(
    country: str, subdivision: str, years: range, language: str | None
) -> "holidays.HolidayBase":
    return holidays.country_holidays(
        country, subdiv=subdivision or None, years=years, language=language
    )


def language_for(country: str) -> str | None:
    """The reader's language where the holidays have names in it, else English, else their own."""
    spoken = holidays.country_holidays(country).supported_languages
    wanted = ((get_language() or "en").partition("-")[0], "en_US", "en_GB")
    return next((language for language in wanted if language in spoken), None)


def countries() -> dict[str, str]:
    """The countries whose holidays are known by code, in the language and order of the reader."""
    return countries_in(get_language() or "en")


@cache
def countries_in(language: str) -> dict[str, str]:
    names = Locale.parse(language, sep="-").territories
    return dict(sorted(((code, names[code]) for code in known_countries()), key=by_name))


def by_name(named: tuple[str, str]) -> str:
    """An accent or umlaut does not change where a name stands."""
    letters = unicodedata.normalize("NFKD", named[1])
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


@cache
def known_countries() -> frozenset[str]:
    """The codes of the countries whose holidays are known."""
    return frozenset(tuple(entry)[1] for entry in COUNTRIES.values())


@cache
def subdivisions(country: str) -> tuple[str, ...]:
    known = country in known_countries()
    return tuple(holidays.country_holidays(country).subdivisions) if known else ()


def guess_place(name: str, zone: str) -> tuple[str, str]:
    """The country of an office by its time zone, its part by its name; "" where not certain."""
    country = country_of_zone().get(zone, "")
    if country not in known_countries():
        return "", ""
    aliases = getattr(holidays.country_holidays(country), "subdivisions_aliases", {})
    words = {
        part.casefold()
        for part in re.split(r"[,;/|()\[\]–—:]|\s-\s", name)
        for part in [part.strip()]
    }
    found = {code for alias, code in aliases.items() if alias.casefold() in words}
    return country, found.pop() if len(found) == 1 else ""


@cache
def country_of_zone() -> dict[str, str]:
    """The country of each time zone that lies in one alone."""
    text = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {row[2]: row[0] for row in rows}
