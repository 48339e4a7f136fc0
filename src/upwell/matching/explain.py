"""Why two people were paired or not, and why somebody has nobody."""

from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from upwell.matching.certificate import exact_part
from upwell.matching.problem import FORBIDDEN, Affinity, Criterion, Ints, Matrix, Problem, Table
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
    """Take the score of one pair apart; parts that only forbid are left out."""
    rules = problem.rules_between(mentor, mentee)
    if rules:
        return Explanation(0, (), rules)
    row = slice(mentor, mentor + 1)
    parts = tuple(
        Part(c.code, int(exact_part(c, row)[0][0, mentee]), c.is_private)
        for c in problem.criteria
        if gives_points(c)
    )
    return Explanation(sum(part.points for part in parts), parts, ())


def gives_points(criterion: Criterion) -> bool:
    return not isinstance(criterion, Table) or bool(
        np.any((criterion.scores != 0) & (criterion.scores != FORBIDDEN))
    )


def unmatched(problem: Problem, result: Result) -> tuple[Unmatched, ...]:
    """Everybody without a counterpart, mentees before mentors, with the reason."""
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
            else why_nobody(problem, role, index)
            for index in np.flatnonzero(~has).tolist()
        ]
    return tuple(listed)


def has_choice(problem: Problem, role: Role, index: int, can: NDArray[np.bool_]) -> bool:
    seats = problem.mentor_capacity if role == "mentor" else problem.mentee_capacity
    return bool(seats[index]) and bool(can[index])


def why_nobody(problem: Problem, role: Role, index: int) -> Unmatched:
    """Why a person has no allowed counterpart at all."""
    seats = problem.mentor_capacity if role == "mentor" else problem.mentee_capacity
    others = problem.mentees if role == "mentor" else problem.mentors
    if not seats[index]:
        return Unmatched(role, index, "no_seat")
    if not others:
        return Unmatched(role, index, "nobody")
    return Unmatched(role, index, "rules", smallest_cause(problem, role, index))


def smallest_cause(problem: Problem, role: Role, index: int) -> tuple[str, ...]:
    """The fewest rules that together forbid every counterpart; the first such set in order."""
    count = len(problem.mentees if role == "mentor" else problem.mentors)
    forbids: dict[str, NDArray[np.bool_]] = {}
    for c in problem.criteria:
        forbids[c.code] = forbids.get(c.code, False) | forbidden_by(c, role, index, count)
    for exclusion in problem.exclusions:
        mine, other = (0, 1) if role == "mentor" else (1, 0)
        listed = np.zeros(count, bool)
        listed[exclusion.pairs[exclusion.pairs[:, mine] == index, other]] = True
        forbids[exclusion.code] = forbids.get(exclusion.code, False) | listed
    active = [code for code, hits in forbids.items() if hits.any()]
    bits = {code: 1 << place for place, code in enumerate(active)}
    patterns = np.unique(sum(forbids[code] * bits[code] for code in active))
    return next(
        rules
        for size in range(1, len(active) + 1)
        for rules in combinations(active, size)
        if np.all(patterns & sum(bits[code] for code in rules))
    )


def forbidden_by(criterion: Criterion, role: Role, index: int, count: int) -> NDArray[np.bool_]:
    """Which counterparts one criterion forbids to a person."""
    if isinstance(criterion, Affinity):
        return np.zeros(count, bool)
    if role == "mentor":
        allowed = exact_part(criterion, slice(index, index + 1))[1][0]
    else:
        allowed = exact_part(only_mentee(criterion, index), slice(0, count))[1][:, 0]
    forbidden: NDArray[np.bool_] = ~allowed
    return forbidden


def only_mentee(criterion: Table | Matrix, index: int) -> Table | Matrix:
    """The same criterion with one mentee left."""
    if isinstance(criterion, Matrix):
        return Matrix(criterion.code, criterion.scores[:, [index]])
    mentee_class: Ints = criterion.mentee_class[[index]]
    return Table(criterion.code, criterion.mentor_class, mentee_class, criterion.scores)
