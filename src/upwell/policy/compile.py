"""From a policy and a table of people to a matching problem."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np

from upwell.matching.criteria import Criterion, Ints
from upwell.matching.problem import Problem
from upwell.policy.background import BACKGROUND, background, background_points
from upwell.policy.faults import Fault, PolicyError, shown
from upwell.policy.own_ranking import OWN_RANKING, own_ranking, own_ranking_points, with_orders
from upwell.policy.participants import Participants
from upwell.policy.perspective import Difference, differences
from upwell.policy.policy import Policy
from upwell.policy.preferences import POINTS, apply_preferences
from upwell.policy.ranking import mutual_firsts, rankings
from upwell.policy.rules import PrivateRequests, Ruled, apply_rules
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
    full_score : the points of a pair that meets every used preference wholly; rankings come on top
        of it, so that nobody's pair is measured by what others have ranked, and so does what
        people have told about themselves, which nobody is to learn.
    private : who is kept apart in private, maybe nobody; None where that is not looked at.
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

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        return differences(self.problem, self.policy.preferences, self.not_used)

    def opened(self) -> Problem:
        """The problem without what is private, as everybody with policy and people compiles it.

        It has the policy's own pins alone: two who rank each other first may have been kept apart
        in private, and a pin that is missing would tell.
        """
        whole = self.private is None
        problem = self.problem if whole else compile_problem(self.policy, self.people).problem
        return problem.with_pins(policy_pins(problem, self.policy.pairs.pin))

    def open_scores(self, pairs: Ints, scores: Ints) -> Ints:
        """The points of these pairs without those that are told to nobody."""
        return scores - self.untold_points(pairs)

    def untold_points(self, pairs: Ints) -> Ints:
        """How many points of each of these pairs are told to nobody."""
        own = own_ranking_points(self.problem, pairs)
        return background_points(self.problem, pairs) + own

    @property
    def is_ranked(self) -> bool:
        """Whether people were asked to rank each other in private, be it that nobody has."""
        return self.private is not None and self.private.rankings is not None

    @property
    def is_partly_told(self) -> bool:
        """Whether some of the points are told to nobody: by what was asked, so that it tells no
        more.
        """
        return bool(untold(self.policy, is_ranked=self.is_ranked))

    def stated(self, read_on: date, mapping: str = "") -> dict[str, Any]:
        """What a certificate says of people besides its proof: how they came to be matched."""
        return {
            **(
                {}
                if self.private is None
                else withheld(self.opened(), self.policy, is_ranked=self.is_ranked)
            ),
            "kind": "people",
            "read_on": read_on.isoformat(),
            "mapping": mapping,
            "policy": json.loads(self.policy.pairing_json()),
            "not_checked": list(self.not_checked),
            "reporting_lines_unknown": self.reporting_lines_unknown,
        }


def untold(policy: Policy, *, is_ranked: bool) -> list[str]:
    """The codes of the preferences that are told to nobody, whether or not they give a point."""
    background_code = [BACKGROUND] if policy.preferences.background else []
    return [*background_code, *([OWN_RANKING] if is_ranked else [])]


def withheld(opened: Problem, policy: Policy, *, is_ranked: bool = False) -> dict[str, Any]:
    """What a certificate states whose proof is kept elsewhere: the digest of all that is open.

    And which preferences its figures leave out, whether or not they gave anybody a point.
    """
    codes = untold(policy, is_ranked=is_ranked)
    named = {"private_preferences": codes} if codes else {}
    return {"private_requests": True, "open_digest": opened.digest(), **named}


def compile_problem(
    policy: Policy,
    people: People,
    private: PrivateRequests | None = None,
    stood: Sequence[tuple[str, str]] = (),
) -> Compiled:
    """Turn a policy and people into a problem; the same ones always give the same problem.

    ``stood`` are pairs, mentor and mentee by id, that are to remain possible where one of the two
    can mentor the other, as well as the other way round.

    Whatever is not known of a person forbids nothing and earns nothing. Raises PolicyError where
    the policy does not fit the people: it names a level, or pins somebody, that there is not, a
    side is empty, or a pin breaks a rule.
    """
    sides = choose_sides(policy, people)
    who = Participants(people, sides, tuple(stood))
    check_pins(who)
    ruled = apply_rules(who, private)
    criteria, not_used = apply_preferences(who)
    told: list[Criterion | None] = [background(who, private.backgrounds)] if private else []
    if private and private.rankings is not None:
        who = with_orders(who, private.rankings)
        told.append(own_ranking(who))
        not_used = [code for code in not_used if code != "ranking"]
    return Compiled(
        problem=problem_of(who, ruled, [*criteria, *(one for one in told if one)], private),
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
        full_score=full_score(sides.policy, [criterion.code for criterion in criteria]),
        private=private,
    )


def problem_of(
    who: Participants,
    ruled: Ruled,
    criteria: Sequence[Criterion],
    private: PrivateRequests | None,
) -> Problem:
    """The problem with all its pins. Raises PolicyError where one of them breaks a rule."""
    people, sides = who.people, who.sides
    problem = Problem(
        [people.ids[row] for row in sides.mentors],
        [people.ids[row] for row in sides.mentees],
        [*ruled.tables, *criteria],
        exclusions=ruled.exclusions,
        rankings=rankings(who),
        mentor_capacity=who.seats("mentor"),
        mentee_capacity=who.seats("mentee"),
        terms=sides.policy.pairing_json() + (private.salt if private else ""),
    )
    return with_all_pins(problem, who)


def full_score(policy: Policy, used: Sequence[str]) -> int:
    """The most points without rankings; with them where nothing else counts."""
    codes = [code for code in used if code != "ranking"] or used
    weights = policy.preferences.model_dump()
    return POINTS * sum(int(weights[code]) for code in codes)


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


def with_all_pins(problem: Problem, who: Participants) -> Problem:
    """The same problem with the policy's pins, and then with those of two who rank each other
    first, where the policy asks for them.
    """
    pins = policy_pins(problem, who.policy.pairs.pin)
    if who.policy.pairs.mutual_first:
        pins += mutual_firsts(problem, pins)
    return problem.with_pins(pins) if pins else problem


def policy_pins(problem: Problem, couples: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """The policy's own pins, by index. Raises PolicyError where one cannot be kept."""
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
        counts = np.bincount(
            np.array([pin[place] for pin in set(pins)], np.int64), minlength=len(ids)
        )
        faults += [
            Fault("pin_seats", "pairs.pin", shown(ids[at]), {"places": int(capacity[at])})
            for at in np.flatnonzero(counts > capacity)
        ]
    if faults:
        raise PolicyError(faults)
    return pins
