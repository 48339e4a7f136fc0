"""What is wrong with a policy, with the words of its form in place of the keys of its file."""

import re
from dataclasses import replace

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from upwell.policy import Fault
from upwell.programs.policy_words import ASKED

KEPT_WORDS = {
    "levels.order": _("Order of levels"),
    "pairs.pin": _("Pairs to be made"),
    "pairs.keep_apart": _("People to keep apart"),
    "pairs.former": _("Earlier pairs"),
}
WORDS: dict[str, str | Promise] = {key: asked.label for key, asked in ASKED.items()} | KEPT_WORDS
KEY = re.compile(
    "|".join(rf"{re.escape(key)}(\[\d+\])*" for key in sorted(WORDS, key=len, reverse=True))
)
OWN = {
    "no_weight": _("Every preference counts 0. At least one must be above 0."),
    "both_sides": _("These levels are mentors’ levels, too: %(value)s. A level is on one side."),
    "repeated": _("Two of these levels have one name but for case and spacing: %(value)s."),
}


def fault_sentence(fault: Fault) -> str:
    """The fault as whoever knows the form understands it."""
    if fault.code in OWN:
        listed = fault.value.removeprefix("[").removesuffix("]")
        return str(OWN[fault.code]) % {"value": listed}
    named = replace(fault, key=in_words(fault.key)) if fault.key else fault
    return in_words(named.sentence(translation))


def in_words(text: str) -> str:
    """The text with the label of its field for each key of a policy."""
    return KEY.sub(lambda found: _t("“%(label)s”") % {"label": label_of(found[0])}, text)


def label_of(key: str) -> str | Promise:
    return WORDS[key.partition("[")[0]]
