"""Working hours and capacities."""

import re

from upwell.sheets.topics import UnreadableError
from upwell.sheets.words import squeezed

CLOCK = r"(\d{1,2})(?:[:.h](\d\d)?)?(?: ?(?:uhr|h))?(?: ?([ap])\.?(?:m\b\.?)?)?"
SPAN = re.compile(rf"{CLOCK} ?(?:-|–|—|to|until|bis|à|a|~) ?{CLOCK}", re.IGNORECASE)
DAY = 24 * 60
MOST_PLACES = 50


def read_hours(value: str) -> tuple[int, int]:
    """Start and end in minutes after midnight. Raises UnreadableError."""
    match = SPAN.fullmatch(squeezed(value))
    if not match:
        raise UnreadableError("bad_hours")
    start = minutes(match[1], match[2], match[3])
    end = minutes(match[4], match[5], match[6])
    if not 0 <= start < end <= DAY:
        raise UnreadableError("bad_hours")
    return start, end


def minutes(hour: str, minute: str | None, half: str | None) -> int:
    hours, past = int(hour), int(minute or 0)
    if past > 59 or hours > (12 if half else 24):
        raise UnreadableError("bad_hours")
    if half:
        hours = hours % 12 + (12 if half.lower() == "p" else 0)
    return hours * 60 + past


def read_capacity(value: str) -> int:
    """A whole number from 0 to 50. Raises UnreadableError."""
    match = re.fullmatch(r"(\d{1,3})(?:[.,]0+)?", squeezed(value), re.ASCII)
    if not match or int(match[1]) > MOST_PLACES:
        raise UnreadableError("bad_capacity")
    return int(match[1])
