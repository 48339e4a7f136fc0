"""What a file says of one person, cut to what the directory has room for."""

from collections.abc import Mapping

from upwell.people.services.meant_units import MeantUnits
from upwell.people.services.snapshot import Facts
from upwell.sheets import People, Place

TEXT = 200
NAME = 300
EMAIL = 254


def fit(text: str, limit: int = TEXT) -> str:
    """The text, cut where it is too long."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


class Columns:
    """Reads the facts of a row; a column that the file lacks leaves what is known."""

    def __init__(self, people: People, places: Mapping[str, Place], units: MeantUnits) -> None:
        self.people, self.places, self.units = people, places, units

    def facts(self, row: int, old: Facts | None) -> Facts:
        known = old or Facts()
        office = self.text("offices", row, known.office)
        place = self.places.get(office, Place())
        hours = self.hours(row, known)
        return Facts(
            name=self.name(row, known),
            title=self.text("titles", row, known.title, NAME),
            team=self.text("teams", row, known.team),
            service_line=self.text("service_lines", row, known.service_line),
            own_zone=self.own("zones", row, known.own_zone, place.zone),
            own_region=self.own("regions", row, known.own_region, place.region),
            hours_from=hours[0],
            hours_until=hours[1],
            languages=self.languages(row, known),
            contact_email=self.email(row, known),
            level=self.text("levels", row, known.level),
            unit=self.unit(row, known),
            office=office,
        )

    def name(self, row: int, known: Facts) -> str:
        """Of somebody known, a name stays that the file does not give."""
        name = self.people.names[row]
        return known.name if known.name and name == self.people.ids[row] else fit(name, NAME)

    def text(self, column: str, row: int, known: str, limit: int = TEXT) -> str:
        values = getattr(self.people, column)
        return known if values is None else fit(values[row], limit)

    def unit(self, row: int, known: Facts) -> str:
        units = self.people.units
        if units is None:
            return known.unit
        return self.units.path(units[row]) if units[row] else ""

    def own(self, column: str, row: int, known: str, usual: str) -> str:
        """A zone or region, where it differs from that of the office."""
        values = getattr(self.people, column)
        if values is None:
            return known
        value = fit(values[row])
        return "" if value == usual else value

    def email(self, row: int, known: Facts) -> str:
        emails = self.people.emails
        if emails is None:
            return known.contact_email
        return emails[row] if len(emails[row]) <= EMAIL else ""

    def languages(self, row: int, known: Facts) -> tuple[str, ...]:
        spoken = self.people.languages
        return known.languages if spoken is None else spoken[row]

    def hours(self, row: int, known: Facts) -> tuple[int | None, int | None]:
        hours = self.people.hours
        if hours is None:
            return known.hours_from, known.hours_until
        return hours[row] or (None, None)
