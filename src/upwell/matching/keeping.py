"""The best of assignments that keep some pairs: each kept one earns a bonus, as exact as scores."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Self

import numpy as np

from upwell.matching.candidates import Candidates, contains, whole
from upwell.matching.certificate import Counts
from upwell.matching.criteria import MATRIX_FORBIDDEN, SOFT_LIMIT, Ints
from upwell.matching.flow import UNREACHED, Bools, Prices, best_flow, prices_of
from upwell.matching.pricing import price_pass
from upwell.matching.scoring import Scorer
from upwell.matching.seats import Seats
from upwell.matching.sparse import Block, ranges, sparse_rows

COSTS = 2**61
"""Costs of a flow, times the nodes of its network, stay below this."""


@dataclass(frozen=True)
class Weights:
    """What a pair counts for: ``factor`` times its score, and ``bonus`` more if it is kept."""

    factor: int
    bonus: int


PLAIN = Weights(1, 0)


@dataclass(frozen=True, eq=False)
class Keeping(Scorer):
    """The scores of every pair by their weights. ``kept`` lists the pairs as sparse rows."""

    kept: tuple[Ints, Ints] = field(default_factory=lambda: sparse_rows(np.zeros((0, 2), int), 0))
    weights: Weights = PLAIN

    @classmethod
    def pairs(cls, scorer: Scorer, pairs: Ints) -> Self:
        """These pairs of a scorer are those to keep, each of which is allowed."""
        parts = {part.name: getattr(scorer, part.name) for part in fields(scorer)}
        return cls(**parts, kept=sparse_rows(pairs, len(scorer.left)))

    @property
    def is_plain(self) -> bool:
        """Whether scores stay in the range, and so in the type, that they have without a bonus."""
        return self.weights.factor == 1 and self.weights.bonus < SOFT_LIMIT

    @property
    def lowest(self) -> int:
        return super().lowest if self.is_plain else MATRIX_FORBIDDEN // 2

    def take(self, rows: Ints, columns: Ints) -> Self:
        raise NotImplementedError

    def transposed(self) -> Self:
        raise NotImplementedError

    def blocks(
        self, row_price: Ints | None = None, column_price: Ints | None = None
    ) -> Iterator[tuple[Ints, Block]]:
        if self.is_plain:
            for rows, block in super().blocks(row_price, column_price):
                self.reward(block, rows)
                yield rows, block
            return
        for rows, plain in super().blocks():
            block = whole(plain)
            is_forbidden = block <= super().lowest
            block *= self.weights.factor
            self.reward(block, rows)
            if row_price is not None:
                block -= row_price[rows, None]
            if column_price is not None:
                block -= column_price
            block[is_forbidden] = MATRIX_FORBIDDEN
            yield rows, block

    def reward(self, block: Block, rows: Ints) -> None:
        offsets, columns = self.kept
        counts = offsets[rows + 1] - offsets[rows]
        listed = columns[ranges(offsets[rows], counts)]
        block[np.repeat(np.arange(len(rows)), counts), listed] += self.weights.bonus

    def scores_at(self, rows: Ints, columns: Ints) -> Ints:
        plain = super().scores_at(rows, columns)
        return self.weights.factor * plain + self.weights.bonus * self.is_kept(rows, columns)

    def is_kept(self, rows: Ints, columns: Ints) -> Bools:
        m = self.shape[1]
        return contains(self.kept_keys, rows * m + columns)

    @property
    def kept_keys(self) -> Ints:
        """Ascending."""
        offsets, columns = self.kept
        keys: Ints = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets)) * self.shape[1]
        return keys + columns


@dataclass(frozen=True, eq=False)
class Found:
    """The best assignment by weights, with these counts: its pairs as keys, and what they are.

    ``kept`` is how many it keeps, ``total`` the sum of its plain scores. No assignment with the
    same counts weighs more than ``bound``; ``prices`` prove it, and bound others too.
    """

    keys: Ints
    counts: Counts
    kept: int
    total: int
    weights: Weights
    bound: int
    prices: Prices | None = None

    @property
    def is_proven(self) -> bool:
        return self.bound == self.weights.factor * self.total + self.weights.bonus * self.kept

    def most_total(self, kept: int, counts: Counts | None = None) -> int:
        """The most that assignments with these counts total if they keep at least so many."""
        bound = self.bound
        if counts is not None and counts != self.counts and self.prices is not None:
            bound += self.prices.of_counts(counts) - self.prices.of_counts(self.counts)
        return (bound - self.weights.bonus * kept) // self.weights.factor


@dataclass(eq=False)
class Search:
    """Solves under way on the same people: what one has learned, the next begins with.

    ``keys`` are the candidates, ascending, among which is whatever is kept; ``prices`` are of plain
    scores.
    """

    scorer: Keeping
    seats: Seats
    keys: Ints
    prices: Prices
    should_stop: Callable[[], bool]

    def best(self, counts: Counts, weights: Weights) -> Found:
        """Find the best by weights; of equals among the candidates, what keeps more.

        Stopped, its bound is what has been proven so far. Raises ValueError where weights leave
        the range of exact numbers.
        """
        scorer = replace(self.scorer, weights=weights)
        candidates = Candidates.of(scorer, self.keys)
        prices, bound = self.begin(scorer), UNREACHED
        while True:
            chosen = self.choose(scorer, candidates, counts)
            prices = prices_of(candidates, chosen, self.seats, prices)
            gains, missed = price_pass(scorer, prices, candidates, self.seats)
            if gains + prices.of_counts(counts) < bound:
                bound, best = gains + prices.of_counts(counts), prices
            if bound == candidates.scores[chosen].sum() or self.should_stop() or not len(missed):
                break
            candidates = candidates.with_keys(scorer, missed)
        self.keys = candidates.keys
        rows, columns = candidates.rows[chosen], candidates.columns[chosen]
        return Found(
            candidates.keys[chosen],
            counts,
            int(np.count_nonzero(scorer.is_kept(rows, columns))),
            int(replace(scorer, weights=PLAIN).scores_at(rows, columns).sum()),
            weights,
            bound,
            best,
        )

    def begin(self, scorer: Keeping) -> Prices:
        """The plain prices, weighed; a mentor who has a pair to keep pays for it."""
        factor, bonus = scorer.weights.factor, scorer.weights.bonus
        plain, has_kept = self.prices, np.diff(scorer.kept[0]) > 0
        return Prices(
            factor * plain.t,
            factor * plain.row + bonus * has_kept,
            factor * plain.column,
            factor * plain.first_row,
            factor * plain.first_column,
        )

    def choose(self, scorer: Keeping, candidates: Candidates, counts: Counts) -> Bools:
        """Solve the flow; ties are broken by one more point for each kept pair, if it has room."""
        nodes = sum(self.seats.row.shape + self.seats.column.shape) + 5
        largest = int(np.abs(candidates.scores).max(initial=0)) + 1
        if largest * nodes >= COSTS:
            raise ValueError("scores are too large for exact numbers when so many pairs are kept")
        weight = len(scorer.kept[1]) + 1
        if largest * nodes * weight >= COSTS:
            return best_flow(candidates, self.seats, counts)
        is_kept = scorer.is_kept(candidates.rows, candidates.columns)
        ranked = replace(candidates, scores=candidates.scores * weight + is_kept)
        return best_flow(ranked, self.seats, counts)
