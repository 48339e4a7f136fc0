"""How different two people are in what is never told singly."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from upwell.matching.criteria import FORBIDDEN, Ints, Table
from upwell.matching.problem import Problem
from upwell.policy.sections import Preferences

FEWEST = 3
"""Of fewer things, one or both could be read from the line."""


@dataclass(frozen=True, eq=False)
class Difference:
    """One thing in which two people differ, and the least and the most points that it can give."""

    table: Table
    least: int
    most: int

    def share(self, mentor: int, mentee: int) -> Fraction:
        """From 0, as alike as can be, to 1."""
        at = self.table.mentor_class[mentor], self.table.mentee_class[mentee]
        return Fraction(int(self.table.scores[at]) - self.least, self.most - self.least)


def differences(
    problem: Problem, weights: Preferences, not_used: Sequence[str]
) -> tuple[Difference, ...]:
    """The used preferences in which more points mean more of a difference, where people differ.

    Whom people ranked is no difference: whoever knows the rest could read it from the line.
    """
    telling = {"stage", "unit", *(["region"] if weights.preferred_region == "across" else [])}
    tables = {table.code: table for table in problem.criteria if isinstance(table, Table)}
    found = []
    for code in sorted(telling - set(not_used)):
        if getattr(weights, code):
            values = possible(tables[code], tables.get("level_gap") if code == "stage" else None)
            found.append(Difference(tables[code], int(values.min()), int(values.max())))
    return tuple(one for one in found if one.least < one.most)


def possible(table: Table, rule: Table | None) -> Ints:
    """The points that pairs can have, of those that the rule allows if there are any."""
    if rule is None:
        return table.scores
    mentors = np.unique(np.column_stack([table.mentor_class, rule.mentor_class]), axis=0)
    mentees = np.unique(np.column_stack([table.mentee_class, rule.mentee_class]), axis=0)
    scores = table.scores[np.ix_(mentors[:, 0], mentees[:, 0])]
    allowed = scores[rule.scores[np.ix_(mentors[:, 1], mentees[:, 1])] != FORBIDDEN]
    return allowed if len(allowed) else scores


def step(found: Sequence[Difference], mentor: int, mentee: int) -> int | None:
    """0 for alike, 1 for different, by index in the problem; None where it would tell too much.

    Each thing counts the same, whatever its weight, and two steps part at half of all: so at either
    step each of three things or more may be as alike, or as different, as can be.
    """
    if len(found) < FEWEST:
        return None
    whole = sum((one.share(mentor, mentee) for one in found), Fraction(0))
    return int(2 * whole >= len(found))
