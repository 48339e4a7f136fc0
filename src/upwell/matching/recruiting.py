"""What one more mentor would be worth, before anybody is asked: from the proof's prices."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from upwell.matching.arcs import Arcs
from upwell.matching.candidates import whole
from upwell.matching.certificate import Counts
from upwell.matching.criteria import MATRIX_FORBIDDEN, Ints, integers
from upwell.matching.flow import UNREACHED
from upwell.matching.problem import Problem
from upwell.matching.regret import Residual
from upwell.matching.scoring import Scorer
from upwell.matching.solve import Result
from upwell.matching.sparse import sparse_rows

MORE = (Counts(1, 1, 1), Counts(1, 0, 1), Counts(0, 0, 1), Counts(0, 0, 0))
"""What a way to each end adds: the first seat of a mentee, a further one, a further seat that a
mentor gives back, or a mentor's first. Ends that come first are worth more."""

NODES = (2, 3, 1, 0)
"""The node of each end after the people's, in the residual graph."""


@dataclass(frozen=True, order=True)
class Worth:
    """What one more mentor would change, all pairs being arranged anew as well as can be.

    ``mentees``, ``mentors`` and ``pairs`` are how many more there would be, 0 or 1 each, and
    ``points`` what the total would gain; below 0 where one more of the others costs points.
    """

    mentees: int
    mentors: int
    pairs: int
    points: int


def one_more_mentor(problem: Problem, result: Result, scores: ArrayLike) -> Worth:
    """What a new mentor with one seat would be worth.

    Parameters
    ----------
    result : of the objective "total", proven.
    scores : int array, shape (mentees,), the points of the new mentor with each mentee;
        MATRIX_FORBIDDEN where they must not be paired.

    Returns
    -------
    Worth
        Exactly what solving the problem with the new mentor would find.

    Raises
    ------
    ValueError
        The result is not proven the best total, or there is not one score for each mentee.

    Notes
    -----
    The new mentor is one more unit of flow, which a shortest path of the residual graph leads from
    one of their mentees to a seat. With d for the length of the path and π for the price of the
    seat, the total gains the largest score − price − d − π of any mentee. ``Recruiting`` is for
    many at once.

    Examples
    --------
    >>> from upwell.matching.criteria import Matrix
    >>> from upwell.matching.solve import solve
    >>> problem = Problem(["a"], ["x", "y"], [Matrix("fit", [[9, 8]])])
    >>> one_more_mentor(problem, solve(problem), [7, 3])
    Worth(mentees=1, mentors=1, pairs=1, points=6)
    """
    row = integers(scores, "scores", (len(problem.mentees),))
    return Recruiting.of(problem, result).worths(row[None])[0]


@dataclass(frozen=True, eq=False)
class Recruiting:
    """A proven assignment, and what a new mentor has to bring to change it.

    Of each end in ``MORE``, ``needed`` (int64, shape (mentees,)) is the score with each mentee at
    which the total stays as it is; UNREACHED where no way leads there.
    """

    needed: tuple[Ints, ...]

    @classmethod
    def of(cls, problem: Problem, result: Result) -> "Recruiting":
        """A few passes over all pairs. Raises ValueError for what is not proven the best total."""
        if result.objective != "total":
            raise ValueError("only the best total has prices that say what one more is worth")
        if not result.is_optimal:
            raise ValueError("only what is proven the best has prices that say what others cost")
        proof = result.certificate
        residual = Residual.of(problem, result.pairs, proof)
        levels = (proof.first_mentee, 0, proof.t, proof.t - proof.first_mentor)
        needed = np.full((len(MORE), len(problem.mentees)), UNREACHED)
        for end, way, level in zip(needed, Ways(residual).shortest, levels, strict=True):
            found = way < UNREACHED
            end[residual.columns[found]] = (way + residual.prices[1] + level)[found]
        return cls(tuple(needed))

    def worths(self, scores: Ints) -> tuple[Worth, ...]:
        """What each of some new mentors with one seat would be worth, if they alone came.

        Parameters
        ----------
        scores : int64, shape (new mentors, mentees); MATRIX_FORBIDDEN where not allowed.
        """
        points, ends = np.zeros(len(scores), np.int64), np.full(len(scores), len(MORE) - 1)
        for end in reversed(range(len(MORE))):
            gains = self.gains(scores, end)
            # Nobody has to take the seat of another whom they cannot better.
            is_found = gains > (0 if end == len(MORE) - 1 else -UNREACHED // 2)
            points, ends = np.where(is_found, gains, points), np.where(is_found, end, ends)
        return tuple(
            Worth(more.mentees, more.mentors, more.pairs, gained)
            for more, gained in zip((MORE[e] for e in ends), points.tolist(), strict=True)
        )

    def gains(self, scores: Ints, end: int) -> Ints:
        """What the total gains by the best way to one end; far below 0 where there is none."""
        columns = np.flatnonzero(self.needed[end] < UNREACHED)
        mine = scores[:, columns]
        over = np.where(mine > MATRIX_FORBIDDEN, mine - self.needed[end][columns], -UNREACHED)
        best: Ints = over.max(axis=1, initial=-UNREACHED)
        return best


@dataclass(frozen=True, eq=False)
class Ways:
    """The shortest ways of a residual graph from its mentees to each end, over all pairs.

    The graph holds near pairs only. Passes over all pairs add those that shorten a way, until none
    does.
    """

    residual: Residual

    @property
    def shortest(self) -> list[Ints]:
        """For each end, int64, shape (columns,); UNREACHED where no way leads there."""
        graph, ways = self.residual.reverse, []
        for node in NODES:
            way, graph = self.shortened(node, graph)
            ways.append(way[self.mentees])
        return ways

    @property
    def mentees(self) -> slice:
        """The nodes of the mentees."""
        n, m = self.residual.scorer.shape
        return slice(n, n + m)

    def shortened(self, node: int, graph: csr_array) -> tuple[Ints, csr_array]:
        """The ways from everybody to an end, and the graph, its arcs turned round, with them."""
        way = lengths(graph, self.mentees.stop + node)
        changed = np.flatnonzero(way[self.mentees] < UNREACHED)
        while len(changed):
            arcs = self.shortcuts(way, changed)
            if not len(arcs[0]):
                break
            graph = with_arcs(graph, arcs)
            shorter = lengths(graph, self.mentees.stop + node)
            changed = np.flatnonzero((shorter < way)[self.mentees])
            way = shorter
        return way, graph

    def shortcuts(self, way: Ints, columns: Ints) -> Arcs:
        """Each mentor's best pair with one of these mentees, where it shortens the mentor's way."""
        rows, n = self.rows, len(self.residual.rows)
        row, column = self.residual.prices
        least, first = np.full(len(rows), UNREACHED), np.zeros(len(rows), np.int64)
        few = self.open_pairs.take(np.arange(len(rows)), columns)
        for at, block in few.blocks(None, column[columns] + way[n + columns]):
            best = block.argmax(axis=1)
            over = whole(block[np.arange(len(at)), best])
            is_open = over > MATRIX_FORBIDDEN // 2
            least[at] = np.where(is_open, row[rows[at]] - over, UNREACHED)
            first[at] = columns[best]
        shorter = np.flatnonzero(least < way[rows])
        tails = n + first[shorter]
        return tails, rows[shorter], least[shorter] - way[tails]

    @cached_property
    def rows(self) -> Ints:
        """The mentors who have somebody to give up."""
        return np.unique(self.residual.made[:, 0])

    @cached_property
    def open_pairs(self) -> Scorer:
        """The scores of these mentors with whom they may have, and do not have."""
        scorer, made = self.residual.scorer, self.residual.made
        n, m = scorer.shape
        offsets, columns = scorer.excluded
        listed = np.column_stack([np.repeat(np.arange(n), np.diff(offsets)), columns])
        excluded = sparse_rows(np.concatenate([listed, made]), n)
        return replace(scorer, excluded=excluded, floor=scorer.lowest + 1).take(
            self.rows, np.arange(m)
        )


def lengths(graph: csr_array, node: int) -> Ints:
    """The shortest ways to a node from all others, along arcs that are turned round."""
    found = dijkstra(graph, indices=node)
    return np.where(np.isfinite(found), found, UNREACHED).astype(np.int64)


def with_arcs(graph: csr_array, arcs: Arcs) -> csr_array:
    """The graph with more arcs, none of which it has; those that cost nothing are kept."""
    old = graph.tocoo()
    tails, heads, costs = (
        np.concatenate(both) for both in zip((old.row, old.col, old.data), arcs, strict=True)
    )
    return csr_array((costs, (tails, heads)), shape=graph.shape)
