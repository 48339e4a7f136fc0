"""How the people of a level, region or unit fare in a run, in words: is anyone worse off?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from upwell.pairs.models import MatchRun, RunFindings
from upwell.pairs.queries.naming import some
from upwell.policy import Policy

NOTABLE = 15
"""So many points apart, two groups are said to differ."""
Stored = Mapping[str, Any]


@dataclass(frozen=True)
class Measured:
    """A share in words, and the percent to draw."""

    words: str
    percent: int


@dataclass(frozen=True)
class Group:
    """People of one block: how many have a counterpart, and how well they fit with them."""

    name: str
    people: int
    placed: Measured
    fit: Measured | None


@dataclass(frozen=True)
class Fairness:
    """``sides`` are mentees and mentors with their groups; empty where nobody may be shown."""

    headline: str
    breakdown: str
    sides: list[tuple[str, list[Group]]]


def fairness_of(run: MatchRun) -> Fairness | None:
    """None while it is not known. One query."""
    found = RunFindings.objects.filter(run=run).values_list("standings", flat=True).first()
    if found is None:
        return None
    breakdown = Policy.from_json(run.policy_json).privacy.breakdown
    titles = {"mentees": _("Mentees"), "mentors": _("Mentors")}
    sides = [
        (title, [group_of(one) for one in found[side]])
        for side, title in titles.items()
        if found.get(side)
    ]
    return Fairness(headline(sides, breakdown), breakdown_name(breakdown), sides)


def breakdown_name(breakdown: str) -> str:
    return {"level": _("level"), "region": _("region"), "unit": _("unit")}[breakdown]


def group_of(stored: Stored) -> Group:
    labels = [label or _("not known") for label in stored["labels"]]
    fit = stored["fit"]
    return Group(
        some(labels), stored["people"], measured(stored["placed"]), measured(fit) if fit else None
    )


def measured(share: Stored) -> Measured:
    words = {
        "at least": _("at least %(percent)s %%"),
        "at most": _("at most %(percent)s %%"),
        "": _("%(percent)s %%"),
    }
    return Measured(words[share["bound"]] % {"percent": share["percent"]}, share["percent"])


def headline(sides: Sequence[tuple[str, list[Group]]], breakdown: str) -> str:
    """The widest difference where it is notable, and else that there is none."""
    if not sides:
        return _("Too few people to say")
    differences = [one for _title, groups in sides for one in differences_of(groups)]
    widest = max(differences, default=(0, ""), key=lambda one: one[0])
    if widest[0] >= NOTABLE:
        return widest[1]
    nobody = {
        "level": _("No level is clearly worse off"),
        "region": _("No region is clearly worse off"),
        "unit": _("No unit is clearly worse off"),
    }
    return nobody[breakdown]


def differences_of(groups: Sequence[Group]) -> list[tuple[int, str]]:
    """How far apart the groups are, and what to say of the last of them."""
    last = min(groups, key=lambda group: group.placed.percent)
    found = [
        (
            max(group.placed.percent for group in groups) - last.placed.percent,
            _("Worse off: %(who)s have a counterpart less often") % {"who": last.name},
        )
    ]
    fits = [(group.fit.percent, group.name) for group in groups if group.fit]
    if fits:
        percent, name = min(fits)
        text = _("Worse off: pairs of %(who)s fit less well")
        found.append((max(fits)[0] - percent, text % {"who": name}))
    return found
