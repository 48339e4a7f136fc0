"""How many more to invite, and where: one after the other, where each helps most."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from upwell.matching.arrivals import Arrivals
from upwell.matching.criteria import Ints

MOST_AT_ONCE = 4
"""Of what seems to be missing, at most a fourth is added before it is counted anew."""
FEWEST_AT_ONCE = 16
"""Of all who are invited already, a sixteenth is added at once, so that the search ends."""
MOST_LOOKED_AT = 512
"""So many draws that lack something say where somebody helps most."""
NEARLY = 0.03
"""A part of the organization does as well as others if no more than this is lacking."""
Gain = tuple[float, float, int]


@dataclass(frozen=True, eq=False)
class Invited:
    """``seats`` is what those invited bring in each draw, int64, shape (draws,)."""

    total: int
    is_reached: bool
    where: dict[str, int]
    best: tuple[str, ...]
    seats: Ints


def invite(slack: Ints, arrivals: Arrivals, goal: float) -> Invited:
    """Find the fewest who are to be invited.

    Where not even everybody would be enough, they are all told of, and no search is made.

    Parameters
    ----------
    slack : int64, shape (draws, sets).
    goal : in which share of the draws nothing is to be below 0.
    """
    search = Inviting(slack, arrivals, goal)
    if not search.is_reached and not search.could_be_reached():
        everybody = [one.people for one in arrivals.places]
        return invited_of(arrivals, everybody, is_reached=False)
    search.fill()
    search.spare()
    total = sum(search.people)
    where = {
        one.name: number
        for one, number in zip(arrivals.places, search.people, strict=True)
        if number
    }
    best = search.best(slack) if search.is_reached else ()
    return Invited(total, search.is_reached, where, best, search.seats)


def invited_of(
    arrivals: Arrivals, numbers: Sequence[int], *, is_reached: bool, best: tuple[str, ...] = ()
) -> Invited:
    """So many of each place, invited at once."""
    where = {
        one.name: number for one, number in zip(arrivals.places, numbers, strict=True) if number
    }
    seats = np.zeros(len(arrivals.comes), np.int64)
    for at, number in enumerate(numbers):
        seats += arrivals.at_once(at, number).sum(axis=1) * arrivals.places[at].seats
    return Invited(sum(numbers), is_reached, where, best, seats)


class Inviting:
    """A search over one simulation, at all places or only at some, by their index.

    ``counts`` are the batches of each place that are invited.
    """

    def __init__(
        self, slack: Ints, arrivals: Arrivals, goal: float, allowed: Sequence[int] | None = None
    ) -> None:
        self.slack, self.arrivals, self.goal = slack.copy(), arrivals, goal
        self.places = arrivals.places
        self.allowed = range(len(self.places)) if allowed is None else allowed
        self.counts = [0] * len(self.places)
        self.seats = np.zeros(len(slack), np.int64)

    @property
    def people(self) -> list[int]:
        """How many are invited at each place."""
        return [
            sum(sizes[:count])
            for sizes, count in zip(self.arrivals.batches, self.counts, strict=True)
        ]

    @property
    def lack(self) -> Ints:
        """How many places are missing in each draw."""
        found: Ints = np.maximum(-self.slack.min(axis=1, initial=0), 0)
        return found

    @property
    def is_reached(self) -> bool:
        return share_of(self.slack) >= self.goal

    def could_be_reached(self) -> bool:
        """Whether it would be if everybody was invited."""
        found = self.slack
        for at in self.allowed:
            found = found + self.brought(at, self.arrivals.at_once(at, self.places[at].people))
        return share_of(found) >= self.goal

    def brought(self, at: int, come: Ints) -> Ints:
        """The places within reach of each set by those of each kind who come, (draws, sets)."""
        one = self.places[at]
        found = come.astype(np.float32) @ one.reached.astype(np.float32)
        return found.astype(np.int64) * one.seats

    def fill(self, most: int | None = None) -> None:
        """Invite where it helps most, until it is reached, nobody helps, or ``most`` are asked."""
        while not self.is_reached and (open_places := self.open_places()):
            gain = self.order()
            at = max(open_places, key=gain)
            limit = None if most is None else most - sum(self.people)
            number = self.step(at, limit)
            if not number or gain(at)[:2] == (0, 0):
                return
            self.add(at, number)

    def open_places(self) -> list[int]:
        return [
            at
            for at in self.allowed
            if self.counts[at] < len(self.arrivals.batches[at]) and self.places[at].seats > 0
        ]

    def order(self) -> Callable[[int], Gain]:
        """What somebody at each place would spare: where most is missing, and in all.

        Among equals, where most are left.
        """
        short = self.slack[self.lack > 0][:MOST_LOOKED_AT]
        before, all_before = -short.min(axis=1).sum(), -np.minimum(short, 0).sum()

        def gain(at: int) -> Gain:
            one = self.places[at]
            after = np.minimum(short + one.seats * one.mean_reached, 0)
            spared, in_all = before + after.min(axis=1).sum(), all_before + after.sum()
            return float(spared), float(in_all), one.people - self.people[at]

        return gain

    def step(self, at: int, limit: int | None) -> int:
        """How many batches to add at once; one person when few are missing, and no more than so."""
        comes = max(float(self.arrivals.comes.mean()), 0.01)
        missing = np.quantile(self.lack, self.goal) / comes / self.places[at].seats / MOST_AT_ONCE
        wanted = max(1, int(missing), sum(self.people) // FEWEST_AT_ONCE)
        if limit is not None:
            wanted = min(wanted, limit)
        sizes = self.arrivals.batches[at][self.counts[at] :]
        ends = np.cumsum(sizes)
        number = int(np.searchsorted(ends, wanted, "right"))
        return number or int(limit is None or ends[0] <= limit)

    def add(self, at: int, number: int) -> None:
        """Invite some batches more at a place, or fewer where the number is below 0."""
        here = self.counts[at]
        first, last = sorted((here, here + number))
        come = self.arrivals.of(at, range(first, last)) * (1 if number > 0 else -1)
        self.slack += self.brought(at, come)
        self.seats += come.sum(axis=1) * self.places[at].seats
        self.counts[at] += number

    def spare(self) -> None:
        """Take back whoever is not needed after all, at each place by halves."""
        if not self.is_reached:
            return
        for at in sorted(self.allowed, key=lambda at: self.counts[at]):
            low, high = 0, self.counts[at]
            while low < high:
                middle = (low + high) // 2
                self.add(at, middle - self.counts[at])
                low, high = (low, middle) if self.is_reached else (middle + 1, high)
            self.add(at, high - self.counts[at])

    def best(self, slack: Ints) -> tuple[str, ...]:
        """The places where as many do, and without which they do not; () where it does not matter.

        Those where all could come from, or else the one where most of them are.
        """
        people = self.people
        total = sum(people)
        good = [at for at in self.allowed if self.does_alone(at, total, slack)]
        good = good or [at for at in self.allowed if 2 * people[at] > total]
        others = [at for at in self.allowed if at not in good]
        if not total or not good or not others:
            return ()
        without = Inviting(slack, self.arrivals, self.goal - NEARLY, others)
        without.fill(total)
        return () if without.is_reached else tuple(self.places[at].name for at in good)

    def does_alone(self, at: int, total: int, slack: Ints) -> bool:
        """Whether all invited from this one place would nearly do."""
        found = slack + self.brought(at, self.arrivals.at_once(at, total))
        return share_of(found) >= self.goal - NEARLY


def share_of(slack: Ints) -> float:
    """In which share of the draws nothing is missing."""
    return float((slack >= 0).all(axis=1).mean())
