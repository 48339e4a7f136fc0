"""The terminal's language: that of the user's environment, where there is a translation."""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "locale"
DOMAIN = "django"  # one catalog for the terminal and the pages

translations = gettext.translation(DOMAIN, localedir=FOLDER, fallback=True)
spoken = ContextVar("spoken", default=translations)


def _(text: str) -> str:
    return spoken.get().gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    return spoken.get().ngettext(one, many, count)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """What is said inside goes to a reader of this language, not to the terminal."""
    theirs = gettext.translation(DOMAIN, localedir=FOLDER, languages=[language], fallback=True)
    token = spoken.set(theirs)
    try:
        yield
    finally:
        spoken.reset(token)


gettext.bindtextdomain(DOMAIN, FOLDER)
gettext.textdomain(DOMAIN)  # argparse asks here


def gettext_noop(text: str) -> str:
    """Marks a text for the translators; it is translated where it is shown."""
    return text


ARGPARSE = (
    gettext_noop("usage: "),
    gettext_noop("options"),
    gettext_noop("positional arguments"),
    gettext_noop("show this help message and exit"),
    gettext_noop("%(prog)s: error: %(message)s\n"),
    gettext_noop("argument %(argument_name)s: %(message)s"),
    gettext_noop("expected one argument"),
    gettext_noop("invalid %(type)s value: %(value)r"),
    gettext_noop("invalid choice: %(value)r (choose from %(choices)s)"),
    gettext_noop("the following arguments are required: %s"),
    gettext_noop("unrecognized arguments: %s"),
)
"""What argparse says by itself."""


def number(value: float, decimals: int | None = None) -> str:
    """The number as the language groups digits; such as 1,234.5 in English."""
    text = f"{value:,}" if decimals is None else f"{value:,.{decimals}f}"
    signs = _("1,234.5")
    return text.translate({ord(","): signs[1], ord("."): signs[5]})
