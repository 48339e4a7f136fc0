"""The best assignment with its proof: most pairs, then the best total."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from upwell.matching.candidates import Candidates
from upwell.matching.certificate import Certificate, free_seats
from upwell.matching.cover import cover_of, cover_size, is_one_side, smaller_side, uncovered
from upwell.matching.flow import UNREACHED, Prices, best_flow, prices_of
from upwell.matching.pricing import first_keys, price_pass, starting_prices
from upwell.matching.problem import Ints, Problem
from upwell.matching.scoring import Scorer
from upwell.matching.stability import Survey, survey

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Progress:
    """Where a run stands: passes over all pairs so far, and the gap once there is one."""

    passes: int
    pairs: int
    gap: int | None


@dataclass(frozen=True, eq=False)
class Result:
    """An assignment with what is known of it.

    ``pairs`` has the shape (k, 2), mentor and mentee by index, ordered; ``scores`` belong to them.
    ``value`` is their sum and ``bound`` the most that any k pairs can total; ``pairs_bound`` is the
    most pairs that any assignment can have. ``floor`` is the lowest score, None without a pair.
    """

    pairs: Ints
    scores: Ints
    value: int
    bound: int
    pairs_bound: int
    certificate: Certificate
    survey: Survey
    passes: int

    @property
    def gap(self) -> int:
        return self.bound - self.value

    @property
    def floor(self) -> int | None:
        return int(self.scores.min()) if len(self.scores) else None

    @property
    def is_optimal(self) -> bool:
        return self.gap == 0 and self.pairs_bound == len(self.pairs)


def solve(
    problem: Problem,
    *,
    should_stop: Callable[[], bool] | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Result:
    """Make as many pairs as the rules allow, and among all such assignments choose the best total.

    Parameters
    ----------
    should_stop : asked between rounds; True ends the run with the best so far and its gap.
    on_progress : told after every round.

    Returns
    -------
    Result
        Certified: ``gap`` is 0 and ``pairs_bound`` the number of pairs, unless stopped.

    Notes
    -----
    Column generation with dual prices. Nothing of size mentors · mentees is held; each pass
    computes all scores in blocks. The same problem gives the same result on every machine.

    Examples
    --------
    >>> from upwell.matching.problem import Matrix
    >>> result = solve(Problem(["a", "b"], ["x", "y"], [Matrix("fit", [[9, 8], [8, 1]])]))
    >>> result.pairs.tolist(), result.value, result.gap
    ([[0, 1], [1, 0]], 16, 0)
    """
    whole = Scorer.of(problem)
    row_seats, column_seats = free_seats(problem)
    rows, columns = np.flatnonzero(row_seats), np.flatnonzero(column_seats)
    run = Run(
        whole.take(rows, columns),
        row_seats[rows],
        column_seats[columns],
        should_stop or (lambda: False),
        on_progress or (lambda progress: None),
    )
    # Many small products: threads that wait for a busy core cost more than they gain.
    with threadpool_limits(limits=1, user_api="blas"):
        run.choose_first()
        run.prove_count()
        run.prove_total()
        return assembled(problem, whole, run, rows, columns)


@dataclass(eq=False)
class Run:
    """A solve under way, over the people who have a seat that no pin takes."""

    scorer: Scorer
    row_seats: Ints
    column_seats: Ints
    should_stop: Callable[[], bool]
    on_progress: Callable[[Progress], None]
    candidates: Candidates = field(init=False)
    chosen: Bools = field(init=False)
    prices: Prices = field(init=False)
    cover: tuple[Bools, Bools] = field(init=False)
    pairs_bound: int = field(init=False)
    best: Prices = field(init=False)
    bound: int = UNREACHED
    passes: int = 0

    @property
    def count(self) -> int:
        return int(np.count_nonzero(self.chosen))

    @property
    def value(self) -> int:
        return int(self.candidates.scores[self.chosen].sum())

    def choose_first(self) -> None:
        """Price everybody from samples and choose among each person's best pairs."""
        self.prices = starting_prices(self.scorer, self.row_seats, self.column_seats)
        self.candidates = Candidates.of(self.scorer, first_keys(self.scorer, self.prices))
        self.chosen = best_flow(self.candidates, self.row_seats, self.column_seats)
        self.report()

    def prove_count(self) -> None:
        """Find a cover as large as the choice: no assignment has more pairs."""
        seats = self.row_seats, self.column_seats
        while True:
            self.cover = cover_of(self.candidates, self.chosen, *seats)
            if is_one_side(self.candidates, *self.cover):
                break
            if self.should_stop():
                self.cover = smaller_side(*seats)
                break
            self.passes += 1
            if not self.add(uncovered(self.scorer, self.candidates, *self.cover)):
                break
        self.pairs_bound = cover_size(self.candidates, self.chosen, seats, self.cover)

    def prove_total(self) -> None:
        """Find prices that hold for every pair: no choice of as many pairs has a better total."""
        while True:
            self.prices = prices_of(
                self.candidates, self.chosen, self.row_seats, self.column_seats, self.prices
            )
            bound, missed = price_pass(
                self.scorer, self.prices, self.candidates, self.row_seats, self.column_seats
            )
            self.passes += 1
            bound += self.count * self.prices.t
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
        self.chosen = best_flow(self.candidates, self.row_seats, self.column_seats)
        return True

    def report(self) -> None:
        gap = None if self.bound == UNREACHED else self.bound - self.value
        self.on_progress(Progress(self.passes, self.count, gap))


def assembled(problem: Problem, whole: Scorer, run: Run, rows: Ints, columns: Ints) -> Result:
    """The result in the problem's own indices, pins included."""
    made = np.column_stack([rows[run.candidates.rows], columns[run.candidates.columns]])
    pairs = np.unique(np.concatenate([problem.pins, made[run.chosen]]), axis=0)
    scores = whole.scores_at(pairs[:, 0], pairs[:, 1])
    pin_value = int(whole.scores_at(problem.pins[:, 0], problem.pins[:, 1]).sum())
    prices = np.zeros(len(problem.mentees), np.int64)
    prices[columns] = run.best.column
    certificate = Certificate(run.best.t, prices, rows[run.cover[0]], columns[run.cover[1]])
    return Result(
        pairs,
        scores,
        int(scores.sum()),
        run.bound + pin_value,
        len(problem.pins) + run.pairs_bound,
        certificate,
        survey(problem, whole, pairs, scores),
        run.passes,
    )
