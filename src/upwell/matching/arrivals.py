"""Who of those invited will come: anybody of their part of the organization."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from upwell.matching.criteria import Ints
from upwell.matching.halls import Bools
from upwell.matching.turnout import Floats

SINGLY = 64
"""So many are invited one by one, and as many again two by two, four by four and so on."""


@dataclass(frozen=True, eq=False)
class Place:
    """A part of the organization.

    Parts
    -----
    reached : bool, shape (kinds, sets), which sets of mentees somebody of each kind reaches.
    counts : int64, shape (kinds,), how many of each kind there are.
    seats : how many counterparts one of them takes.
    """

    name: str
    reached: Bools
    counts: Ints
    seats: int

    @property
    def people(self) -> int:
        return int(self.counts.sum())

    @property
    def mean_reached(self) -> Floats:
        """How likely anybody of them reaches each set, shape (sets,)."""
        share: Floats = self.counts @ self.reached / max(self.people, 1)
        return share


class Arrivals:
    """Who comes, of one place after the other.

    ``comes`` says of each draw how likely somebody who is invited is there. Those invited are
    anybody of the place; its i-th batch brings the same people whenever it is asked for.
    """

    def __init__(self, comes: Floats, places: Sequence[Place], seed: Sequence[int]) -> None:
        self.comes, self.places, self.seed = comes, places, list(seed)
        self.batches = [batches_of(one.people) for one in places]
        self.left = [np.tile(one.counts, (len(comes), 1)) for one in places]
        self.known: list[list[Ints]] = [[] for _ in places]

    def of(self, at: int, batches: range) -> Ints:
        """How many of each kind some batches of a place bring, shape (draws, kinds)."""
        while len(self.known[at]) < batches.stop:
            self.known[at].append(self.next(at))
        found = np.zeros_like(self.left[at])
        for one in batches:
            found += self.known[at][one]
        return found

    def next(self, at: int) -> Ints:
        index = len(self.known[at])
        found = self.some(at, self.batches[at][index], self.left[at], index)
        self.left[at] -= found
        return found.astype(np.int32)

    def at_once(self, at: int, number: int) -> Ints:
        """The same of so many people of a place, or of all who are there if they are fewer."""
        one = self.places[at]
        everybody = np.tile(one.counts, (len(self.comes), 1))
        return self.some(at, min(number, one.people), everybody, len(self.batches[at]))

    def some(self, at: int, number: int, left: Ints, stream: int) -> Ints:
        """Those who come are anybody of those who have not come yet: one kind after the other."""
        rng = np.random.default_rng([*self.seed, at, stream])
        coming = rng.binomial(number, self.comes)
        found = np.zeros_like(left)
        others = left.sum(axis=1)
        for kind in range(left.shape[1] - 1):
            others = others - left[:, kind]
            found[:, kind] = rng.hypergeometric(left[:, kind], others, coming)
            coming = coming - found[:, kind]
        found[:, -1] = coming
        return found


def batches_of(people: int) -> list[int]:
    """How many are invited at once: one by one at first, and more of those who are many anyway."""
    found: list[int] = []
    size = 1
    while people > 0:
        some = [size] * min(SINGLY, people // size)
        found += some
        people -= sum(some)
        size = 2 * size if len(some) == SINGLY else min(size, people) or 1
    return found
