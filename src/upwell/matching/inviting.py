"""How many more to invite, and where: one after the other, where each helps most."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from upwell.matching.criteria import Ints
from upwell.matching.turnout import Floats

MOST_AT_ONCE = 4
"""Of what seems to be missing, at most a fourth is added before it is counted anew."""
NEARLY = 0.03
"""A part of the organization does as well as others if no more than this is lacking."""


@dataclass(frozen=True, eq=False)
class Place:
    """A part of the organization: which sets of mentees somebody there reaches, bool, (sets,)."""

    name: str
    reached: np.ndarray
    seats: int
    people: int


@dataclass(frozen=True, eq=False)
class Invited:
    """``seats`` is what those invited bring in each draw, int64, shape (draws,)."""

    total: int
    is_reached: bool
    where: dict[str, int]
    best: tuple[str, ...]
    seats: Ints


class Inviting:
    """A search over one simulation.

    ``slack`` has the shape (draws, sets); ``comes`` says of each draw how likely somebody who is
    invited is there. The i-th invited at a place comes in the same draws whenever they are asked.
    """

    def __init__(
        self, slack: Ints, comes: Floats, places: Sequence[Place], goal: float, seed: Sequence[int]
    ) -> None:
        self.slack = slack.copy()
        self.comes, self.places, self.goal, self.seed = comes, places, goal, list(seed)
        self.counts = [0] * len(places)
        self.seats = np.zeros(len(slack), np.int64)

    def run(self) -> Invited:
        while not self.is_reached and (open_places := self.open_places()):
            at = max(open_places, key=self.order())
            self.add(at, min(self.step(at), self.left(at)))
        self.spare()
        counts = dict(zip((one.name for one in self.places), self.counts, strict=True))
        where = {name: number for name, number in counts.items() if number}
        total = sum(self.counts)
        return Invited(total, self.is_reached, where, self.best(total), self.seats)

    @property
    def lack(self) -> Ints:
        """How many places are missing in each draw."""
        found: Ints = np.maximum(-self.slack.min(axis=1, initial=0), 0)
        return found

    @property
    def is_reached(self) -> bool:
        return bool((self.lack == 0).mean() >= self.goal)

    def left(self, at: int) -> int:
        return self.places[at].people - self.counts[at]

    def open_places(self) -> list[int]:
        return [at for at, one in enumerate(self.places) if self.left(at) > 0 and one.seats > 0]

    def order(self) -> Callable[[int], tuple[float, int]]:
        """What somebody at each place would spare; among equals, where most are left."""
        short = self.slack[self.lack > 0]
        before = self.lack.sum()

        def gain(at: int) -> tuple[float, int]:
            one = self.places[at]
            after = np.maximum(-(short + one.seats * one.reached).min(axis=1), 0)
            return float(before - after.sum()), self.left(at)

        return gain

    def step(self, at: int) -> int:
        """How many to add at once; one by one when few are missing."""
        missing = np.quantile(self.lack, self.goal) / max(float(self.comes.mean()), 0.01)
        return max(1, int(missing / self.places[at].seats / MOST_AT_ONCE))

    def add(self, at: int, number: int) -> None:
        """Invite some more at a place, or fewer where the number is below 0."""
        here = self.counts[at]
        first, last = sorted((here, here + number))
        seats = self.seats_of(at, range(first, last)) * (1 if number > 0 else -1)
        self.slack[:, self.places[at].reached] += seats[:, None]
        self.seats += seats
        self.counts[at] += number

    def seats_of(self, at: int, numbers: Iterable[int]) -> Ints:
        """What those with these numbers bring in each draw."""
        come = sum((self.coming(at, one) for one in numbers), np.zeros_like(self.seats))
        return come * self.places[at].seats

    def coming(self, at: int, index: int) -> Ints:
        """In which draws the one with this number comes, 0 or 1."""
        rng = np.random.default_rng([*self.seed, at, index])
        return (rng.random(len(self.comes)) < self.comes).astype(np.int64)

    def spare(self) -> None:
        """Take back whoever is not needed after all."""
        for at in sorted(range(len(self.places)), key=lambda at: self.counts[at]):
            while self.is_reached and self.counts[at]:
                self.add(at, -1)
                if not self.is_reached:
                    self.add(at, 1)
                    break

    def best(self, total: int) -> tuple[str, ...]:
        """The places where all could come from; () where any would do.

        Where none would alone, the one where most of them are.
        """
        before = self.slack_before()
        good = [at for at in range(len(self.places)) if self.does_alone(at, total, before)]
        if not good:
            good = [at for at, number in enumerate(self.counts) if 2 * number > total]
        is_any = not total or len(good) == len(self.places)
        return () if is_any else tuple(self.places[at].name for at in good)

    def does_alone(self, at: int, total: int, before: Ints) -> bool:
        """Whether all invited from this one place would nearly do."""
        found = before + self.seats_of(at, range(total))[:, None] * self.places[at].reached
        return bool((found >= 0).all(axis=1).mean() >= self.goal - NEARLY)

    def slack_before(self) -> Ints:
        """What it was before anybody was invited."""
        found = self.slack.copy()
        for at, (one, number) in enumerate(zip(self.places, self.counts, strict=True)):
            found[:, one.reached] -= self.seats_of(at, range(number))[:, None]
        return found
