"""The same question asked of people one by one: exact, and slow, for where classes say no."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from upwell.matching.criteria import Ints
from upwell.matching.halls import Bools
from upwell.matching.turnout import Chances

PLAYS = 200
STEPS = 64
"""Numbers to invite that are tried: so many shares of everybody."""
SPARE = 3
"""Of a part, no more than so many mentors for each mentee are looked at."""


@dataclass(frozen=True, eq=False)
class Others:
    """Who could be asked in a part of the organization: whom each may have, and their seats."""

    may: Bools
    seats: int


@dataclass(frozen=True, eq=False)
class Play:
    """One draw of who is there.

    Parts
    -----
    mentees : bool, shape (mentees,).
    rows : bool, shape (places, mentees), whom the mentor of each place may have.
    orders : of each part, in which order its people are invited, and who of them comes.
    """

    mentees: Bools
    rows: Bools
    orders: Sequence[tuple[Ints, Bools]]

    def is_placed(self, others: Sequence[Others], numbers: Sequence[int]) -> bool:
        """Whether every mentee is, with so many invited of each part."""
        most = SPARE * len(self.mentees)
        invited = [
            one.may[order[:number][comes[:number]][:most]].repeat(one.seats, axis=0)
            for one, (order, comes), number in zip(others, self.orders, numbers, strict=True)
        ]
        rows = np.concatenate([self.rows, *invited])[:, self.mentees]
        if not rows.size:
            return not self.mentees.any()
        found = maximum_bipartite_matching(csr_array(rows), perm_type="row")
        return bool((found >= 0).all())


@dataclass(frozen=True, eq=False)
class Plays:
    """The first draws of a roster, of people instead of classes.

    ``may`` and ``seats`` are of its mentors; two more parts say who of mentors and mentees is
    enrolled.
    """

    may: Bools
    seats: Ints
    mentor_enrolled: Bools
    mentee_enrolled: Bools
    others: Sequence[Others]
    chances: Chances
    seed: Sequence[int]

    def fewest(self, goal: float) -> tuple[list[int], float] | None:
        """The smallest share of every part that is enough, as numbers, and how likely it is so.

        None where not even everybody is.
        """
        low, high = 0, STEPS
        best = self.share(self.numbers(high), goal)
        if not best:
            return None
        while low < high:
            middle = (low + high) // 2
            if share := self.share(self.numbers(middle), goal):
                high, best = middle, share
            else:
                low = middle + 1
        return self.numbers(high), best

    def numbers(self, step: int) -> list[int]:
        return [-(-len(one.may) * step // STEPS) for one in self.others]

    def share(self, numbers: Sequence[int], goal: float) -> float:
        """In which share of the plays everybody is placed; 0 as soon as the goal is missed."""
        count = min(PLAYS, len(self.chances.mentor_asked))
        missed = 0
        for play in self.each(count):
            missed += not play.is_placed(self.others, numbers)
            if missed > (1 - goal) * count:
                return 0
        return 1 - missed / count

    def each(self, count: int) -> Iterator[Play]:
        given = self.chances
        for at in range(count):
            rng = np.random.default_rng([*self.seed, at])
            comes = given.mentor_asked[at]
            mentor = np.where(self.mentor_enrolled, given.mentor_enrolled[at], comes)
            mentee = np.where(
                self.mentee_enrolled, given.mentee_enrolled[at], given.mentee_asked[at]
            )
            here = rng.random(len(mentor)) < mentor
            yield Play(
                rng.random(len(mentee)) < mentee,
                np.repeat(self.may[here], self.seats[here], axis=0),
                [
                    (rng.permutation(len(one.may)), rng.random(len(one.may)) < comes)
                    for one in self.others
                ],
            )
