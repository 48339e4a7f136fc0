"""The terminal's language: that of the user's environment, where there is a translation."""

import gettext
from pathlib import Path

translations = gettext.translation(
    "django", localedir=Path(__file__).parents[1] / "locale", fallback=True
)
_ = translations.gettext
ngettext = translations.ngettext


def gettext_noop(text: str) -> str:
    """Marks a text for the translators; it is translated where it is shown."""
    return text
