"""The proof that comes with a result, and what a check of it finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from upwell.matching.criteria import Ints

PRICE_LIMIT = 2**52
"""Prices beyond this are refused: what is added up below would leave int64."""

MOST_STEPS = 5
ROOM = 2**52
"""What all bonuses of an assignment add up to stays below this, so that prices are exact."""

FLOW_ROOM = 2**58
"""The largest score times the number of people stays below this, or the flow solver refuses."""

Count = Literal["pairs", "mentees", "mentors"]

COUNTS: tuple[Count, ...] = ("pairs", "mentees", "mentors")


@dataclass(frozen=True)
class Counts:
    """How many pairs there are, and how many mentees and mentors have one at least."""

    pairs: int
    mentees: int
    mentors: int

    @classmethod
    def of(cls, pairs: Ints) -> "Counts":
        mentors, mentees = (len(np.unique(people)) for people in pairs.T)
        return cls(len(pairs), mentees, mentors)


def no_people() -> Ints:
    return np.zeros(0, np.int64)


@dataclass(frozen=True, eq=False)
class Certificate:
    """What proves a result.

    ``cover_mentors`` and ``cover_mentees`` (ascending indices) prove the number of pairs: each
    allowed pair touches one of them, and those few that do not are counted. Where some have several
    seats, ``other_covers`` (mentors, mentees) do so for the mentees and the mentors who have one.
    ``t`` (points for one more pair) and ``prices`` (points for a seat of each mentee) prove the
    total, with what the first pair of a mentor and of a mentee earns besides; a price is never
    below what the latter gives.
    Where the worst pair comes before the total, ``floor`` is the lowest score that is allowed, and
    the floor's own cover proves that as many pairs, or mentees or mentors with one, cannot all
    score more. Of ``steps`` (score,
    bonus), each adds its bonus to every pair above its score, so that as few pairs as possible stay
    at the lowest scores; prices and ``t`` are of scores with them.
    """

    t: int
    prices: Ints
    cover_mentors: Ints
    cover_mentees: Ints
    floor: int | None = None
    floor_mentors: Ints = field(default_factory=no_people)
    floor_mentees: Ints = field(default_factory=no_people)
    steps: tuple[tuple[int, int], ...] = ()
    first_mentor: int = 0
    first_mentee: int = 0
    other_covers: Mapping[Count, tuple[Ints, Ints]] = field(default_factory=dict)
    floor_count: Count = "pairs"

    def of_counts(self, taken: Counts) -> int:
        """What seats that are taken, and first ones of mentees and mentors, add to a bound."""
        earned = taken.mentees * self.first_mentee + taken.mentors * self.first_mentor
        return taken.pairs * self.t - earned


@dataclass(frozen=True)
class Verdict:
    """What a check found. ``faults`` says what is wrong; none means that the figures are proven.

    With a floor, ``has_all_steps`` says whether the proof counts the pairs at all lowest scores for
    which exact numbers have room, and ``levels_proven`` how many of the lowest scores made are
    proven: each as high as can be, with as few pairs at it as can be. It is 0 without such a proof.
    """

    faults: tuple[str, ...]
    counts: Counts
    most: Counts
    value: int
    bound: int
    allowed_pairs: int
    is_highest_floor: bool = True
    has_all_steps: bool = True
    levels_proven: int = 0

    @property
    def pairs(self) -> int:
        return self.counts.pairs

    @property
    def pairs_bound(self) -> int:
        return self.most.pairs

    @property
    def is_feasible(self) -> bool:
        """No pair breaks a rule or a capacity, and the proof is well formed."""
        return not self.faults

    @property
    def gap(self) -> int:
        """How much better another assignment with the same counts might be, in points."""
        return self.bound - self.value

    @property
    def is_optimal(self) -> bool:
        is_most = self.is_feasible and self.counts == self.most
        is_fairest = self.is_highest_floor and self.has_all_steps
        return is_most and is_fairest and self.gap == 0
