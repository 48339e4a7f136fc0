"""The same question asked of people one by one: exact, where classes of mentees are not."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from upwell.matching.criteria import Ints
from upwell.matching.halls import Bools
from upwell.matching.inviting import NEARLY
from upwell.matching.turnout import Chances

PLAYS = 300
SPARE = 3
"""Of a part, no more than so many mentors for each mentee are looked at."""


@dataclass(frozen=True, eq=False)
class Others:
    """Who could be asked in a part of the organization: whom each may have, and their seats."""

    name: str
    may: Bools
    seats: int


@dataclass(frozen=True, eq=False)
class Play:
    """One draw of who is there.

    Parts
    -----
    mentees : bool, shape (mentees,).
    rows : bool, shape (places, mentees), whom the mentor of each place may have.
    coming : of each part, who of its people come, and which in the order of inviting they are.
    """

    mentees: Bools
    rows: Bools
    coming: Sequence[tuple[Ints, Ints]]

    def is_placed(self, others: Sequence[Others], numbers: Sequence[int]) -> bool:
        """Whether every mentee is, with so many invited of each part."""
        invited = [
            one.may[who[: np.searchsorted(places, number)]].repeat(one.seats, axis=0)
            for one, (who, places), number in zip(others, self.coming, numbers, strict=True)
        ]
        rows = np.concatenate([self.rows, *invited])[:, self.mentees]
        if not rows.size:
            return not self.mentees.any()
        found = maximum_bipartite_matching(csr_array(rows), perm_type="row")
        return bool((found >= 0).all())


@dataclass(frozen=True, eq=False)
class Fewest:
    """How many of each part are to be invited, ``best`` as of ``Invited``, and how likely everybody
    is placed without them.
    """

    numbers: list[int]
    best: tuple[str, ...]
    chance: float


@dataclass(frozen=True, eq=False)
class Plays:
    """Draws of a roster, of people instead of classes: the first of ``chances``.

    ``may`` and ``seats`` are of its mentors; two more parts say who of mentors and mentees is
    enrolled. ``shares`` says how many of each part are invited before any more of the others.
    """

    may: Bools
    seats: Ints
    mentor_enrolled: Bools
    mentee_enrolled: Bools
    others: Sequence[Others]
    shares: Sequence[int]
    chances: Chances
    seed: Sequence[int]

    def fewest(self, goal: float) -> Fewest | None:
        """The smallest number that is enough in so many plays; None where not even everybody is."""
        everybody = self.numbers(self.order)
        if not self.is_enough(everybody, goal):
            return None
        needs = np.sort([self.need(play) for play in self.plays])
        numbers = self.numbers(self.order[: needs[int(np.ceil(goal * len(needs) - 1e-9)) - 1]])
        return Fewest(numbers, self.best(numbers, goal), float((needs == 0).mean()))

    def is_enough(self, numbers: Sequence[int], goal: float) -> bool:
        """Whether everybody is placed in so many plays."""
        most = (1 - goal) * len(self.plays) + 1e-9
        missed = 0
        for play in self.plays:
            missed += not play.is_placed(self.others, numbers)
            if missed > most:
                return False
        return True

    def need(self, play: Play) -> int:
        """How many are to be invited in this play; one more than all where they are too few."""
        low, high = 0, len(self.order) + 1
        first = sum(self.shares)
        at = 0
        while low < high:
            if play.is_placed(self.others, self.numbers(self.order[:at])):
                high = at
            else:
                low = at + 1
            at = first if low == 1 <= first < high else (low + high) // 2
        return high

    def best(self, numbers: Sequence[int], goal: float) -> tuple[str, ...]:
        """As ``Inviting.best``."""
        total, parts = sum(numbers), range(len(numbers))
        nearly = goal - NEARLY
        alone = [[total if at == one else 0 for at in parts] for one in parts]
        good = [at for at in parts if self.is_enough(alone[at], nearly)] if total else []
        good = good or [at for at in parts if 2 * numbers[at] > total]
        elsewhere = self.order[~np.isin(self.order, good)][:total]
        if not good or len(good) == len(numbers) or self.is_enough(self.numbers(elsewhere), nearly):
            return ()
        return tuple(self.others[at].name for at in good)

    def numbers(self, order: Ints) -> list[int]:
        """How many of each part are among these."""
        found: list[int] = np.bincount(order, minlength=len(self.others)).tolist()
        return found

    @cached_property
    def order(self) -> Ints:
        """Of which part those invited are, one after the other: all parts by turns."""
        when = [
            np.concatenate(
                [
                    np.arange(0.5, share) / max(share, 1),
                    1 + np.arange(0.5, len(one.may) - share) / max(len(one.may) - share, 1),
                ]
            )
            for one, share in zip(self.others, self.shares, strict=True)
        ]
        parts = np.repeat(np.arange(len(when)), [len(one) for one in when])
        return parts[np.argsort(np.concatenate([*when, np.zeros(0)]), kind="stable")]

    @cached_property
    def plays(self) -> list[Play]:
        return [self.play(at) for at in range(min(PLAYS, len(self.chances.mentor_asked)))]

    def play(self, at: int) -> Play:
        rng = np.random.default_rng([*self.seed, at])
        given = self.chances
        comes = given.mentor_asked[at]
        mentor = np.where(self.mentor_enrolled, given.mentor_enrolled[at], comes)
        mentee = np.where(self.mentee_enrolled, given.mentee_enrolled[at], given.mentee_asked[at])
        here = rng.random(len(mentor)) < mentor
        rows = np.repeat(self.may[here], self.seats[here], axis=0)
        coming = []
        for one in self.others:
            people = rng.permutation(len(one.may))
            places = np.flatnonzero(rng.random(len(people)) < comes)[: SPARE * len(mentee)]
            coming.append((people[places], places))
        return Play(rng.random(len(mentee)) < mentee, rows, coming)
