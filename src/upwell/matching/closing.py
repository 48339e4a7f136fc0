"""What flows cannot say: the best with at most so many pairs moved, by small integer programs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack

from upwell.matching.certificate import Counts
from upwell.matching.criteria import Ints
from upwell.matching.flow import Bools
from upwell.matching.seats import Seats

LIMIT = 20_000
"""Programs are of at most this many pairs."""

EXACT = 2**32
"""Totals stay below this, so that floating-point numbers cannot take one for another."""

NODES = 20_000
"""A program is given up after so many branches."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Closing:
    """An integer program over some pairs, of which enough must be kept.

    Where people have several seats, there are also variables for every row and column that has a
    pair in its first one.
    """

    rows: Ints
    columns: Ints
    scores: Ints
    is_kept: Bools
    seats: Seats
    kept: int

    def best(self, counts: Counts) -> tuple[Bools | None, bool]:
        """The best total with at least these counts, and just so many pairs.

        None where there is no such choice; False where the program could not be solved.
        """
        mentees, mentors, pairs, total = self.goals()
        limits = [LinearConstraint(pairs[None], counts.pairs, counts.pairs)]
        if not self.seats.are_single:
            limits.append(LinearConstraint(mentees[None], lb=counts.mentees))
            limits.append(LinearConstraint(mentors[None], lb=counts.mentors))
        return self.solve(total, limits)

    def most(self) -> Counts | None:
        """The most mentees, then mentors, then pairs; None where that could not be found."""
        limits: list[LinearConstraint] = []
        counts = Counts(0, 0, 0)
        for count, goal in zip(("mentees", "mentors", "pairs"), self.goals(), strict=False):
            made, is_solved = self.solve(goal, limits)
            if made is None or not is_solved:
                return None
            counts = self.seats.counts(self.rows[made], self.columns[made])
            limits.append(LinearConstraint(goal[None], lb=getattr(counts, count)))
        return counts

    def goals(self) -> tuple[Floats, Floats, Floats, Floats]:
        """What is counted or added up: mentees, mentors, pairs, and the total."""
        count, (n, m) = len(self.rows), self.shape
        return (
            np.repeat([0.0, 0, 1], [count, n, m]),
            np.repeat([0.0, 1, 0], [count, n, m]),
            np.repeat([1.0, 0, 0], [count, n, m]),
            np.concatenate([self.scores.astype(float), np.zeros(n + m)]),
        )

    @property
    def shape(self) -> tuple[int, int]:
        """How many variables there are for rows and columns: none where nobody has two seats."""
        return (0, 0) if self.seats.are_single else (len(self.seats.row), len(self.seats.column))

    def solve(self, goal: Floats, limits: list[LinearConstraint]) -> tuple[Bools | None, bool]:
        count, people = len(self.rows), sum(self.shape)
        if not count:
            return None, True
        if int(np.abs(self.scores).max()) * count >= EXACT:
            return None, False
        kept = np.concatenate([self.is_kept.astype(float), np.zeros(people)])
        first = [np.ones(count), self.seats.first_row, self.seats.first_column]
        found = milp(
            -goal,
            constraints=[*self.sides(), LinearConstraint(kept[None], lb=self.kept), *limits],
            integrality=np.ones(len(goal)),
            bounds=Bounds(0, np.concatenate(first)[: len(goal)]),
            options={"mip_rel_gap": 0, "node_limit": NODES},
        )
        if found.status == 2:
            return None, True
        if found.x is None:
            return None, False
        return found.x[:count] > 0.5, found.status == 0

    def sides(self) -> list[LinearConstraint]:
        """Nobody has more pairs than seats, and only who has a pair has a first one."""
        count, arcs = len(self.rows), np.arange(len(self.rows))
        people = np.concatenate([self.seats.row, self.seats.column])
        ones, n = np.ones(count), len(self.seats.row)
        ends = csr_array(
            (
                np.concatenate([ones, ones]),
                (np.concatenate([self.rows, self.columns + n]), np.concatenate([arcs, arcs])),
            ),
            shape=(len(people), count),
        )
        if self.seats.are_single:
            return [LinearConstraint(ends, ub=people)]
        nobody = csr_array((len(people), len(people)))
        has_one = csr_array((np.ones(len(people)), (np.arange(len(people)),) * 2))
        return [
            LinearConstraint(hstack([ends, nobody]), ub=people),
            LinearConstraint(hstack([-ends, has_one]), ub=np.zeros(len(people))),
        ]
