"""What a certificate proves, in words; of pairs that the policy sets, that they were kept."""

from upwell.cli.case import Case, amount, objective_of
from upwell.cli.words import _, ngettext, number
from upwell.matching.certificate import Verdict
from upwell.matching.problem import Problem
from upwell.matching.solve import Result


def proven(case: Case, result: Result) -> str:
    """The claim of a run, in one sentence."""
    pins = len(case.problem.pins)
    if result.objective == "stable":
        said = _("Proven: no two people would both rather have each other.")
        return beside_pins(said, pins) if pins else said
    claim = {"claim": several(case, result) if has_several(case.problem) else single(case, result)}
    if not pins:
        return _("Proven: %(claim)s") % claim
    text = ngettext(
        "Proven, of all choices that keep the pair that the policy sets: %(claim)s",
        "Proven, of all choices that keep the %(pins)s pairs that the policy sets: %(claim)s",
        pins,
    )
    return text % {"pins": number(pins), **claim}


def beside_pins(claim: str, pins: int) -> str:
    """The claim of stable pairs, which nobody leaves a pin for."""
    text = ngettext(
        "%(claim)s The pair that the policy sets was kept in any case.",
        "%(claim)s The %(pins)s pairs that the policy sets were kept in any case.",
        pins,
    )
    return text % {"claim": claim, "pins": number(pins)}


def has_several(problem: Problem) -> bool:
    """Whether anybody can have several counterparts."""
    return any((seats > 1).any() for seats in (problem.mentor_capacity, problem.mentee_capacity))


def single(case: Case, result: Result) -> str:
    if result.objective == "fair":
        return _(
            "no other choice makes more pairs, none with as many has a better weakest pair, and "
            "none with weakest pairs as good has a better total."
        )
    if case.scale.is_cost:
        return _("no other choice has more pairs, and none with as many costs less.")
    return _("no other choice makes more pairs, and none with as many is better.")


def several(case: Case, result: Result) -> str:
    """What is proven where some people can have several counterparts."""
    if result.objective == "fair":
        return _(
            "no other choice gives more mentees a mentor, gives more mentors a mentee or makes "
            "more pairs; none with as many of each has a better weakest pair, and none with "
            "weakest pairs as good has a better total."
        )
    if case.scale.is_cost:
        return _(
            "no other choice gives more mentees a mentor, gives more mentors a mentee or makes "
            "more pairs, and none with as many of each costs less."
        )
    return _(
        "no other choice gives more mentees a mentor, gives more mentors a mentee or makes more "
        "pairs, and none with as many of each is better."
    )


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
    claim = f"{claim}{levels(verdict)}"
    if not pins:
        return upper_first(claim % named)
    text = ngettext(
        "Of all choices that keep the pair that the policy sets: %(claim)s",
        "Of all choices that keep the %(pins)s pairs that the policy sets: %(claim)s",
        pins,
    )
    return text % {"pins": number(pins), "claim": claim % named}


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def levels(verdict: Verdict) -> str:
    """How many of the lowest scores are proven; "" where fairness was not asked for."""
    count = verdict.levels_proven
    if not count:
        return ""
    text = ngettext(
        "The lowest score is as high as can be, with as few pairs at it as can be.",
        "The %(levels)s lowest scores are each as high as can be, with as few pairs at them as can"
        " be.",
        count,
    )
    return f" {text % {'levels': number(count)}}"


def claim_of_stable() -> str:
    return _(
        "In none of the %(allowed)s allowed pairs would both rather have each other than whom "
        "these %(pairs)s pairs give them."
    )


def claim_of_single(case: Case) -> str:
    if objective_of(case) == "fair":
        return _(
            "no choice among the %(allowed)s allowed pairs makes more than %(pairs)s pairs, none "
            "with as many has a better weakest pair, and none with weakest pairs as good has a "
            "better total than %(value)s."
        )
    return _(
        "no choice among the %(allowed)s allowed pairs makes more than %(pairs)s pairs, and "
        "none with as many has a better total than %(value)s."
    )


def claim_of_several(case: Case) -> str:
    if objective_of(case) == "fair":
        return _(
            "no choice among the %(allowed)s allowed pairs gives more mentees a mentor, gives more "
            "mentors a mentee or makes more than %(pairs)s pairs; none with as many of each has a "
            "better weakest pair, and none with weakest pairs as good has a better total than "
            "%(value)s."
        )
    return _(
        "no choice among the %(allowed)s allowed pairs gives more mentees a mentor, gives more "
        "mentors a mentee or makes more than %(pairs)s pairs, and none with as many of each has a "
        "better total than %(value)s."
    )
