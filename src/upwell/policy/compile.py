"""From a policy and a table of people to a matching problem."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np

from upwell.matching.problem import Ints, Problem
from upwell.policy.faults import Fault, PolicyError, shown
from upwell.policy.participants import Participants
from upwell.policy.policy import Policy
from upwell.policy.preferences import POINTS, apply_preferences
from upwell.policy.rules import PrivateRequests, apply_rules
from upwell.policy.sides import choose_sides
from upwell.sheets.people import People


@dataclass(frozen=True, eq=False)
class Compiled:
    """A problem, and how it came out of a policy and a table of people.

    Parts
    -----
    mentor_rows, mentee_rows : the row in ``people`` of each index in the problem.
    policy : with the order of levels and both sides' levels filled in; a side that roles chose has
        no levels.
    guessed : "mentors", "mentees", where neither the policy nor roles said who they are.
    not_checked : the codes of rules that were asked for and could be checked for no pair.
    unknown : for the other rules, of how many participants they could not be checked, where any.
    reporting_lines_unknown : participants whose line is not known up to the top of the table:
        a manager cannot be identified or is outside it, on whichever line upwards.
    unknown_couples : couples of keep_apart and former in which not both take part, so that they
        keep nobody apart; each as often as it is listed.
    not_used : the codes of preferences that could not be used.
    full_score : the points of a pair that meets every used preference wholly.
    private : what people have asked for in private, where any of it is about this problem.
    """

    problem: Problem
    people: People
    mentor_rows: tuple[int, ...]
    mentee_rows: tuple[int, ...]
    policy: Policy
    guessed: tuple[str, ...]
    not_checked: tuple[str, ...]
    unknown: Mapping[str, int]
    reporting_lines_unknown: int
    unknown_couples: int
    not_used: tuple[str, ...]
    full_score: int
    private: PrivateRequests | None = None

    def stated(self, read_on: date, mapping: str = "") -> dict[str, Any]:
        """What a certificate says of people besides its proof: how they came to be matched."""
        asked = {"private_requests": True} if self.private else {}
        return {
            **asked,
            "kind": "people",
            "read_on": read_on.isoformat(),
            "mapping": mapping,
            "policy": json.loads(self.policy.to_json()),
            "not_checked": list(self.not_checked),
            "reporting_lines_unknown": self.reporting_lines_unknown,
        }


def compile_problem(
    policy: Policy, people: People, private: PrivateRequests | None = None
) -> Compiled:
    """Turn a policy and people into a problem; the same ones always give the same problem.

    Whatever is not known of a person forbids nothing and earns nothing. Raises PolicyError where
    the policy does not fit the people: it names a level, or pins somebody, that there is not, a
    side is empty, or a pin breaks a rule.
    """
    sides = choose_sides(policy, people)
    who = Participants(people, sides)
    check_pins(who)
    ruled = apply_rules(who, private)
    criteria, not_used = apply_preferences(who)
    weights = sides.policy.preferences
    problem = Problem(
        [people.ids[row] for row in sides.mentors],
        [people.ids[row] for row in sides.mentees],
        [*ruled.tables, *criteria],
        exclusions=ruled.exclusions,
        mentor_capacity=seats(people, sides.mentors, policy.capacity.mentor),
        mentee_capacity=seats(people, sides.mentees, policy.capacity.mentee),
        terms=sides.policy.to_json() + (private.salt if private else ""),
    )
    return Compiled(
        problem=pinned(problem, who),
        people=people,
        mentor_rows=sides.mentors,
        mentee_rows=sides.mentees,
        policy=sides.policy,
        guessed=sides.guessed,
        not_checked=tuple(ruled.not_checked),
        unknown=MappingProxyType(ruled.unknown),
        reporting_lines_unknown=ruled.lines_unknown,
        unknown_couples=ruled.unknown_couples,
        not_used=tuple(not_used),
        full_score=POINTS * sum(getattr(weights, criterion.code) for criterion in criteria),
        private=private,
    )


def seats(people: People, rows: Sequence[int], default: int) -> Ints:
    """How many counterparts each takes: what the table says, or else the policy."""
    given = people.capacities or (None,) * len(people)
    return np.array([default if given[r] is None else given[r] for r in rows], np.int64)


def check_pins(who: Participants) -> None:
    """Refuse pins that name somebody who is not on that side."""
    ids = who.people.ids
    mentors = {ids[row] for row in who.sides.mentors}
    mentees = {ids[row] for row in who.sides.mentees}
    faults = []
    for number, (mentor, mentee) in enumerate(who.policy.pairs.pin):
        if mentor not in mentors:
            faults.append(Fault("not_mentor", f"pairs.pin[{number}][0]", shown(mentor)))
        if mentee not in mentees:
            faults.append(Fault("not_mentee", f"pairs.pin[{number}][1]", shown(mentee)))
    if faults:
        raise PolicyError(faults)


def pinned(problem: Problem, who: Participants) -> Problem:
    """The same problem with the policy's pins. Raises PolicyError where one cannot be kept."""
    couples = who.policy.pairs.pin
    if not couples:
        return problem
    mentor_at = {person: index for index, person in enumerate(problem.mentors)}
    mentee_at = {person: index for index, person in enumerate(problem.mentees)}
    pins = [(mentor_at[mentor], mentee_at[mentee]) for mentor, mentee in couples]
    faults = [
        Fault("pin_forbidden", f"pairs.pin[{number}]", shown(couples[number]))
        for number, (mentor, mentee) in enumerate(pins)
        if problem.rules_between(mentor, mentee)
    ]
    for place, ids, capacity in (
        (0, problem.mentors, problem.mentor_capacity),
        (1, problem.mentees, problem.mentee_capacity),
    ):
        counts = np.bincount([pin[place] for pin in set(pins)], minlength=len(ids))
        faults += [
            Fault("pin_seats", "pairs.pin", shown(ids[at]), {"places": int(capacity[at])})
            for at in np.flatnonzero(counts > capacity)
        ]
    if faults:
        raise PolicyError(faults)
    return Problem(
        problem.mentors,
        problem.mentees,
        problem.criteria,
        exclusions=problem.exclusions,
        pins=pins,
        mentor_capacity=problem.mentor_capacity,
        mentee_capacity=problem.mentee_capacity,
        terms=problem.terms,
    )
