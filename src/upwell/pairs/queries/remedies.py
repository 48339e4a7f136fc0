"""What one step of a rule would bring to those without a counterpart, in words."""

from dataclasses import dataclass
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.delivery.models import Job
from upwell.pairs.models import MatchRun, RunFindings
from upwell.pairs.models.findings import FIND
from upwell.policy import Policy


@dataclass(frozen=True)
class Remedied:
    """What would change for how many, by which step; the policy's ``key`` and its ``value``."""

    title: str
    text: str
    key: str
    value: Any


def remedies_of(run: MatchRun) -> list[Remedied] | None:
    """The most telling first; None while they are not known. One query."""
    found = RunFindings.objects.filter(run=run).values_list("remedies", flat=True).first()
    if found is None:
        return None
    policy = Policy.from_json(run.policy_json)
    return [in_words(one, policy) for one in found]


def why_unknown(run: MatchRun) -> str:
    """Why what is worked out after a run is not known, in words. One query at most."""
    if not run.has_inputs:
        return _("What this run was computed from is deleted, so this can no longer be worked out.")
    last = Job.objects.filter(service=FIND, target=str(run.pk)).order_by("-created_at").first()
    if last and last.state == Job.State.FAILED:
        return _("This could not be worked out. Upwell tries again within a day.")
    return _("This is still being worked out. Look again in a minute.")


def in_words(remedy: dict[str, Any], policy: Policy) -> Remedied:
    section, key, value = remedy["section"], remedy["key"], remedy["value"]
    now = getattr(getattr(policy, section), key)
    text = step_in_words(key, value, now)
    return Remedied(more(remedy["more"]), text, f"{section}.{key}", value)


def more(counts: dict[str, int]) -> str:
    if counts["mentees"] > 0:
        text = ngettext(
            "%(count)s more mentee could have a mentor",
            "%(count)s more mentees could have a mentor",
            counts["mentees"],
        )
        return text % {"count": intcomma(counts["mentees"])}
    text = ngettext(
        "%(count)s more mentor could have a mentee",
        "%(count)s more mentors could have a mentee",
        counts["mentors"],
    )
    return text % {"count": intcomma(counts["mentors"])}


def step_in_words(key: str, value: Any, now: Any) -> str:
    if key == "overlap_hours":
        return overlap(value, now)
    if key == "level_gap":
        return _("Ask for %(value)s between the two instead of %(now)s.") % {
            "value": levels(value),
            "now": levels(now),
        }
    if key == "mentor":
        text = ngettext(
            "Let a mentor take %(value)s mentee instead of %(now)s.",
            "Let a mentor take %(value)s mentees instead of %(now)s.",
            value,
        )
        return text % {"value": value, "now": now}
    freed = {
        "region": _("Let people of any two regions be paired."),
        "unit": _("Let two people of one unit be paired, too."),
        "team": _("Let two people of one team be paired, too."),
    }
    return freed[key]


def levels(count: int) -> str:
    text = ngettext("%(count)s level", "%(count)s levels", count)
    return text % {"count": count}


def overlap(value: float, now: float) -> str:
    """Half hours are shown as such, whole ones without a decimal."""
    hours = {
        name: number_format(number, 0 if number == int(number) else 1)
        for name, number in (("value", value), ("now", now))
    }
    if not value:
        return _("Ask for no working hours in common instead of %(now)s.") % hours
    text = ngettext(
        "Ask for %(value)s working hour in common instead of %(now)s.",
        "Ask for %(value)s working hours in common instead of %(now)s.",
        2 if value != 1 else 1,
    )
    return text % hours
