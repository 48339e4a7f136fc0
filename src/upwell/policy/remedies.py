"""What would let more people be paired: each rule changed by one step, and counted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from upwell.matching.certificate import Counts
from upwell.matching.solve import most_of_each
from upwell.policy.compile import compile_problem
from upwell.policy.faults import PolicyError
from upwell.policy.policy import Policy
from upwell.sheets.hours import MOST_PLACES
from upwell.sheets.people import People

HOUR = 1.0
Step = Callable[[Policy], Any]
"""The value that a key of a policy would have one step more freely; None where there is none."""


@dataclass(frozen=True)
class Remedy:
    """One step, and how many more pairs, mentees and mentors there could be after it.

    ``section`` and ``key`` are those of the policy, ``value`` what would stand there.
    """

    section: str
    key: str
    value: Any
    more: Counts

    def applied(self, policy: Policy) -> Policy:
        return changed(policy, self.section, self.key, self.value)


def freely(key: str) -> Step:
    """Whatever two people have."""
    return lambda policy: None if getattr(policy.rules, key) == "any" else "any"


STEPS: Mapping[tuple[str, str], Step] = {
    ("rules", "overlap_hours"): lambda policy: (
        max(0.0, policy.rules.overlap_hours - HOUR) if policy.rules.overlap_hours else None
    ),
    ("rules", "level_gap"): lambda policy: (
        policy.rules.level_gap - 1 if policy.rules.level_gap > 1 else None
    ),
    ("rules", "region"): freely("region"),
    ("rules", "unit"): freely("unit"),
    ("rules", "team"): freely("team"),
    ("capacity", "mentor"): lambda policy: (
        policy.capacity.mentor + 1 if policy.capacity.mentor < MOST_PLACES else None
    ),
}
"""Rules that protect people are none of them: reporting lines, a language in common, who is kept
apart. Nor is the last level between two: then a mentee could be as junior as the mentor."""


def remedies(policy: Policy, people: People) -> tuple[Remedy, ...]:
    """Which single steps would let more be paired, the most first.

    Private requests are left out on both sides of the comparison, so that no number tells of one:
    what a step brings in truth can be less. The policy and the people are those of a run, with its
    order of levels. One count of pairs for each step; nothing is scored. Raises PolicyError where
    the policy does not fit the people.
    """
    now = count(policy, people)
    found = []
    for (section, key), step in STEPS.items():
        value = step(policy)
        if value is None:
            continue
        try:
            then = count(changed(policy, section, key, value), people)
        except PolicyError:
            continue
        more = Counts(
            then.pairs - now.pairs, then.mentees - now.mentees, then.mentors - now.mentors
        )
        if more.mentees > 0 or more.mentors > 0:
            found.append(Remedy(section, key, value, more))
    order = {(one.section, one.key): at for at, one in enumerate(found)}
    return tuple(
        sorted(
            found,
            key=lambda one: (-one.more.mentees, -one.more.mentors, order[one.section, one.key]),
        )
    )


def one_step(policy: Policy, named: str) -> Policy:
    """The policy after one step of a rule, as "rules.overlap_hours"; the same for anything else."""
    for (section, key), step in STEPS.items():
        if f"{section}.{key}" == named and (value := step(policy)) is not None:
            return changed(policy, section, key, value)
    return policy


def count(policy: Policy, people: People) -> Counts:
    return most_of_each(compile_problem(policy, people).problem)


def changed(policy: Policy, section: str, key: str, value: Any) -> Policy:
    part = getattr(policy, section).model_copy(update={key: value})
    return policy.model_copy(update={section: part})
