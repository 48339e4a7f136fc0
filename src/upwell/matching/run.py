"""A solve under way: candidates, counts, floor and total, each with what proves it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from upwell.matching.candidates import Candidates
from upwell.matching.certificate import MOST_STEPS, Count, Counts
from upwell.matching.cover import (
    Cover,
    cover_of,
    cover_size,
    is_one_side,
    smaller_side,
    uncovered,
)
from upwell.matching.criteria import Ints
from upwell.matching.floor import (
    Floor,
    better,
    bonuses,
    highest_floor,
    levels,
    room,
    thresholds,
)
from upwell.matching.flow import UNREACHED, Prices, best_flow, prices_of
from upwell.matching.pricing import first_keys, price_pass, starting_prices
from upwell.matching.scoring import Scorer
from upwell.matching.seats import Both, Seats

Bools = NDArray[np.bool_]

Objective = Literal["total", "fair", "stable"]


@dataclass(frozen=True)
class Progress:
    """Where a run stands: passes over all pairs so far, and the gap once there is one.

    ``aim`` is what the run is at; while that is the lowest scores or stable pairs, no gap is told.
    """

    passes: int
    pairs: int
    gap: int | None
    aim: Objective = "total"


@dataclass(eq=False)
class Run:
    """A solve under way, over the people who have a seat that no pin takes."""

    scorer: Scorer
    seats: Seats
    should_stop: Callable[[], bool]
    on_progress: Callable[[Progress], None]
    candidates: Candidates = field(init=False)
    chosen: Bools = field(init=False)
    prices: Prices = field(init=False)
    covers: dict[Count, Cover] = field(default_factory=dict)
    most: dict[Count, int] = field(default_factory=dict)
    best: Prices = field(init=False)
    best_total: int | None = None
    floor: Floor | None = None
    """None where the floor is of no account."""
    has_all_steps: bool = True
    levels_proven: int = 0
    bound: int = UNREACHED
    passes: int = 0

    @property
    def counts(self) -> Counts:
        rows, columns = self.candidates.rows[self.chosen], self.candidates.columns[self.chosen]
        return self.seats.counts(rows, columns)

    @property
    def value(self) -> int:
        return int(self.candidates.scores[self.chosen].sum())

    def choose_first(self) -> None:
        """Price everybody from samples and choose among each person's best pairs."""
        self.prices = starting_prices(self.scorer, self.seats)
        self.candidates = Candidates.of(self.scorer, first_keys(self.scorer, self.prices))
        self.chosen = best_flow(self.candidates, self.seats)
        self.report()

    def prove_counts(self) -> None:
        """Find a cover as large as each count: no assignment has more of any."""
        for count, both in self.seats.counted().items():
            self.covers[count] = self.covering(count, both)
        for count, both in self.seats.counted().items():
            taken = self.taken(count)
            self.most[count] = cover_size(self.candidates, taken, both, self.covers[count])

    def taken(self, count: Count) -> Bools:
        """The chosen pairs that one count counts."""
        taken = np.zeros(len(self.candidates), bool)
        at = np.flatnonzero(self.chosen)
        one_each = self.seats.one_each(count, self.candidates.rows[at], self.candidates.columns[at])
        taken[at[one_each]] = True
        return taken

    def covering(self, count: Count, both: Both) -> Cover:
        """A cover for every pair, with more candidates where the first does not hold for all."""
        while True:
            cover = cover_of(self.candidates, self.taken(count), both)
            if is_one_side(self.candidates, *cover):
                return cover
            if self.should_stop():
                return smaller_side(both)
            self.passes += 1
            if not self.add(uncovered(self.scorer, self.candidates, *cover)):
                return cover

    @property
    def is_most(self) -> bool:
        return all(getattr(self.counts, count) == most for count, most in self.most.items())

    @property
    def is_fairest(self) -> bool:
        return self.has_all_steps and self.bound == self.value

    def raise_floor(self) -> bool:
        """Raise the floor as far as it goes without losing a pair, and leave all pairs below it.

        False where nothing is paired, or the run was stopped before its best total was known.
        """
        if not self.counts.pairs or not self.is_most or self.bound > self.value:
            return False
        self.best_total = self.value
        self.floor = highest_floor(self.scorer, self.candidates, self.seats, self.most)
        self.passes += self.floor.passes
        self.scorer = self.scorer.above(self.floor.value)
        self.candidates = better(self.floor.candidates, self.floor.value)
        self.chosen = best_flow(self.candidates, self.seats)
        self.report()
        return True

    def prove_levels(self) -> None:
        """Leave as few pairs at the lowest scores as possible, then find the best total."""
        seats, plain, count = self.seats, self.scorer, self.counts.pairs
        highest = max(int(block.max()) for _rows, block in plain.blocks())
        reach = highest - (plain.floor or 0)
        most = room(count, reach, sum(plain.shape))
        while True:
            candidates = Candidates.of(plain, self.candidates.keys)
            found = levels(candidates, seats, plain.floor or 0, count=count, most=most)
            scores = thresholds(found)[:most]
            steps = bonuses(scores, count, reach)
            self.scorer = replace(plain, steps=steps)
            self.candidates = Candidates.of(self.scorer, candidates.keys)
            self.chosen = best_flow(self.candidates, seats)
            self.bound = UNREACHED
            self.prove_total()
            made = plain.scores_at(
                self.candidates.rows[self.chosen], self.candidates.columns[self.chosen]
            )
            lowest = np.unique(made)[:MOST_STEPS].tolist()
            self.has_all_steps = thresholds(lowest)[:most] == scores
            if self.has_all_steps or self.should_stop():
                self.levels_proven = len({*lowest} & {*scores}) if self.is_fairest else 0
                return

    def prove_total(self) -> None:
        """Find prices that hold for every pair: no choice of as many pairs has a better total."""
        while True:
            self.prices = prices_of(self.candidates, self.chosen, self.seats, self.prices)
            worth, missed = price_pass(self.scorer, self.prices, self.candidates, self.seats)
            self.passes += 1
            bound = worth + self.prices.of_counts(self.counts)
            if bound < self.bound:
                self.bound, self.best = bound, self.prices
            self.report()
            if self.bound == self.value or self.should_stop():
                return
            if not self.add(missed):
                raise RuntimeError(
                    f"bound {bound} and value {self.value} differ, yet all is priced"
                )

    def add(self, keys: Ints) -> bool:
        """Take more candidates in and choose again; False if there are none."""
        more = self.candidates.with_keys(self.scorer, keys)
        if len(more) == len(self.candidates):
            return False
        self.candidates = more
        self.chosen = best_flow(self.candidates, self.seats)
        return True

    def report(self) -> None:
        gap = None if self.bound == UNREACHED else self.bound - self.value
        if self.floor:
            self.on_progress(Progress(self.passes, self.counts.pairs, None if gap else gap, "fair"))
        else:
            self.on_progress(Progress(self.passes, self.counts.pairs, gap))
