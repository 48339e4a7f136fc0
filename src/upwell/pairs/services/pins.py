"""Which couples a run keeps together: all that were asked for by hand, as far as nobody is harmed.

A pin gives way to a private request, and to somebody else's only counterpart. Nobody is told which
of the two it was, so a pin that could not be kept tells of neither.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from upwell.matching.problem import Problem
from upwell.matching.solve import most_of_each
from upwell.pairs.models import MatchRun
from upwell.pairs.services.following import with_pins
from upwell.policy import Fault, Policy, PrivateRequests, compile_problem
from upwell.policy.phrases import shown_rules
from upwell.policy.rules import PRIVATE
from upwell.programs.services.table import CohortTable

Couple = tuple[str, str]
At = tuple[int, int]


class PinError(Exception):
    """Pins set by hand that cannot be kept, as everybody may know; ``words`` says it of each."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults)
        self.faults = tuple(faults)


def with_fitting_pins(
    run: MatchRun, policy: Policy, count: int, table: CohortTable, private: PrivateRequests
) -> Policy:
    """The policy with those of its last ``count`` pins, which were set by hand, that can be kept.

    Sets how many they are on the run.

    Raises PinError where a rule that everybody may know stands against one, or where somebody
    has fewer places than pins, whatever was asked for in private.
    """
    if not count:
        return policy
    own, asked = policy.pairs.pin[:-count], policy.pairs.pin[-count:]
    problem = compile_problem(with_pins(policy, own), table.people, private).problem
    found = in_problem(problem, asked)
    check_pins(problem, found, own, table.enrollments)
    open_ones = {pair: at for pair, at in found.items() if not problem.rules_between(*at)}
    kept = harmless(problem, open_ones)
    run.pins_added = len(kept)
    return with_pins(policy, (*own, *kept))


def in_problem(problem: Problem, couples: Sequence[Couple]) -> dict[Couple, At]:
    """By index; whoever takes no part any more is left out."""
    mentors = {person: index for index, person in enumerate(problem.mentors)}
    mentees = {person: index for index, person in enumerate(problem.mentees)}
    return {
        (mentor, mentee): (mentors[mentor], mentees[mentee])
        for mentor, mentee in couples
        if mentor in mentors and mentee in mentees
    }


def check_pins(
    problem: Problem,
    couples: Mapping[Couple, At],
    own: Sequence[Couple],
    enrollments: Mapping[str, UUID],
) -> None:
    """Refuse by what everybody may know alone, so that no fault tells of what is private."""
    faults = []
    for (mentor, mentee), at in couples.items():
        rules = [code for code in problem.rules_between(*at) if code != PRIVATE]
        if rules:
            params = {"mentor": str(enrollments[mentor]), "mentee": str(enrollments[mentee])}
            params["rules"] = ",".join(shown_rules(rules))
            faults.append(Fault("pin_apart", "", params=params))
    for place, ids, seats in (
        (0, problem.mentors, problem.mentor_capacity),
        (1, problem.mentees, problem.mentee_capacity),
    ):
        asked = Counter(couple[place] for couple in {*couples, *own})
        faults += [
            Fault("pin_places", "", params={"person": str(enrollments[ids[at]])})
            for at in range(len(ids))
            if asked[ids[at]] > seats[at]
        ]
    if faults:
        raise PinError(faults)


def harmless(problem: Problem, couples: Mapping[Couple, At]) -> list[Couple]:
    """Those with which as many people have a counterpart as without; of several, the first ones."""
    most = most_of_each(problem)
    own = [tuple(pin) for pin in problem.pins.tolist()]
    if most_of_each(problem.with_pins([*own, *couples.values()])) == most:
        return [*couples]
    kept: dict[Couple, At] = {}
    for couple, at in couples.items():
        if most_of_each(problem.with_pins([*own, *kept.values(), at])) == most:
            kept[couple] = at
    return [*kept]
