"""Whom people ranked themselves: as the engine's rankings, as points, and as pins."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from upwell.matching.criteria import Ints, Listed, Ranking, Side
from upwell.matching.problem import Problem
from upwell.policy.lines import places
from upwell.policy.participants import Participants

CHOICES = 8
"""Later choices than this earn nothing."""

Choice = tuple[int, int, int]
"""Mentor and mentee by index, and the rank, 1 for a first choice."""


def rankings(who: Participants) -> tuple[Ranking, ...]:
    """Whom each side ranks of the other; none where the table of people has no rankings."""
    if who.people.ranked is None:
        return ()
    mentors, mentees = who.sides.mentors, who.sides.mentees
    by_mentees = choices(who, mentees, mentors)
    return (
        ranking("mentor", choices(who, mentors, mentees)),
        ranking("mentee", ((mentor, mentee, rank) for mentee, mentor, rank in by_mentees)),
    )


def choices(who: Participants, mine: Sequence[int], theirs: Sequence[int]) -> Iterator[Choice]:
    """Who chooses whom, by index in their sides. People of no side are passed over: the next of a
    ranking take their place.
    """
    ranked, row_of, place = who.people.ranked or (), who.people.row_of, places(theirs)
    for index, row in enumerate(mine):
        rank = 0
        for tier in ranked[row]:
            rows = {row_of.get(person, -1) for person in tier} - {row}
            found = sorted(place[other] for other in rows if other in place)
            rank += bool(found)
            yield from ((index, other, rank) for other in found)


def ranking(side: Side, found: Iterable[Choice]) -> Ranking:
    table = np.array(list(found), np.int64).reshape(-1, 3)
    return Ranking(side, table[:, :2], table[:, 2])


def listed(code: str, found: Sequence[Ranking], most: int) -> Listed | None:
    """Points for pairs of whom one ranks the other; None where nobody ranks anybody.

    Each side gives half of ``most``: the whole half for a first choice, 7/8 of it for a second, …
    1/8 for an eighth, nothing later; in whole points.
    """
    pairs = np.concatenate([np.zeros((0, 2), np.int64), *(one.pairs for one in found)])
    if not len(pairs):
        return None
    points = np.concatenate([points_of(one.ranks, most // 2) for one in found])
    width = int(pairs[:, 1].max()) + 1
    keys, at = np.unique(pairs @ (width, 1), return_inverse=True)
    totals = np.zeros(len(keys), np.int64)
    np.add.at(totals, at, points)
    keys, totals = keys[totals > 0], totals[totals > 0]
    return Listed(code, np.column_stack([keys // width, keys % width]), totals, is_private=True)


def points_of(ranks: Ints, half: int) -> Ints:
    points: Ints = half * np.maximum(CHOICES + 1 - ranks, 0) // CHOICES
    return points


def mutual_firsts(problem: Problem, pins: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs who both rank each other first, which no rule forbids and these pins leave seats.

    By index and in order of the mentors, then mentees; of several first choices each is taken while
    both have seats.
    """
    seats = [problem.mentor_capacity.tolist(), problem.mentee_capacity.tolist()]
    taken = set(pins)
    for mentor, mentee in taken:
        seats[0][mentor] -= 1
        seats[1][mentee] -= 1
    firsts = [{(i, j) for i, j in one.pairs[one.ranks == 1].tolist()} for one in problem.rankings]
    found = []
    for mentor, mentee in sorted(set.intersection(*firsts) - taken) if firsts else ():
        is_free = seats[0][mentor] > 0 and seats[1][mentee] > 0
        if is_free and not problem.rules_between(mentor, mentee):
            found.append((mentor, mentee))
            seats[0][mentor] -= 1
            seats[1][mentee] -= 1
    return found
