"""What a certificate proves, in words; of pairs that the policy sets, that they were kept.

A claim is some sentences, one on a line, each short enough for a terminal of 100 columns.
"""

from upwell.cli.case import Case, amount, objective_of
from upwell.cli.words import _, ngettext, number
from upwell.matching.certificate import Verdict
from upwell.matching.problem import Problem
from upwell.matching.solve import Result


def proven(case: Case, result: Result) -> str:
    """The claim of a run."""
    pins = len(case.problem.pins)
    if result.objective == "stable":
        said = _("Proven: no two people would both rather have each other.")
        return beside_pins(said, pins) if pins else said
    claim = several(case, result) if has_several(case.problem) else single(case, result)
    if not pins:
        return _("Proven: %(claim)s") % {"claim": claim}
    text = ngettext(
        "Proven, of all choices that keep the pair that the policy sets:",
        "Proven, of all choices that keep the %(pins)s pairs that the policy sets:",
        pins,
    )
    return lines(text % {"pins": number(pins)}, claim)


def beside_pins(claim: str, pins: int) -> str:
    """The claim of stable pairs, which nobody leaves a pin for."""
    text = ngettext(
        "The pair that the policy sets was kept in any case.",
        "The %(pins)s pairs that the policy sets were kept in any case.",
        pins,
    )
    return lines(claim, text % {"pins": number(pins)})


def has_several(problem: Problem) -> bool:
    """Whether anybody can have several counterparts."""
    return any((seats > 1).any() for seats in (problem.mentor_capacity, problem.mentee_capacity))


def single(case: Case, result: Result) -> str:
    if result.objective == "fair":
        most = _("no other choice makes more pairs.")
        return lines(most, _("None with as many has a better weakest pair."), best_of_fair())
    if case.scale.is_cost:
        return _("no other choice has more pairs, and none with as many costs less.")
    return _("no other choice makes more pairs, and none with as many is better.")


def several(case: Case, result: Result) -> str:
    """What is proven where some people can have several counterparts."""
    most = _(
        "no other choice gives more mentees a mentor, more mentors a mentee, or makes more pairs."
    )
    if result.objective == "fair":
        weakest = _("None with as many of each has a better weakest pair.")
        return lines(most, weakest, best_of_fair())
    if case.scale.is_cost:
        return lines(most, _("None with as many of each costs less."))
    return lines(most, _("None with as many of each is better."))


def best_of_fair() -> str:
    return _("None with weakest pairs as good has a better total.")


def lines(*sentences: str) -> str:
    return "\n".join(filter(None, sentences))


def proven_again(case: Case, verdict: Verdict) -> str:
    """The claim of a certificate that was checked, with its figures."""
    pins = len(case.problem.pins)
    named = {
        "pairs": number(verdict.pairs),
        "allowed": number(verdict.allowed_pairs),
        "value": amount(case, verdict.value),
    }
    if objective_of(case) == "stable":
        said = claim_of_stable() % named
        return beside_pins(said, pins) if pins else said
    claim = claim_of_several(case) if has_several(case.problem) else claim_of_single(case)
    claim = lines(claim % named, levels(verdict))
    if not pins:
        return upper_first(claim)
    text = ngettext(
        "Of all choices that keep the pair that the policy sets:",
        "Of all choices that keep the %(pins)s pairs that the policy sets:",
        pins,
    )
    return lines(text % {"pins": number(pins)}, claim)


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def levels(verdict: Verdict) -> str:
    """How many of the lowest scores are proven; "" where fairness was not asked for."""
    count = verdict.levels_proven
    if not count:
        return ""
    text = ngettext(
        "The lowest score is as high as can be, with as few pairs as can be.",
        "The %(levels)s lowest scores are as high as can be, each with as few pairs as can be.",
        count,
    )
    return text % {"levels": number(count)}


def claim_of_stable() -> str:
    return _(
        "In none of the %(allowed)s allowed pairs would both rather have each other than whom "
        "they have."
    )


def claim_of_single(case: Case) -> str:
    most = _("no choice among the %(allowed)s allowed pairs makes more than %(pairs)s pairs.")
    if objective_of(case) == "fair":
        weakest = _("None with as many has a better weakest pair.")
        return lines(most, weakest, best_again_of_fair())
    return lines(most, _("None with as many has a better total than %(value)s."))


def claim_of_several(case: Case) -> str:
    most = lines(
        _("no choice among the %(allowed)s allowed pairs makes more than %(pairs)s pairs."),
        _("None gives more mentees a mentor, or more mentors a mentee."),
    )
    if objective_of(case) == "fair":
        weakest = _("None with as many of each has a better weakest pair.")
        return lines(most, weakest, best_again_of_fair())
    return lines(most, _("None with as many of each has a better total than %(value)s."))


def best_again_of_fair() -> str:
    return _("None with weakest pairs as good has a better total than %(value)s.")
