"""What a whole policy says, in plain words."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from upwell.policy import Policy
from upwell.policy.gates import Gates
from upwell.programs.policy_words import ASKED
from upwell.programs.step_words import listed, named


def summary(policy: Policy) -> list[str]:
    """What the policy says, a short sentence each."""
    return [
        *who(policy),
        *apart(policy),
        *together(policy),
        *places(policy),
        *wishes(policy),
        *choosing(policy),
        aim(policy),
        *gates(policy),
    ]


def aim(policy: Policy) -> str:
    if policy.objective == "fair":
        return _t("Nobody’s pair is sacrificed for the total.")
    if policy.objective == "stable":
        return _t("No two people would both rather have each other.")
    return _t("The best total counts, even where single pairs are weak.")


def choosing(policy: Policy) -> list[str]:
    """What people themselves have to say, where they are asked."""
    if policy.choosing == "assigned":
        return [_t("A run finds the counterparts, and nobody is asked.")]
    said = {
        "chosen": _t("Two who choose each other from their short lists are a pair."),
        "ranked": _t("People put their short list in order, and a run weighs it."),
    }
    named_lists = [_t("Short lists show names.")] * policy.choosing_names
    return [said[policy.choosing], *named_lists]


def gates(policy: Policy) -> list[str]:
    """The steps that this policy asks for besides those that always are."""
    said = {
        "mentees": _t("Before mentees are invited, also: %(steps)s."),
        "mentors": _t("Before mentors are invited, also: %(steps)s."),
        "match": _t("Before the match, also: %(steps)s."),
    }
    further = {gate: getattr(policy.gates, gate) for gate in said}
    trained = _t("The match waits until %(percent)s %% have done their lessons.")
    percent = policy.gates.trained_percent
    return [
        *(said[gate] % {"steps": named(steps)} for gate, steps in further.items() if steps),
        *[trained % {"percent": percent}] * (percent != Gates().trained_percent),
    ]


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
        f"preferences.{name}": weight
        for name, weight in policy.preferences
        if isinstance(weight, int)
    }
    most = max(weights.values())
    names = [str(ASKED[key].label) for key, weight in weights.items() if weight == most]
    said = [_t("Counts most: %(preferences)s.") % {"preferences": listed(names)}]
    return said + [_t("Two who rank each other first are paired.")] * policy.pairs.mutual_first
