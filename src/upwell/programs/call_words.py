"""How people are chosen from the roster, in the words that ship."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from upwell.programs.models import OpenCall

HOW_CHOSEN: tuple[str | Promise, ...] = (
    _("Your level fits the role, as the program’s policy says."),
    _("Whoever was not placed last time comes first, and whoever has served comes after others."),
    _("Then come those who offer what is wanted and nobody offers yet."),
    _("Among equals, it is decided by lot."),
)


def how_chosen(call: OpenCall) -> list[str]:
    """One sentence or paragraph each: the manager's words, or else the shipped ones."""
    own = [line.strip() for line in call.how_chosen.splitlines() if line.strip()]
    return own or [str(line) for line in HOW_CHOSEN]


def kept_words(text: str) -> str:
    """What is kept of words that were edited: "" where they are the shipped ones."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "" if lines == [str(line) for line in HOW_CHOSEN] else "\n".join(lines)
