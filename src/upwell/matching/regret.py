"""What a pair that was not made would cost everybody: shortest paths over the residual graph."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from upwell.matching.arcs import EVERYTHING, graph_of, near_arcs, row_prices, seat_arcs
from upwell.matching.candidates import Candidates, every_pair, whole
from upwell.matching.certificate import COUNTS, Certificate
from upwell.matching.criteria import Ints
from upwell.matching.flow import UNREACHED, Taken, most_of_each
from upwell.matching.problem import Problem
from upwell.matching.scoring import Scorer
from upwell.matching.seats import Seats, beside_pins

Role = Literal["mentor", "mentee"]
SIDES: tuple[Role, ...] = ("mentor", "mentee")

Pair = tuple[int, int]
"""Mentor and mentee by index."""


@dataclass(frozen=True)
class Regret:
    """What it would cost to make one pair, all others being arranged anew as well as can be.

    ``points`` is what the total loses, the new pair's ``score`` counted in; at least that much
    where it is not exact, and 0 where nothing is known. ``weakens`` says that pairs at the lowest
    scores would be more, or weaker: then the total may even gain. ``loses`` says that somebody, or
    a pair, would be lost.
    """

    mentor: int
    mentee: int
    score: int
    points: int
    is_exact: bool
    weakens: bool = False
    loses: bool = False


@dataclass(frozen=True, eq=False)
class Residual:
    """How a proven assignment can be changed, a pair at a time, and what each step costs.

    ``rows`` and ``columns`` are the people of the problem with a seat that no pin takes. An arc
    leads from a mentor to a mentee whom they do not have, and back from a mentee to a mentor whom
    they have; seats have nodes of their own. All costs are at least 0: they are what is left of the
    score at the proof's prices. Every pair within ``margin`` of its prices is an arc.
    """

    scorer: Scorer
    plain: Scorer
    rows: Ints
    columns: Ints
    prices: tuple[Ints, Ints]
    made: Ints
    seats: Seats
    margin: int
    graph: csr_array

    @classmethod
    def of(cls, problem: Problem, pairs: Ints, proof: Certificate) -> "Residual":
        """Price every pair once more, from an assignment and the proof that nothing beats it.

        Raises ValueError where the prices do not hold: the assignment is not the best, or is one
        of stable pairs.
        """
        seats, whole_scorer = Seats.of(problem), Scorer.of(problem)
        rows, columns = np.flatnonzero(seats.row), np.flatnonzero(seats.column)
        plain, few = whole_scorer.take(rows, columns), seats.take(rows, columns)
        scorer = plain if proof.floor is None else plain.above(proof.floor, proof.steps)
        pairs = pairs[beside_pins(problem, pairs)]
        made = np.column_stack([np.searchsorted(rows, pairs[:, 0]), pairs[:, 1]])
        made[:, 1] = np.searchsorted(columns, pairs[:, 1])
        column = proof.prices[columns]
        taken = (
            Taken.of(made[:, 0], few.first_row, few.extra_row),
            Taken.of(made[:, 1], few.first_column, few.extra_column),
        )
        gains = scorer.scores_at(made[:, 0], made[:, 1]) - column[made[:, 1]]
        row = row_prices(taken[0], made[:, 0], gains, proof.t, proof.t - proof.first_mentor)
        margin, near = near_arcs(scorer, row, column, made)
        own = (made[:, 1] + len(rows), made[:, 0], gains - row[made[:, 0]])
        levels = proof.t - proof.first_mentor, proof.t, proof.first_mentee
        arcs = [near, own, *seat_arcs(taken, row, column, levels)]
        count = len(rows) + len(columns) + 4
        graph = graph_of(arcs, count)
        return cls(scorer, plain, rows, columns, (row, column), made, few, margin, graph)

    def of_pair(self, mentor: int, mentee: int) -> Regret | None:
        """What this pair would cost; None if it is made, not allowed, or finds no free seat.

        A pair below the floor would weaken the lowest scores, or lose somebody; which of the two is
        known only where all pairs are arcs.
        """
        found = self.of_person("mentee", mentee, only=mentor)
        return found[0] if found else self.below_floor(mentor, mentee)

    def below_floor(self, mentor: int, mentee: int) -> Regret | None:
        if self.scorer.floor is None:
            return None
        row, column = np.flatnonzero(self.rows == mentor), np.flatnonzero(self.columns == mentee)
        for _row, block in self.plain.take(row, column).blocks():
            score = int(block[0, 0])
            if self.plain.lowest < score < self.scorer.floor:
                is_known = self.margin == EVERYTHING
                loses = is_known and self.would_lose((int(row[0]), int(column[0])))
                weakens = is_known and not loses
                return Regret(mentor, mentee, score, 0, False, weakens=weakens, loses=loses)
        return None

    def of_person(
        self,
        role: Role,
        person: int,
        most: int = 10,
        only: int | None = None,
    ) -> tuple[Regret, ...]:
        """The pairs that a person could be in instead, the least costly first.

        Parameters
        ----------
        person : index in the problem.
        most : how many to return.
        only : index in the problem of the one counterpart to look at.
        """
        mine, theirs = (self.rows, self.columns) if role == "mentor" else (self.columns, self.rows)
        at = int(np.searchsorted(mine, person))
        if at == len(mine) or mine[at] != person:
            return ()
        others = np.arange(len(theirs)) if only is None else np.flatnonzero(theirs == only)
        over = self.over_prices(role, at, others)
        others, over = others[over < UNREACHED], over[over < UNREACHED]
        for limit in self.limits():
            distance, before = self.paths(role, at, limit)
            far = distance[others + (len(self.rows) if role == "mentor" else 0)]
            beyond = min(limit, self.margin) + 1
            least = over + np.where(far <= limit, far, beyond).astype(np.int64)
            nearest = np.lexsort((others, least))[:most]
            if (far[nearest] <= limit).all():
                break
        found = []
        for place in nearest.tolist():
            other, cost = int(others[place]), int(least[place])
            pair = (at, other) if role == "mentor" else (other, at)
            steps = self.steps(role, other, before)
            is_near = far[place] <= limit
            found.append(self.exact(pair, cost, steps) if is_near else self.at_least(pair, cost))
        return tuple(found)

    def over_prices(self, role: Role, at: int, others: Ints) -> Ints:
        """How far a person's pairs stay below their prices; UNREACHED if made or not allowed."""
        side = SIDES.index(role)
        scorer = self.across if side else self.scorer
        price = self.prices[side][at] + self.prices[1 - side][others]
        scores = np.full(len(others), scorer.lowest)
        for _row, block in scorer.take(np.array([at]), others).blocks():
            scores = whole(block[0])
        mine = self.made[self.made[:, side] == at, 1 - side]
        is_open = (scores > scorer.lowest) & ~np.isin(others, mine)
        over: Ints = np.where(is_open, price - scores, UNREACHED)
        return over

    @cached_property
    def across(self) -> Scorer:
        """The scores with mentees as rows."""
        return self.scorer.transposed()

    def limits(self) -> tuple[int, ...]:
        """How far to look, from near to far: most of what one asks for is near."""
        if self.margin == EVERYTHING:
            return (self.margin,)
        if self.margin < 0:
            return (0,)
        return self.margin // 8, self.margin // 3, self.margin

    def paths(
        self, role: Role, at: int, limit: int
    ) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
        """The way of least cost from every mentee to a mentor, or from a mentee to every mentor."""
        node = at if role == "mentor" else at + len(self.rows)
        graph = self.reverse if role == "mentor" else self.graph
        distance, before = dijkstra(graph, indices=node, limit=limit, return_predecessors=True)
        return distance, before

    @cached_property
    def reverse(self) -> csr_array:
        return self.graph.T.tocsr()

    def exact(self, pair: Pair, cost: int, steps: Iterator[tuple[int, int, int]]) -> Regret:
        """The regret of a pair, from what its path makes and gives up."""
        rows, columns, signs = np.array([(*pair, 1), *steps], np.int64).T
        scores = self.plain.scores_at(rows, columns)
        points = -int(scores @ signs)
        return Regret(*self.people(pair), int(scores[0]), points, True, weakens=cost > points)

    def at_least(self, pair: Pair, cost: int) -> Regret:
        """What is known of a pair without a path: where all pairs were arcs, that there is none.

        Under a floor, a cost at its lowest may be of bonuses alone, so that it tells no points.
        """
        score = int(self.plain.scores_at(np.array(pair[:1]), np.array(pair[1:]))[0])
        found = *self.people(pair), score
        if self.margin == EVERYTHING:
            loses = self.scorer.floor is None or self.would_lose(pair)
            return Regret(*found, 0, False, weakens=not loses, loses=loses)
        return Regret(*found, cost if self.scorer.floor is None else 0, False)

    def would_lose(self, pair: Pair) -> bool:
        """Whether no assignment with this pair has as many pairs, mentees and mentors as there are.

        Of all allowed pairs, also those below the floor.
        """
        row, column = pair
        rest, is_other = (
            self.seats.without(row, column),
            self.everything.keys != (row * len(self.columns) + column),
        )
        others = Candidates(
            self.everything.rows[is_other],
            self.everything.columns[is_other],
            self.everything.scores[is_other],
            len(self.columns),
        )
        most, now = most_of_each(others, rest), self.seats.counts(*self.made.T)
        gained = self.seats.counts(np.array([row]), np.array([column]))
        return any(
            most.get(count, most["pairs"]) + getattr(gained, count) < getattr(now, count)
            for count in COUNTS
        )

    @cached_property
    def everything(self) -> Candidates:
        """All allowed pairs, where they are few."""
        return Candidates.of(self.plain, every_pair(self.plain))

    def people(self, pair: Pair) -> Pair:
        """A pair as indices of the problem."""
        return int(self.rows[pair[0]]), int(self.columns[pair[1]])

    def steps(
        self, role: Role, other: int, before: NDArray[np.int32]
    ) -> Iterator[tuple[int, int, int]]:
        """The pairs that a path makes (1) and gives up (−1)."""
        n, both = len(self.rows), len(self.rows) + len(self.columns)
        here = int(other) + n if role == "mentor" else int(other)
        while (previous := int(before[here])) >= 0:
            ends = (here, previous) if role == "mentor" else (previous, here)
            if max(ends) < both:
                start, end = ends
                yield (start, end - n, 1) if start < n else (end, start - n, -1)
            here = previous
