"""What the terminal and the pages say about rules, qualities and people without a pair."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from upwell.matching.criteria import gives_points
from upwell.matching.problem import Problem
from upwell.policy.compile import Compiled
from upwell.policy.faults import ENGLISH, Translations
from upwell.policy.perspective import FEWEST
from upwell.policy.rules import PRIVATE
from upwell.policy.sections import Quality as Bounds
from upwell.sheets.texts import gettext_noop

if TYPE_CHECKING:
    # At run time this would load the solver, which no phrase needs.
    from upwell.matching.explain import Unmatched
    from upwell.matching.regret import Regret

Quality = Literal["strong", "good", "weak"]
Cost = Literal["nothing", "little", "some", "much", "more", "weaker", "lost"]

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
    "one_way": gettext_noop("only one of two people mentors the other"),
    "apart": gettext_noop("kept apart (reporting line, earlier pair or private request)"),
}
PREFERENCES = {
    "topics": gettext_noop("topics wanted and offered"),
    "hours": gettext_noop("shared working hours"),
    "stage": gettext_noop("distance in level"),
    "unit": gettext_noop("another unit"),
    "region": gettext_noop("region"),
    "ranking": gettext_noop("whom people ranked themselves"),
}
KEPT_APART = frozenset({"reporting_line", "former", "keep_apart", PRIVATE})
APART = "apart"
PERSPECTIVE = gettext_noop("another perspective")
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
    "left": gettext_noop("Has left the directory."),
    "level": gettext_noop("The policy leaves people of this level out."),
}
COSTS: dict[Cost, str] = {
    "nothing": gettext_noop("costs the program nothing"),
    "little": gettext_noop("costs the program a little"),
    "some": gettext_noop("costs the program something"),
    "much": gettext_noop("costs the program a lot"),
    "more": gettext_noop("costs the program something; how much was not looked for"),
    "weaker": gettext_noop("makes some pair weaker than any is now"),
    "lost": gettext_noop("leaves somebody without a counterpart"),
}
LITTLE, MUCH = 10, 40
"""Percent of a pair that meets every preference: from here something, from here much."""

COMMA = gettext_noop("%(first)s, %(rest)s")
AND = gettext_noop("%(first)s and %(last)s")


def rule_name(code: str, translations: Translations = ENGLISH) -> str:
    """What a rule is called, as in "not checked: reporting lines"."""
    return translations.gettext(RULES[code])


def shown_rules(codes: Iterable[str]) -> list[str]:
    """The same rules with one code for all private reasons, so that none of them is told."""
    return list(dict.fromkeys(APART if code in KEPT_APART else code for code in codes))


def rule_names(codes: Iterable[str], translations: Translations = ENGLISH) -> list[str]:
    """What stands between two people. Which of the private reasons it is, is not told."""
    return [rule_name(code, translations) for code in shown_rules(codes)]


def preference_name(code: str, translations: Translations = ENGLISH) -> str:
    return translations.gettext(PREFERENCES[code])


def open_names(
    problem: Problem, codes: Sequence[str], translations: Translations = ENGLISH
) -> list[str]:
    """What criteria are called. All private ones have one name together, rankings among them; no
    names at all where it would stand for fewer than FEWEST, so that one could be read from it.
    """
    private = {c.code for c in problem.criteria if c.is_private and gives_points(c)}
    if len(private) < FEWEST and not private.isdisjoint(codes):
        return []
    listed = [
        translations.gettext(PERSPECTIVE)
        if code in private
        else preference_name(code, translations)
        for code in codes
    ]
    return list(dict.fromkeys(listed))


def quality(score: int, compiled: Compiled) -> Quality:
    """How good a pair of this score is, under the policy's two bounds.

    Where no preference could be used, every pair is weak: nothing speaks for it.
    """
    return graded(score, compiled.full_score, compiled.policy.quality)


def graded(score: int, full: int, bounds: Bounds) -> Quality:
    """The same of a score out of so many points."""
    if full and 100 * score >= bounds.strong * full:
        return "strong"
    return "good" if full and 100 * score >= bounds.good * full else "weak"


def quality_word(name: Quality, translations: Translations = ENGLISH) -> str:
    return translations.gettext(QUALITIES[name])


def cost(regret: "Regret", full_score: int) -> Cost:
    """In which of a few bands a regret lies; the number would tell private parts of scores."""
    if regret.loses:
        return "lost"
    if regret.weakens:
        return "weaker"
    if not regret.is_exact:
        return "more"
    share = 100 * max(0, regret.points) / max(1, full_score)
    if share >= LITTLE:
        return "much" if share >= MUCH else "some"
    return "little" if share else "nothing"


def cost_text(name: Cost, translations: Translations = ENGLISH) -> str:
    return translations.gettext(COSTS[name])


def unmatched_reason(person: "Unmatched", translations: Translations = ENGLISH) -> str:
    """The sentence for somebody without a counterpart."""
    return unplaced_text(person.why, person.rules, translations)


def unplaced_text(why: str, rules: Iterable[str], translations: Translations = ENGLISH) -> str:
    """The same by code. Besides those of a problem, "left" and "level" are for its outside."""
    names = enumerated(rule_names(rules, translations), translations)
    return translations.gettext(UNMATCHED[why]) % {"rules": names}


def enumerated(names: Sequence[str], translations: Translations = ENGLISH) -> str:
    """ "A", "A and B" or "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    joined = translations.gettext(AND) % {"first": names[-2], "last": names[-1]}
    for name in reversed(names[:-2]):
        joined = translations.gettext(COMMA) % {"first": name, "rest": joined}
    return joined
