"""The policy in plain words: what each setting asks."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from upwell.programs.step_words import CHOICES


class Asked(NamedTuple):
    """A setting as people see it; ``choices`` are the words of its values."""

    label: str | Promise
    help: str | Promise
    choices: dict[str, str | Promise] = {}


class Part(NamedTuple):
    title: str | Promise
    text: str | Promise
    keys: tuple[str, ...]


KEPT = frozenset({"levels.order", "pairs.pin", "pairs.keep_apart", "pairs.former"})
"""What the form leaves as it is; the policy's file has it."""

ASKED = {
    "objective": Asked(
        _("What counts most"),
        _("After as many pairs as the rules allow; only the last choice may make fewer."),
        {
            "fair": _("Nobody’s pair is sacrificed: the weakest pair is as good as can be"),
            "total": _("The best total, even where single pairs are weak"),
            "stable": _("No two people would both rather have each other"),
        },
    ),
    "choosing": Asked(
        _("How counterparts are found"),
        _("Whoever is left over, or joins later, is matched by a run in any case."),
        {
            "assigned": _("A run finds them, and nobody is asked"),
            "chosen": _("People say whom they would like; two who both say yes are a pair"),
            "ranked": _("People put their short list in order, and a run weighs it"),
        },
    ),
    "choosing_names": Asked(
        _("Short lists show names"),
        _("Otherwise they show only what speaks for somebody: topics, hours and languages."),
    ),
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
    "preferences.ranking": Asked(
        _("Rankings"), _("Whom people ranked themselves, half for each side’s choice.")
    ),
    "preferences.background": Asked(
        _("Different backgrounds"),
        _(
            "By what people tell about themselves, where both of them agree to that. The points"
            " that are shown are without it, so that nobody is found out."
        ),
    ),
    "pairs.mutual_first": Asked(
        _("Two first choices are a pair"),
        _("Two who both rank each other first are paired, where the rules allow."),
    ),
    "quality.strong": Asked(
        _("Strong from"), _("Percent of the points that a pair could reach at best.")
    ),
    "quality.good": Asked(_("Good from"), _("Percent; a pair below this is weak.")),
    "privacy.threshold": Asked(
        _("People in a figure"),
        _("A figure covers at least this many people and this many pairs; never fewer than 6."),
    ),
    "privacy.breakdown": Asked(
        _("Figures are broken down by"),
        _(
            "By one of these alone, and in groups that are large enough, so that nobody can be"
            " picked out by holding one against another."
        ),
        {"level": _("level"), "region": _("region"), "unit": _("unit")},
    ),
    "preview_hours": Asked(
        _("Hours to look at pairs beforehand"),
        _("So long either side may say “someone else, please”, where you ask both sides first."),
    ),
    "gates.mentees": Asked(
        _("Before mentees are invited"),
        _("Besides the goal, the executive owner, the guidelines and the calendar."),
        CHOICES,
    ),
    "gates.mentors": Asked(
        _("Before mentors are invited"), _("Besides the topics that mentees want."), CHOICES
    ),
    "gates.match": Asked(_("Before the match"), _("Besides the training."), CHOICES),
    "gates.trained_percent": Asked(
        _("Lessons done before the match"),
        _("Percent of those who take part. The training is done once so many have done theirs."),
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
            "preferences.ranking",
            "preferences.background",
            "pairs.mutual_first",
            "objective",
        ),
    ),
    Part(
        _("Short lists"),
        _("Whether people have a word in who their counterpart is, and by what they choose."),
        ("choosing", "choosing_names"),
    ),
    Part(
        _("Words and figures"),
        _("When a pair is called strong or good, and how large a group must be to be shown."),
        ("quality.strong", "quality.good", "privacy.threshold", "privacy.breakdown"),
    ),
    Part(
        _("Preview"),
        _("Pairs can be shown to both sides before they are published."),
        ("preview_hours",),
    ),
    Part(
        _("Gates"),
        _("Steps of the launch that are to be done first. Whoever goes on without says why."),
        ("gates.mentees", "gates.mentors", "gates.match", "gates.trained_percent"),
    ),
)
