"""The policy in plain words: what each setting asks, and what a whole policy says."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from upwell.policy import Policy


class Asked(NamedTuple):
    """A setting as people see it; ``choices`` are the words of its values."""

    label: str | Promise
    help: str | Promise
    choices: dict[str, str | Promise] = {}


class Part(NamedTuple):
    title: str | Promise
    text: str | Promise
    keys: tuple[str, ...]


KEPT = frozenset({"objective", "levels.order", "pairs.pin", "pairs.keep_apart", "pairs.former"})
"""What the form leaves as it is; the policy's file has it."""

ASKED = {
    "mentors.levels": Asked(
        _("Levels of mentors"),
        _("Who can be a mentor, the junior who teaches. None ticked: people of any level."),
    ),
    "mentees.levels": Asked(
        _("Levels of mentees"),
        _("Who can be a mentee, the senior who learns. None ticked: people of any level."),
    ),
    "capacity.mentor": Asked(
        _("Mentees of one mentor"),
        _("At most, for mentors whose own number is not given."),
    ),
    "capacity.mentee": Asked(
        _("Mentors of one mentee"),
        _("At most, for mentees whose own number is not given."),
    ),
    "rules.level_gap": Asked(
        _("Levels between the two"),
        _("The mentee stands at least this many levels above the mentor."),
    ),
    "rules.reporting_lines": Asked(
        _("Reporting lines"),
        _("Whether two people can be paired when one stands above the other."),
        {
            "never": _("Never: at no depth, neither solid nor dotted"),
            "distance": _("Only far enough up a solid line, with the mentor’s agreement"),
        },
    ),
    "rules.reporting_distance": Asked(
        _("Steps up the line"),
        _("From how many steps up a solid line a pair is allowed, where lines allow it at all."),
    ),
    "rules.unit": Asked(
        _("Units"),
        _("Whether the two come from different units."),
        {"any": _("Any units"), "different": _("Different units only")},
    ),
    "rules.team": Asked(
        _("Teams"),
        _("Whether the two come from different teams."),
        {"any": _("Any teams"), "different": _("Different teams only")},
    ),
    "rules.region": Asked(
        _("Regions"),
        _("Whether the two come from one region or from two."),
        {"any": _("Any regions"), "same": _("One region only"), "across": _("Two regions only")},
    ),
    "rules.overlap_hours": Asked(
        _("Working hours in common"),
        _("At least this many hours on every day of the year, in halves."),
    ),
    "rules.shared_language": Asked(
        _("The two have a language in common"), _("Checked where languages are known.")
    ),
    "hours.default": Asked(
        _("Usual working day"),
        _("Local time of people whose own hours are not known, such as 09:00-17:00."),
    ),
    "preferences.topics": Asked(
        _("Topics"), _("The mentor offers what the mentee wants to learn.")
    ),
    "preferences.hours": Asked(
        _("Working hours"), _("More working hours in common, up to a full day.")
    ),
    "preferences.stage": Asked(_("Career stage"), _("More levels between the two.")),
    "preferences.unit": Asked(_("Another unit"), _("The two come from different units.")),
    "preferences.region": Asked(_("Region"), _("Geography, as chosen below.")),
    "preferences.preferred_region": Asked(
        _("Better in a pair"),
        _("What the weight of the region speaks for."),
        {"across": _("Two regions"), "same": _("One region")},
    ),
    "quality.strong": Asked(
        _("Strong from"), _("Percent of the points that a pair could reach at best.")
    ),
    "quality.good": Asked(_("Good from"), _("Percent; a pair below this is weak.")),
    "privacy.threshold": Asked(
        _("People in a figure"),
        _("A figure covers at least this many people and this many pairs; never fewer than 6."),
    ),
}
PARTS = (
    Part(
        _("Who takes part"),
        _("The policy suggests people by these levels, and refuses others."),
        ("mentors.levels", "mentees.levels", "capacity.mentor", "capacity.mentee"),
    ),
    Part(
        _("Rules"),
        _("No pair ever breaks these."),
        (
            "rules.level_gap",
            "rules.reporting_lines",
            "rules.reporting_distance",
            "rules.team",
            "rules.unit",
            "rules.region",
            "rules.overlap_hours",
            "hours.default",
            "rules.shared_language",
        ),
    ),
    Part(
        _("Preferences"),
        _(
            "What makes one allowed pair better than another. 0 does not count; the larger the"
            " number beside the others, the more it counts."
        ),
        (
            "preferences.topics",
            "preferences.hours",
            "preferences.stage",
            "preferences.unit",
            "preferences.region",
            "preferences.preferred_region",
        ),
    ),
    Part(
        _("Words and figures"),
        _("When a pair is called strong or good, and how large a group must be to be shown."),
        ("quality.strong", "quality.good", "privacy.threshold"),
    ),
)


def summary(policy: Policy) -> list[str]:
    """What the policy says, a short sentence each."""
    return [*who(policy), *apart(policy), *together(policy), *places(policy), *wishes(policy)]


def who(policy: Policy) -> list[str]:
    mentors = listed(policy.mentors.levels) or _t("people of any level")
    mentees = listed(policy.mentees.levels) or _t("people of any level")
    said = _t("Mentors: %(mentors)s. Mentees: %(mentees)s.")
    gap = policy.rules.level_gap
    distance = ngettext(
        "The mentee stands at least %(count)s level above the mentor.",
        "The mentee stands at least %(count)s levels above the mentor.",
        gap,
    ) % {"count": gap}
    return [
        said % {"mentors": mentors, "mentees": mentees},
        distance if gap else _t("The mentee stands no lower than the mentor."),
    ]


def apart(policy: Policy) -> list[str]:
    rules = policy.rules
    lines = _t("Never in one reporting line.")
    if rules.reporting_lines == "distance":
        lines = _t("In one reporting line only from %(count)s steps up a solid line.") % {
            "count": rules.reporting_distance
        }
    said = {
        lines: True,
        _t("Never from one team."): rules.team == "different",
        _t("Never from one unit."): rules.unit == "different",
        _t("Always from two regions."): rules.region == "across",
        _t("Always from one region."): rules.region == "same",
    }
    return [sentence for sentence, counts in said.items() if counts]


def together(policy: Policy) -> list[str]:
    hours = policy.rules.overlap_hours
    number = 1 if hours == 1 else max(2, round(hours))
    shared = ngettext(
        "At least %(hours)s working hour in common.",
        "At least %(hours)s working hours in common.",
        number,
    ) % {"hours": number_format(f"{hours:g}")}
    language = _t("Always a language in common.")
    return [shared] * bool(hours) + [language] * policy.rules.shared_language


def places(policy: Policy) -> list[str]:
    return [
        ngettext(
            "A mentor takes %(count)s mentee.", "A mentor takes up to %(count)s mentees.", count
        )
        % {"count": count}
        for count in [policy.capacity.mentor]
    ] + [
        ngettext(
            "A mentee takes %(count)s mentor.", "A mentee takes up to %(count)s mentors.", count
        )
        % {"count": count}
        for count in [policy.capacity.mentee]
    ]


def wishes(policy: Policy) -> list[str]:
    weights = {
        key: getattr(policy.preferences, key.removeprefix("preferences."))
        for key in PARTS[2].keys[:-1]
    }
    most = max(weights.values())
    names = [str(ASKED[key].label) for key, weight in weights.items() if weight == most]
    return [_t("Counts most: %(preferences)s.") % {"preferences": listed(names)}]


def listed(names: Sequence[str]) -> str:
    """ "A", "A and B" or "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return _t("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
