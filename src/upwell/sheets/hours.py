"""Working hours and capacities."""

import re

from upwell.sheets.topics import UnreadableError
from upwell.sheets.words import squeezed

CLOCK = r"(\d{1,2})(?:[:.h](\d\d)?)?(?: ?(?:uhr|h))?(?: ?([ap])\.?(?:m\b\.?)?)?"
SPAN = re.compile(rf"{CLOCK} ?(?:-|–|—|to|until|bis|à|a|~) ?{CLOCK}", re.IGNORECASE)
DAY = 24 * 60
AFTERNOON = 13 * 60
MOST_PLACES = 50


def read_hours(value: str) -> tuple[int, int]:
    """Start and end in minutes after midnight; past midnight the end is beyond a day.

    An end before its start is on the next day where the clock leaves no doubt: where both say am
    or pm, or neither does and the start is 13:00 or later. "9-5" is refused. Raises
    UnreadableError.
    """
    match = SPAN.fullmatch(squeezed(value))
    if not match:
        raise UnreadableError("bad_hours")
    start = minutes(match[1], match[2], match[3]) % DAY
    end = minutes(match[4], match[5], match[6])
    sure = bool(match[3] and match[6]) or (start >= AFTERNOON and not (match[3] or match[6]))
    if start == end or (end < start and not sure):
        raise UnreadableError("bad_hours")
    return start, end + DAY if end < start else end


def minutes(hour: str, minute: str | None, half: str | None) -> int:
    hours, past = int(hour), int(minute or 0)
    if past > 59 or hours > (12 if half else 24) or (hours == 24 and past):
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
