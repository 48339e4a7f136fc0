"""What people are asked about their background, and what they agree to, word for word.

Whoever changes a word of a consent raises its number: then it is asked for again, and what was
given under the former text does not count any more.
"""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERSIONS = {"matching": 1, "monitoring": 1}


class Question(NamedTuple):
    label: str | Promise
    choices: Mapping[str, str | Promise]
    help: str | Promise = ""


class Consent(NamedTuple):
    """What somebody agrees to for one use; ``agree`` stands beside the box to tick."""

    title: str | Promise
    agree: str | Promise
    used: str | Promise
    seen: str | Promise
    kept: str | Promise
    ended: str | Promise


NOT_SAID = _("Rather not say")
YES_NO = {"y": _("Yes"), "n": _("No")}

ASKED = {
    "parents": Question(_("Did one of your parents, or who raised you, go to university?"), YES_NO),
    "grew_up": Question(
        _("Where did you grow up?"),
        {
            "h": _("In the country where I work"),
            "a": _("In another country"),
            "b": _("In several countries"),
        },
    ),
    "minority": Question(
        _("Do you see yourself as part of an ethnic or cultural minority where you work?"), YES_NO
    ),
    "gender": Question(
        _("Your gender"), {"w": _("Woman"), "m": _("Man"), "d": _("Non-binary or another")}
    ),
    "caring": Question(_("Do you look after children, or after somebody who needs care?"), YES_NO),
    "disability": Question(
        _("Do you live with a disability or a long-term illness?"),
        YES_NO,
        _("As you see it yourself. No proof is asked for, and no diagnosis."),
    ),
}
CONSENTS = {
    "matching": Consent(
        title=_("For the match"),
        agree=_("Yes, use my answers for the match"),
        used=_(
            "In what share of the questions that both of you have answered you and a possible"
            " counterpart differ, if they have agreed, too. The more you differ, the better the two"
            " of you fit. It does not matter in which questions, and no rule rests on them."
        ),
        seen=_(
            "The computer that works out the pairs. No person reads your answers, neither your"
            " program manager nor your counterpart, and no reason, figure or file shows them."
        ),
        kept=_("Until the cohort closes or you step out. Then your answers are deleted."),
        ended=_(
            "Here, at any time, without a reason. The next match does not use them any more. A"
            " match that was worked out before stays as it is, and keeps what it counted, sealed,"
            " until the cohort closes: changing it would show that somebody has withdrawn."
        ),
    ),
    "monitoring": Consent(
        title=_("To see whom the program reaches"),
        agree=_("Yes, count my answers in figures about the whole program"),
        used=_(
            "How many people have given which answer, to see whether the program reaches everybody."
        ),
        seen=_(
            "Nobody reads single answers. Those who answer for the program see figures about groups"
            " only, each so large that nobody can be picked out, not even by the others in it."
        ),
        kept=_("Until the cohort closes or you step out. Only such figures are left then."),
        ended=_(
            "Here, at any time, without a reason. A figure that was published before stays as it"
            " is."
        ),
    ),
}
