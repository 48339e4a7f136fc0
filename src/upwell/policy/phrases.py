"""What the terminal and the pages say about rules, pairs and people without a pair."""

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING, Literal

from upwell.matching.problem import Table
from upwell.policy.compile import Compiled
from upwell.policy.faults import ENGLISH, Translations
from upwell.policy.overlap import shared_minutes, working_times
from upwell.policy.policy import minutes_of, same_name
from upwell.policy.preferences import POINTS, strengths
from upwell.sheets.texts import gettext_noop

if TYPE_CHECKING:
    # At run time this would load the solver, which no phrase needs.
    from upwell.matching.explain import Unmatched

Quality = Literal["strong", "good", "weak"]

RULES = {
    "level_gap": gettext_noop("enough levels between the two"),
    "reporting_line": gettext_noop("reporting lines"),
    "unit": gettext_noop("different units"),
    "team": gettext_noop("different teams"),
    "region": gettext_noop("regions"),
    "overlap_hours": gettext_noop("enough shared working hours"),
    "shared_language": gettext_noop("a shared language"),
    "former": gettext_noop("earlier pairs"),
    "keep_apart": gettext_noop("people kept apart"),
    "self": gettext_noop("nobody mentors themselves"),
}
PREFERENCES = {
    "topics": gettext_noop("topics wanted and offered"),
    "hours": gettext_noop("shared working hours"),
    "stage": gettext_noop("distance in level"),
    "unit": gettext_noop("another unit"),
    "region": gettext_noop("region"),
}
KEPT_APART = frozenset({"reporting_line", "former", "keep_apart"})
APART = gettext_noop("kept apart (reporting line, earlier pair or private request)")
QUALITIES: dict[Quality, str] = {
    "strong": gettext_noop("strong"),
    "good": gettext_noop("good"),
    "weak": gettext_noop("weak"),
}
UNMATCHED = {
    "taken": gettext_noop("Everyone who is allowed already has somebody."),
    "rules": gettext_noop("These rules leave nobody: %(rules)s."),
    "nobody": gettext_noop("There is nobody on the other side."),
    "no_seat": gettext_noop("Takes nobody: the number of places is 0."),
}
PERSPECTIVES = (
    gettext_noop("A similar perspective."),
    gettext_noop("A different perspective."),
    gettext_noop("A very different perspective."),
)
OFFERS = gettext_noop("Offers %(topics)s, which %(mentee)s wants.")
SPEAK = gettext_noop("Both speak %(languages)s.")
COMMA = gettext_noop("%(first)s, %(rest)s")
AND = gettext_noop("%(first)s and %(last)s")
MOST_TOPICS = 3


def rule_name(code: str, translations: Translations = ENGLISH) -> str:
    """What a rule is called, as in "not checked: reporting lines"."""
    return translations.gettext(RULES[code])


def rule_names(codes: Sequence[str], translations: Translations = ENGLISH) -> list[str]:
    """What stands between two people. Which of the private reasons it is, is not told."""
    names = (APART if code in KEPT_APART else RULES[code] for code in codes)
    return [translations.gettext(name) for name in dict.fromkeys(names)]


def preference_name(code: str, translations: Translations = ENGLISH) -> str:
    return translations.gettext(PREFERENCES[code])


def quality(score: int, compiled: Compiled) -> Quality:
    """How good a pair of this score is, under the policy's two bounds.

    Where no preference could be used, every pair is weak: nothing speaks for it.
    """
    bounds, full = compiled.policy.quality, compiled.full_score
    if full and 100 * score >= bounds.strong * full:
        return "strong"
    return "good" if full and 100 * score >= bounds.good * full else "weak"


def quality_word(name: Quality, translations: Translations = ENGLISH) -> str:
    return translations.gettext(QUALITIES[name])


def unmatched_reason(person: "Unmatched", translations: Translations = ENGLISH) -> str:
    """The sentence for somebody without a counterpart."""
    names = enumerated(rule_names(person.rules, translations), translations)
    return translations.gettext(UNMATCHED[person.why]) % {"rules": names}


def reasons(
    compiled: Compiled, mentor: int, mentee: int, translations: Translations = ENGLISH
) -> list[str]:
    """Why these two, by index in the problem: what is open singly, the rest in one line."""
    found = (
        topics_reason(compiled, mentor, mentee, translations),
        hours_reason(compiled, mentor, mentee, translations),
        language_reason(compiled, mentor, mentee, translations),
        perspective(compiled, mentor, mentee, translations),
    )
    return [reason for reason in found if reason]


def topics_reason(compiled: Compiled, mentor: int, mentee: int, translations: Translations) -> str:
    people, learner = compiled.people, compiled.mentee_rows[mentee]
    offers = strengths(people.offered, [compiled.mentor_rows[mentor]])
    wishes = strengths(people.wanted, [learner])
    if not offers or not wishes:
        return ""
    [offer], [wish] = offers, wishes
    worth = {name: wish[name] * offer[name] for name in wish.keys() & offer.keys()}
    if not worth:
        return ""
    best = sorted(worth, key=lambda name: (-worth[name], name))
    more = max(0, len(best) - MOST_TOPICS)
    spelled = {same_name(topic.name): topic.name for topic in (people.wanted or ())[learner]}
    names = [spelled[name] for name in best[:MOST_TOPICS]]
    if more:
        text = translations.ngettext("%(count)s other topic", "%(count)s other topics", more)
        names.append(text % {"count": more})
    values = {"topics": enumerated(names, translations), "mentee": people.names[learner]}
    return translations.gettext(OFFERS) % values


def hours_reason(compiled: Compiled, mentor: int, mentee: int, translations: Translations) -> str:
    people = compiled.people
    rows = compiled.mentor_rows[mentor], compiled.mentee_rows[mentee]
    has_zones = people.zones is not None and any(people.zones)
    zones = [people.zones[row] for row in rows] if people.zones and has_zones else None
    hours = people.hours and [people.hours[row] for row in rows]
    if zones is not None and not any(zones):
        return ""
    usual = compiled.policy.hours.default
    one, other = working_times(zones, hours, minutes_of(usual), len(rows))
    if one is None or other is None:
        return ""
    shared = int(shared_minutes([one], [other])[0, 0]) // 30 / 2
    number = 1 if shared == 1 else max(2, ceil(shared))
    text = translations.ngettext(
        "%(hours)s working hour in common.", "%(hours)s working hours in common.", number
    )
    if hours is not None and None in hours:
        text = translations.ngettext(
            "%(hours)s working hour in common, taking %(usual)s where hours are not known.",
            "%(hours)s working hours in common, taking %(usual)s where hours are not known.",
            number,
        )
    return text % {"hours": f"{shared:g}", "usual": usual} if shared else ""


def language_reason(
    compiled: Compiled, mentor: int, mentee: int, translations: Translations
) -> str:
    spoken = compiled.people.languages
    if spoken is None:
        return ""
    mine, theirs = spoken[compiled.mentor_rows[mentor]], spoken[compiled.mentee_rows[mentee]]
    names = [name.title() for name in mine if name in theirs]
    values = {"languages": enumerated(names, translations)}
    return translations.gettext(SPEAK) % values if names else ""


def perspective(compiled: Compiled, mentor: int, mentee: int, translations: Translations) -> str:
    """How different the two are, in three steps.

    Nothing where it would rest on one thing alone, which could then be read from it.
    """
    weights = differences(compiled)
    if len(weights) < 2:
        return ""
    points = sum(
        int(table.scores[table.mentor_class[mentor], table.mentee_class[mentee]])
        for table in compiled.problem.criteria
        if isinstance(table, Table) and table.code in weights
    )
    third = 3 * points // (POINTS * sum(weights.values()))
    return translations.gettext(PERSPECTIVES[min(2, third)])


def differences(compiled: Compiled) -> dict[str, int]:
    """The weights of the used preferences in which more points mean more of a difference."""
    weights = compiled.policy.preferences
    telling = (
        ("stage", "unit", "region") if weights.preferred_region == "across" else ("stage", "unit")
    )
    used = {code: getattr(weights, code) for code in telling if code not in compiled.not_used}
    return {code: weight for code, weight in used.items() if weight}


def enumerated(names: Sequence[str], translations: Translations = ENGLISH) -> str:
    """ "A", "A and B" or "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    joined = translations.gettext(AND) % {"first": names[-2], "last": names[-1]}
    for name in reversed(names[:-2]):
        joined = translations.gettext(COMMA) % {"first": name, "rest": joined}
    return joined
