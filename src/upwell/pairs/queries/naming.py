"""Names in a sentence, where they may be many."""

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import ngettext

from upwell.policy.phrases import enumerated

MOST_NAMES = 5


def some(names: Iterable[str]) -> str:
    """The first few names, in a sentence."""
    listed = list(names)
    more = len(listed) - MOST_NAMES
    shown = listed[:MOST_NAMES]
    if more > 0:
        shown.append(ngettext("%(count)s other", "%(count)s others", more) % {"count": more})
    return enumerated(shown, translation)
