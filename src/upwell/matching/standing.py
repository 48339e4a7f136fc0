"""The pairs that stand, everybody around them, and whether more could be placed at all."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from upwell.matching.candidates import Candidates, every_pair, whole
from upwell.matching.certificate import COUNTS, Certificate, Counts
from upwell.matching.criteria import SOFT_LIMIT, Ints, Matrix, distinct
from upwell.matching.flow import Bools, Prices, best_flow
from upwell.matching.keeping import Found, Keeping, Search, Weights
from upwell.matching.ladder import Ladder, Step
from upwell.matching.pricing import SMALL, first_keys, starting_prices
from upwell.matching.problem import Problem
from upwell.matching.run import Run
from upwell.matching.scoring import Scorer
from upwell.matching.seats import Seats
from upwell.matching.sparse import sparse_rows


@dataclass(frozen=True, eq=False)
class Standing:
    """Some pairs that stand, among the people who have a seat that no pin takes.

    ``rows`` and ``columns`` are those people's indices in the problem; the scorer and the seats are
    of them alone, and ``keys`` of the pairs that stand among them. ``steep`` is a bonus for a pair
    that outweighs all scores together.
    """

    whole: Scorer
    rows: Ints
    columns: Ints
    scorer: Scorer
    seats: Seats
    keys: Ints
    steep: int
    should_stop: Callable[[], bool]

    @classmethod
    def of(cls, problem: Problem, pairs: Ints, should_stop: Callable[[], bool]) -> Self:
        scorer, seats = Scorer.of(problem), Seats.of(problem)
        rows, columns = np.flatnonzero(seats.row), np.flatnonzero(seats.column)
        few = seats.take(rows, columns)
        at = np.searchsorted(rows, pairs[:, 0]), np.searchsorted(columns, pairs[:, 1])
        most = int(min(few.row.sum(), few.column.sum()))
        return cls(
            scorer,
            rows,
            columns,
            scorer.take(rows, columns),
            few,
            np.sort(at[0] * len(columns) + at[1]),
            2 * reach(problem) * most + 1,
            should_stop,
        )

    def ends(self, keys: Ints) -> tuple[Ints, Ints]:
        m = max(len(self.columns), 1)
        return keys // m, keys % m

    def pairs(self, keys: Ints) -> Ints:
        """Mentor and mentee by index in the problem."""
        rows, columns = self.ends(keys)
        return np.column_stack([self.rows[rows], self.columns[columns]])

    def still(self) -> Step:
        """Keep every pair, and match whoever has a seat left as well as can be."""
        rows, columns = self.ends(self.keys)
        left = self.seats_left(rows, columns)
        open_rows, open_columns = np.flatnonzero(left.row), np.flatnonzero(left.column)
        scorer = self.excluding(rows, columns).take(open_rows, open_columns)
        run = Run(scorer, left.take(open_rows, open_columns), self.should_stop, lambda step: None)
        run.choose_first()
        run.prove_counts()
        run.prove_total()
        made, m = run.candidates, len(self.columns)
        new = open_rows[made.rows[run.chosen]] * m + open_columns[made.columns[run.chosen]]
        keys, kept = np.concatenate([self.keys, new]), len(self.keys)
        total = int(self.scorer.scores_at(rows, columns).sum())
        bound, total = total + run.bound, total + run.value
        counts = self.seats.counts(*self.ends(keys))
        weights = Weights(1, self.steep)
        found = Found(keys, counts, kept, total, weights, self.steep * kept + bound)
        return Step(found, 0, plus(self.seats.counts(rows, columns), most_of(run)), bound)

    def seats_left(self, rows: Ints, columns: Ints) -> Seats:
        """The seats that the pairs which stand leave, first ones of whoever has none of them."""
        sides = (
            (rows, self.seats.first_row, self.seats.extra_row),
            (columns, self.seats.first_column, self.seats.extra_column),
        )
        kinds = []
        for people, first, extra in sides:
            taken = np.bincount(people, minlength=len(first))
            kinds += [np.where(taken > 0, 0, first), extra - np.maximum(taken - first, 0)]
        return Seats(*kinds)

    def excluding(self, rows: Ints, columns: Ints) -> Scorer:
        """The scorer without some pairs: two people are a couple once at most."""
        offsets, excluded = self.scorer.excluded
        before = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
        pairs = np.column_stack(
            [np.concatenate([before, rows]), np.concatenate([excluded, columns])]
        )
        return replace(self.scorer, excluded=sparse_rows(pairs, len(self.rows)))

    def is_most(self, keys: Ints) -> bool:
        """Whether nobody with a free seat is allowed anybody: of each count there is no more."""
        rows, columns = self.ends(keys)
        for count, (row_seats, column_seats) in self.seats.counted().items():
            one = self.seats.one_each(count, rows, columns)
            free_rows = np.bincount(rows[one], minlength=len(row_seats)) < row_seats
            free_columns = np.bincount(columns[one], minlength=len(column_seats)) < column_seats
            if self.allows(free_rows, column_seats > 0) and self.allows(
                row_seats > 0, free_columns
            ):
                return False
        return True

    def allows(self, rows: Bools, columns: Bools) -> bool:
        few = self.scorer.take(np.flatnonzero(rows), np.flatnonzero(columns))
        return any(bool((block > few.lowest).any()) for _rows, block in few.blocks())

    def ladder(self, still: Step, *, is_most: bool, start: Certificate | None) -> Ladder:
        """Everything that moving pairs needs, from prices of a proof if there is one."""
        prices = starting_prices(self.scorer, self.seats) if start is None else self.priced(start)
        keys = np.concatenate([first_keys(self.scorer, prices), still.found.keys, self.loose()])
        top, most = still.found.counts, still.most
        if not is_most:
            keys, top, most = self.counted(distinct(keys), prices)
        scorer = Keeping.pairs(self.scorer, np.column_stack(self.ends(self.keys)))
        search = Search(scorer, self.seats, distinct(keys), prices, self.should_stop)
        return Ladder(search, still, top, most, self.steep)

    def loose(self) -> Ints:
        """The keys of pairs of two who have a seat left, unless those are many."""
        left, m = self.seats_left(*self.ends(self.keys)), len(self.columns)
        rows, columns = np.flatnonzero(left.row), np.flatnonzero(left.column)
        if not 0 < len(rows) * len(columns) <= SMALL:
            return np.zeros(0, np.int64)
        keys = every_pair(self.scorer.take(rows, columns))
        found: Ints = rows[keys // len(columns)] * m + columns[keys % len(columns)]
        return found

    def counted(self, keys: Ints, prices: Prices) -> tuple[Ints, Counts, Counts]:
        """Keys among which are as many as possible, how many those are, and could be."""
        run = Run(self.scorer, self.seats, self.should_stop, lambda step: None)
        run.prices, run.candidates = prices, Candidates.of(self.scorer, keys)
        run.chosen = best_flow(run.candidates, self.seats)
        run.prove_counts()
        return run.candidates.keys, run.counts, most_of(run)

    def priced(self, start: Certificate) -> Prices:
        """The prices of a proof, and of those whom it does not price by what they would earn."""
        column = start.prices[self.columns]
        known, unknown = np.flatnonzero(column), np.flatnonzero(column == 0)
        row = np.full(len(self.rows), start.t - start.first_mentor)
        everybody = np.arange(len(self.rows))
        for rows, block in self.scorer.take(everybody, known).blocks(None, column[known]):
            row[rows] = np.maximum(row[rows], whole(block.max(axis=1)))
        earned = np.zeros(len(unknown), np.int64)
        for _rows, block in self.scorer.take(everybody, unknown).blocks(row, None):
            np.maximum(earned, whole(block.max(axis=0)), out=earned)
        column[unknown] = earned
        return Prices(start.t, row, column, start.first_mentor, start.first_mentee)


def most_of(run: Run) -> Counts:
    """The most of each count that a run has proven to be possible."""
    return Counts(**{count: run.most.get(count, run.most["pairs"]) for count in COUNTS})


def plus(some: Counts, others: Counts) -> Counts:
    return Counts(**{count: getattr(some, count) + getattr(others, count) for count in COUNTS})


def reach(problem: Problem) -> int:
    """No score of a pair is further from 0."""
    matrices = [c.scores for c in problem.criteria if isinstance(c, Matrix)]
    allowed = [scores[scores > -(2**59)] for scores in matrices]
    return SOFT_LIMIT + max((int(np.abs(scores).max(initial=0)) for scores in allowed), default=0)
