"""Why two people were paired or not, and why somebody has nobody."""

from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from upwell.matching.criteria import (
    Affinity,
    Criterion,
    Ints,
    Listed,
    Matrix,
    Table,
    gives_points,
)
from upwell.matching.exact import exact_part
from upwell.matching.problem import Problem
from upwell.matching.solve import Result

Role = Literal["mentor", "mentee"]
Why = Literal["no_seat", "nobody", "rules", "taken"]


@dataclass(frozen=True)
class Part:
    """What one criterion gives a pair, in points. What is private is not to be shown singly."""

    code: str
    points: int
    is_private: bool


@dataclass(frozen=True)
class Explanation:
    """The score of a pair, part by part, or the rules in its way."""

    score: int
    parts: tuple[Part, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Unmatched:
    """Why a person of the problem has nobody.

    ``why`` is "no_seat" (takes nobody), "nobody" (the other side is empty), "rules" (these rules
    leave no counterpart; none of them can be left out) or "taken" (whoever is allowed has others).
    """

    role: Role
    index: int
    why: Why
    rules: tuple[str, ...] = ()


def explain(problem: Problem, mentor: int, mentee: int) -> Explanation:
    """Take the score of one pair apart; parts that only forbid are left out.

    Raises ValueError where an index is nobody's.
    """
    rules = problem.rules_between(mentor, mentee)
    if rules:
        return Explanation(0, (), rules)
    parts = parts_of(problem, mentor, mentee)
    return Explanation(sum(part.points for part in parts), parts, ())


def parts_of(problem: Problem, mentor: int, mentee: int) -> tuple[Part, ...]:
    """What each criterion that gives points at all gives a pair, whether or not it is allowed.

    Raises ValueError where an index is nobody's.
    """
    problem.check_pair(mentor, mentee)
    row, m = slice(mentor, mentor + 1), len(problem.mentees)
    parts = []
    for criterion in filter(gives_points, problem.criteria):
        values, allowed = exact_part(criterion, row, m)
        points = int(values[0, mentee]) if allowed[0, mentee] else 0
        parts.append(Part(criterion.code, points, criterion.is_private))
    return tuple(parts)


def could_give(problem: Problem, mentor: int, mentee: int, points: int) -> tuple[str, ...]:
    """The fewest criteria that could bring a pair this many points more, the most telling first.

    Each could give what it gives either of the two with somebody else at best. Nothing if all of
    them together fall short.
    """
    room = {
        c.code: best_of(c, problem, mentor, mentee) - part.points
        for c, part in zip(
            filter(gives_points, problem.criteria), parts_of(problem, mentor, mentee), strict=True
        )
    }
    codes = sorted((code for code in room if room[code] > 0), key=lambda code: -room[code])
    found = 0
    for place, code in enumerate(codes, 1):
        found += room[code]
        if found >= points:
            return tuple(codes[:place])
    return ()


def best_of(criterion: Criterion, problem: Problem, mentor: int, mentee: int) -> int:
    """The most points that a criterion gives the mentor, or the mentee, with anybody."""
    n, m = len(problem.mentors), len(problem.mentees)
    mine = exact_part(criterion, slice(mentor, mentor + 1), m)
    theirs = exact_part(only_mentee(criterion, mentee), slice(0, n), 1)
    return max(int(values[allowed].max(initial=0)) for values, allowed in (mine, theirs))


def unmatched(
    problem: Problem, result: Result, *, untold: frozenset[str] = frozenset()
) -> tuple[Unmatched, ...]:
    """Everybody without a counterpart, mentees before mentors, with the reason.

    Exclusions of ``untold`` codes are in no reason: whom the other rules leave somebody is "taken".
    """
    listed: list[Unmatched] = []
    sides: tuple[tuple[Role, int, NDArray[np.bool_]], ...] = (
        ("mentee", 1, result.survey.mentee_can),
        ("mentor", 0, result.survey.mentor_can),
    )
    for role, side, can in sides:
        has = np.zeros(len(can), bool)
        has[result.pairs[:, side]] = True
        listed += [
            Unmatched(role, index, "taken")
            if has_choice(problem, role, index, can)
            else why_nobody(problem, role, index, untold)
            for index in np.flatnonzero(~has).tolist()
        ]
    return tuple(listed)


def has_choice(problem: Problem, role: Role, index: int, can: NDArray[np.bool_]) -> bool:
    seats = problem.mentor_capacity if role == "mentor" else problem.mentee_capacity
    return bool(seats[index]) and bool(can[index])


def why_nobody(problem: Problem, role: Role, index: int, untold: frozenset[str]) -> Unmatched:
    """Why a person has no allowed counterpart at all."""
    seats = problem.mentor_capacity if role == "mentor" else problem.mentee_capacity
    others = problem.mentees if role == "mentor" else problem.mentors
    if not seats[index]:
        return Unmatched(role, index, "no_seat")
    if not others:
        return Unmatched(role, index, "nobody")
    rules = smallest_cause(problem, role, index, untold)
    return Unmatched(role, index, "rules", rules) if rules else Unmatched(role, index, "taken")


def smallest_cause(
    problem: Problem, role: Role, index: int, untold: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The fewest rules that together forbid every counterpart; the first such set in order.

    Empty where no set without ``untold`` ones does.
    """
    count = len(problem.mentees if role == "mentor" else problem.mentors)
    forbids: dict[str, NDArray[np.bool_]] = {}
    for c in problem.criteria:
        forbids[c.code] = forbids.get(c.code, False) | forbidden_by(c, role, index, count)
    for exclusion in problem.exclusions:
        if exclusion.code in untold:
            continue
        mine, other = (0, 1) if role == "mentor" else (1, 0)
        listed = np.zeros(count, bool)
        listed[exclusion.pairs[exclusion.pairs[:, mine] == index, other]] = True
        forbids[exclusion.code] = forbids.get(exclusion.code, False) | listed
    active = [code for code, hits in forbids.items() if hits.any()]
    bits = {code: 1 << place for place, code in enumerate(active)}
    start = np.zeros(count, np.int64)
    patterns = np.unique(sum((forbids[code] * bits[code] for code in active), start))
    sets = (rules for size in range(1, len(active) + 1) for rules in combinations(active, size))
    return next(
        (rules for rules in sets if np.all(patterns & sum(bits[code] for code in rules))), ()
    )


def forbidden_by(criterion: Criterion, role: Role, index: int, count: int) -> NDArray[np.bool_]:
    """Which counterparts one criterion forbids to a person."""
    if isinstance(criterion, Affinity | Listed):
        return np.zeros(count, bool)
    if role == "mentor":
        allowed = exact_part(criterion, slice(index, index + 1), count)[1][0]
    else:
        allowed = exact_part(only_mentee(criterion, index), slice(0, count), 1)[1][:, 0]
    forbidden: NDArray[np.bool_] = ~allowed
    return forbidden


def only_mentee(criterion: Criterion, index: int) -> Criterion:
    """The same criterion with one mentee left."""
    match criterion:
        case Affinity():
            return Affinity(criterion.code, criterion.mentors, criterion.mentees[[index]])
        case Table():
            mentee_class: Ints = criterion.mentee_class[[index]]
            return Table(criterion.code, criterion.mentor_class, mentee_class, criterion.scores)
        case Matrix():
            return Matrix(criterion.code, criterion.scores[:, [index]])
        case Listed():
            named = criterion.pairs[:, 1] == index
            pairs = criterion.pairs[named] * (1, 0)
            return Listed(criterion.code, pairs, criterion.points[named])
