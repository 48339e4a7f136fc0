"""Numbers, shares and days as the active language writes them."""

import re
from datetime import date, datetime
from typing import Any, Literal

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

Form = Literal["text", "count", "number", "share", "date"]

UNKNOWN = "–"
NOT_IN_XML = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
DECIMALS = 2


def said(value: Any, form: Form) -> str:
    """A value in words; shares are given from 0 to 1."""
    if value is None:
        return UNKNOWN
    if form == "text":
        return clean(str(value))
    if form == "date":
        return date_format(day_of(value), "DATE_FORMAT")
    if form == "share":
        return percent(value)
    return number_format(rounded(value, form), force_grouping=True)


def rounded(value: float, form: Form) -> float:
    """Without the digits that nobody reads: 3.0 is 3."""
    short = round(value, 0 if form == "count" else DECIMALS)
    return int(short) if short == int(short) else short


def percent(share: float) -> str:
    number = number_format(rounded(share * 100, "count"), force_grouping=True)
    return _("%(number)s%%") % {"number": number}


def day_of(value: date) -> date:
    """The day on which a time falls, where the reader is."""
    if not isinstance(value, datetime):
        return value
    return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()


def short_day(day: date, *, is_long_span: bool) -> str:
    """For an axis: the day and month, or the month and year."""
    return date_format(day, "YEAR_MONTH_FORMAT" if is_long_span else "MONTH_DAY_FORMAT")


def clean(text: str) -> str:
    """Without the characters that no SVG may hold."""
    return NOT_IN_XML.sub(" ", text)


def shortened(text: str, length: int) -> str:
    return Truncator(clean(text)).chars(length)
