"""Differences in what people have told about themselves: weighed, and told to nobody.

The answers come neither from a file nor from a People table, but with the private requests alone.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from upwell.matching.criteria import Ints, Table
from upwell.matching.problem import Problem
from upwell.policy.classes import grid
from upwell.policy.participants import Participants
from upwell.policy.preferences import POINTS

BACKGROUND = "background"
UNKNOWN = "-"
"""Stands in a row of answers where a question has none."""


def background(who: Participants, answers: Mapping[str, str]) -> Table | None:
    """The share of the questions that both have answered in which the two differ.

    ``answers`` gives a character for each question, by id. None where it does not count, or nobody
    would gain a point by it. Time and memory O(classes²), of people who answered alike.
    """
    most = POINTS * who.policy.preferences.background
    if not most:
        return None
    column = [
        row if row.strip(UNKNOWN) else None
        for row in map(answers.get, who.people.ids, [""] * len(who.people))
    ]
    both = mentors, mentees = who.both(column)
    if not all(side.values for side in both):
        return None
    table = grid(mentors, mentees, points(mentors.values, mentees.values, most)).table(
        BACKGROUND, is_private=True
    )
    return table if table.scores.any() else None


def points(mentors: Sequence[str], mentees: Sequence[str], most: int) -> Ints:
    """By row of answers on each side; 0 where no question was answered by both."""
    one, other = (np.array([list(row) for row in side]) for side in (mentors, mentees))
    shape = len(mentors), len(mentees)
    answered, differing = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    for mine, theirs in zip(one.T, other.T, strict=True):
        both = (mine != UNKNOWN)[:, None] & (theirs != UNKNOWN)
        answered += both
        differing += both & (mine[:, None] != theirs)
    return most * differing // np.maximum(answered, 1)


def background_points(problem: Problem, pairs: Ints) -> Ints:
    """How many points of each pair come from it, by index in the problem. Shape (k,)."""
    for table in problem.criteria:
        if isinstance(table, Table) and table.code == BACKGROUND:
            rows, columns = table.mentor_class[pairs[:, 0]], table.mentee_class[pairs[:, 1]]
            return table.scores[rows, columns]
    return np.zeros(len(pairs), np.int64)
