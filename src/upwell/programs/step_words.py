"""What the steps of a launch and its gates are called."""

from collections.abc import Iterable, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from upwell.policy.gates import STEPS, WANTED
from upwell.programs.models import Opening

NAMES: dict[str, str | Promise] = {
    "goal": _("Goal"),
    "support": _("Support"),
    "funding": _("Funding"),
    "owner": _("Executive owner"),
    "people": _("Mentees, then mentors"),
    "resources": _("Guidelines"),
    "training": _("Training"),
    "channels": _("Contact channels"),
    "calendar": _("Cohort calendar"),
    "mass": _("Critical mass"),
    WANTED: _("Topics that mentees want"),
}
CHOICES: dict[str, str | Promise] = {code: NAMES[code] for code in STEPS}

GATES: dict[str, str | Promise] = {
    Opening.Gate.MENTEES: _("Open to mentees"),
    Opening.Gate.MENTORS: _("Open to mentors"),
    Opening.Gate.MATCH: _("Open for matching"),
}
GATE_ROUTES: dict[str, str] = {
    Opening.Gate.MENTEES: "desk:gate_mentees",
    Opening.Gate.MENTORS: "desk:gate_mentors",
    Opening.Gate.MATCH: "desk:gate_match",
}


def named(codes: Iterable[str]) -> str:
    """The names of steps as the end of a sentence: "Goal, Funding and Training"."""
    return listed([str(NAMES[code]) for code in codes])


def listed(names: Sequence[str]) -> str:
    """ "A", "A and B" or "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return _t("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
