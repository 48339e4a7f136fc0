"""The open call as a poster: A4, with a code to scan."""

from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from upwell.core.documents import pdf
from upwell.core.links import absolute_url
from upwell.programs.call_words import how_chosen
from upwell.programs.models import OpenCall

LAYOUT = Path(__file__).parent / "documents" / "poster.typ"
LARGEST, SMALLEST = 22, 12
"""Sizes of the address, in points: the longer it is, the smaller."""
WIDTH = 620


def poster_of(call: OpenCall) -> bytes:
    """The PDF file, in the active language. 0.1 s."""
    return pdf(LAYOUT, values_of(call))


def values_of(call: OpenCall) -> dict[str, Any]:
    address = absolute_url(call.get_absolute_url())
    plain = address.partition("://")[2]
    until = _("Until %(day)s.") % {"day": date_format(call.closes_on)} if call.closes_on else ""
    return {
        "title": _("Open call: %(program)s") % {"program": call.program},
        "language": (get_language() or "en").partition("-")[0],
        "organization": settings.ORGANIZATION,
        "program": call.program.name,
        "sentence": sentence_of(call),
        "scan": _("Scan, sign in, say “I am willing”"),
        "minutes": _("It takes less than two minutes, and you can take it back at any time."),
        "or": _("Or type this address:"),
        "address": plain.removesuffix("/"),
        "size": max(SMALLEST, min(LARGEST, WIDTH // max(len(plain), 1))),
        "qr": code_of(address),
        "alt": _("A code that leads to %(address)s") % {"address": plain},
        "chosen": _("How people are chosen"),
        "lines": how_chosen(call),
        "until": until,
    }


def sentence_of(call: OpenCall) -> str:
    """One warm sentence to those who are looked for."""
    if not call.takes_mentees:
        return _("You know things that our leaders would love to learn. Become a mentor.")
    if not call.takes_mentors:
        return _("The newest colleagues know things that you do not. Let one of them mentor you.")
    return _("The newest colleagues teach those who lead. Would you like to teach, or to learn?")


def code_of(address: str) -> str:
    """A QR code as SVG."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=0, dark="#12303a")
    return out.getvalue().decode()
