"""Whether there are enough people, in one sentence."""

from collections.abc import Sequence

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.programs.models import Estimate
from upwell.programs.step_words import listed

MOST_NAMED = 3
FEW_OTHERS = 2
SURE = 99
HARDLY_ANY = 5
"""Percent of those invited; where fewer come, more invitations are no way out."""
State = Estimate.State


def sentence_of(estimate: Estimate) -> str:
    """What is true, and how many more to invite, with a range.

    Mentees whom nobody may mentor come first: what follows is then of everyone else.
    """
    if estimate.state == State.PUBLISHED:
        return _("The match is made, so nobody more is to be invited.")
    if estimate.state == State.NO_MENTEES:
        return _("No mentee is on the roster yet. Invite mentees first.")
    if estimate.state == State.UNCLEAR:
        return _("By the rules of the policy, nobody may mentor any of the mentees.")
    said = {State.ENOUGH: enough, State.TOO_FEW: too_few}.get(State(estimate.state), more)(estimate)
    return f"{alone(estimate.alone)} {said}" if estimate.alone else said


def alone(count: int) -> str:
    said = _("By the rules of the policy, nobody may mentor %(count)s of the mentees.")
    return said % {"count": intcomma(count)}


def everyone(estimate: Estimate) -> str:
    return _("everyone else") if estimate.alone else _("everyone")


def enough(estimate: Estimate) -> str:
    percent = min(int(100 * estimate.chance), SURE)
    said = _("Enough people: %(who)s can be paired with %(percent)s %% confidence.")
    return said % {"percent": percent, "who": everyone(estimate)}


def too_few(estimate: Estimate) -> str:
    others, comes = estimate.most, 100 * estimate.figures.get("comes", 1)
    if not others:
        return _(
            "There are too few mentors, and nobody else at their level. Let mentors take more than"
            " one mentee, or open another level."
        )
    if comes < HARDLY_ANY:
        hardly_any = _(
            "Fewer than %(percent)s %% of those invited would be there at the match, so that not"
            " even all %(count)s others are enough."
        )
        return hardly_any % {"percent": int(comes) + 1, "count": intcomma(others)}
    said = ngettext(
        "Even with %(count)s more mentor, and there is nobody else, not everyone could be paired"
        " with 95 %% confidence.",
        "Even with %(count)s more mentors, and there are no others, not everyone could be paired"
        " with 95 %% confidence.",
        others,
    )
    return said % {"count": intcomma(others)}


def more(estimate: Estimate) -> str:
    count = estimate.most
    named = {"count": intcomma(count), "low": intcomma(estimate.least), "where": where(estimate)}
    named["who"] = everyone(estimate)
    if estimate.least == count:
        said = ngettext(
            "Invite %(count)s more mentor%(where)s to pair %(who)s with 95 %% confidence.",
            "Invite %(count)s more mentors%(where)s to pair %(who)s with 95 %% confidence.",
            count,
        )
    elif estimate.least:
        said = _(
            "Invite %(low)s to %(count)s more mentors%(where)s to pair %(who)s with 95 %%"
            " confidence."
        )
    else:
        said = ngettext(
            "Invite up to %(count)s more mentor%(where)s to pair %(who)s with 95 %% confidence.",
            "Invite up to %(count)s more mentors%(where)s to pair %(who)s with 95 %% confidence.",
            count,
        )
    return said % named


def where(estimate: Estimate) -> str:
    """Where most of them should come from, between commas; "" where it does not matter."""
    names: Sequence[str] = estimate.best
    others = [name for name in estimate.figures.get("parts", {}) if name and name not in names]
    if names and len(names) <= MOST_NAMED:
        return _(", mostly in %(parts)s,") % {"parts": listed(list(names))}
    if names and 0 < len(others) <= FEW_OTHERS:
        return _(", mostly outside %(parts)s,") % {"parts": listed(others)}
    return ""
