"""The best assignment among candidates, and the prices that prove it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import max_flow, min_cost_flow
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from upwell.matching.candidates import Candidates
from upwell.matching.certificate import Count, Counts
from upwell.matching.criteria import Ints
from upwell.matching.seats import Both, Seats

UNREACHED = 2**60
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Prices:
    """A dual solution: ``t`` for one more pair, ``row`` (with t in it) and ``column`` prices.

    ``first_row`` and ``first_column`` are what taking a first seat earns besides.
    """

    t: int
    row: Ints
    column: Ints
    first_row: int = 0
    first_column: int = 0

    def of_counts(self, counts: Counts) -> int:
        """What these counts add to a bound."""
        earned = self.first_row * counts.mentors + self.first_column * counts.mentees
        return self.t * counts.pairs - earned


def most_pairs(candidates: Candidates, seats: Both) -> Bools:
    """As many pairs as the candidates make, whichever; True where one is chosen."""
    if max(seats[0].max(initial=0), seats[1].max(initial=0)) > 1:
        return most_flow(candidates, seats)
    open_to = (seats[0][candidates.rows] > 0) & (seats[1][candidates.columns] > 0)
    shape = len(seats[0]), len(seats[1])
    where = candidates.rows[open_to], candidates.columns[open_to]
    graph = csr_array((np.ones(len(where[0]), np.int8), where), shape=shape)
    column = maximum_bipartite_matching(graph, perm_type="column")
    chosen: Bools = (column[candidates.rows] == candidates.columns) & open_to
    return chosen


def most_flow(candidates: Candidates, seats: Both) -> Bools:
    n, m = len(seats[0]), len(seats[1])
    source, sink = n + m, n + m + 1
    network = max_flow.SimpleMaxFlow()
    arcs = network.add_arcs_with_capacity(
        np.concatenate([np.full(n, source), candidates.rows, np.arange(n, n + m)]).astype(np.int32),
        np.concatenate([np.arange(n), candidates.columns + n, np.full(m, sink)]).astype(np.int32),
        np.concatenate([seats[0], np.ones(len(candidates), np.int64), seats[1]]),
    )
    if network.solve(source, sink) != network.OPTIMAL:
        raise RuntimeError("the flow solver found no largest flow")
    chosen: Bools = network.flows(arcs)[n : n + len(candidates)] > 0
    return chosen


def most_of_each(candidates: Candidates, seats: Seats) -> dict[Count, int]:
    """The most that the candidates allow of each count."""
    return {
        count: int(np.count_nonzero(most_pairs(candidates, both)))
        for count, both in seats.counted().items()
    }


def best_flow(candidates: Candidates, seats: Seats, counts: Counts | None = None) -> Bools:
    """Choose the most mentees, mentors and pairs, and among all such choices the best total.

    Or as many as ``counts`` says, which must be possible among the candidates.
    Minimum-cost flow over rows, candidates (one unit each) and columns. First and extra seats have
    a source and a sink each, and what flows there is the number of each that is taken. True where a
    candidate is chosen.
    """
    n, m = len(seats.row), len(seats.column)
    rows, columns = np.arange(n), np.arange(n, n + m)
    tails = [np.full(n, n + m), np.full(n, n + m + 1), candidates.rows, columns, columns]
    heads = [rows, rows, candidates.columns + n, np.full(m, n + m + 2), np.full(m, n + m + 3)]
    once = np.ones(len(candidates), np.int64)
    room = [seats.first_row, seats.extra_row, once, seats.first_column, seats.extra_column]
    costs = np.zeros(2 * n + len(candidates) + 2 * m, np.int64)
    costs[2 * n : 2 * n + len(candidates)] = -candidates.scores
    network = min_cost_flow.SimpleMinCostFlow()
    arcs = network.add_arcs_with_capacity_and_unit_cost(
        np.concatenate(tails).astype(np.int32),
        np.concatenate(heads).astype(np.int32),
        np.concatenate(room),
        costs,
    )
    status = solve_flow(network, candidates, seats, counts)
    if status != network.OPTIMAL:
        raise RuntimeError(f"the flow solver stopped with {status}")
    chosen: Bools = network.flows(arcs)[2 * n : 2 * n + len(candidates)] > 0
    return chosen


def solve_flow(
    network: min_cost_flow.SimpleMinCostFlow,
    candidates: Candidates,
    seats: Seats,
    counts: Counts | None,
) -> object:
    """Solve with these counts, or with as much of each kind of seat as can be taken."""
    terminals = np.arange(4, dtype=np.int32) + np.int32(len(seats.row) + len(seats.column))
    if counts is None and seats.are_single:
        most = int(min(seats.row.sum(), seats.column.sum()))
        network.set_nodes_supplies(terminals, np.array([most, 0, -most, 0], np.int64))
        return network.solve_max_flow_with_min_cost()
    taken = Counts(**most_of_each(candidates, seats)) if counts is None else counts
    supplies = [
        taken.mentors,
        taken.pairs - taken.mentors,
        -taken.mentees,
        taken.mentees - taken.pairs,
    ]
    network.set_nodes_supplies(terminals, np.array(supplies, np.int64))
    return network.solve()


@dataclass(frozen=True, eq=False)
class Taken:
    """Which people of one side have a seat of each kind taken, and which have one free.

    ``next_is_first`` says of whom the last seat taken, or the next to take, is the first.
    """

    first: Bools
    extra: Bools
    first_free: Bools
    extra_free: Bools
    next_is_first: Bools

    @classmethod
    def of(cls, people: Ints, first: Ints, extra: Ints) -> "Taken":
        taken = np.bincount(people, minlength=len(first))
        beyond = taken - np.minimum(taken, first)
        return cls(
            (taken > 0) & (first > 0),
            beyond > 0,
            taken < first,
            beyond < extra,
            (first > 0) & (beyond == 0),
        )


def prices_of(candidates: Candidates, chosen: Bools, seats: Seats, start: Prices) -> Prices:
    """The prices that prove an optimal choice, as near to a start as they can be from below.

    With p for rows and v for columns: every candidate not chosen has score ≤ p + v, every chosen
    one ≥ p + v. Seats have a price of each kind: p is at least that of a row's last seat taken, and
    at most that of one that is free; and so −v for columns. An extra seat costs no less than a
    first one. These are bounds on differences; Bellman–Ford over the residual graph finds the
    largest solution below the start. Each sweep costs O(candidates); there are as many as the
    longest alternating path has turns. Raises RuntimeError where the choice is not optimal.
    """
    made = candidates.rows[chosen], candidates.columns[chosen], candidates.scores[chosen]
    row = Taken.of(made[0], seats.first_row, seats.extra_row)
    column = Taken.of(made[1], seats.first_column, seats.extra_column)
    others = by_column(candidates, np.flatnonzero(~chosen))
    p, r = start.row.copy(), -start.column
    ins, outs = (start.t - start.first_row, start.t), (start.first_column, 0)
    for _ in range(len(p) + len(r) + 5):
        before = (int(p.sum()), int(r.sum()), ins, outs)
        outs = lower_columns(p, r, others, column, outs)
        ins = lower_rows(p, r, made, row, ins)
        if before == (int(p.sum()), int(r.sum()), ins, outs):
            break
    else:
        raise RuntimeError("the chosen pairs are not the best among the candidates")
    (first_in, extra_in), (first_out, extra_out) = ins, outs
    if not row.extra_free.any() and not row.extra.any():
        extra_in = first_in
    prices = Prices(
        extra_in - extra_out,
        p - extra_out,
        extra_out - r,
        extra_in - first_in,
        first_out - extra_out,
    )
    return raised(prices, candidates, chosen, row)


def by_column(candidates: Candidates, at: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Some candidates by column: rows and scores, then each column and where it starts."""
    at = at[np.argsort(candidates.columns[at], kind="stable")]
    heads, starts = np.unique(candidates.columns[at], return_index=True)
    return candidates.rows[at], candidates.scores[at], heads, starts


def lower_columns(
    p: Ints, r: Ints, others: tuple[Ints, Ints, Ints, Ints], column: Taken, outs: tuple[int, int]
) -> tuple[int, int]:
    """Lower r to what pairs not chosen and seats allow; then what first and extra seats cost."""
    (tails, weights, heads, starts), (first_out, extra_out) = others, outs
    if len(heads):
        r[heads] = np.minimum(r[heads], np.minimum.reduceat(p[tails] - weights, starts))
    np.minimum(r, np.where(column.next_is_first, first_out, extra_out), out=r)
    first_out = int(r[column.first_free].min(initial=first_out))
    return first_out, min(first_out, int(r[column.extra_free].min(initial=extra_out)))


def lower_rows(
    p: Ints, r: Ints, made: tuple[Ints, Ints, Ints], row: Taken, ins: tuple[int, int]
) -> tuple[int, int]:
    """Lower p to what chosen pairs and free seats allow; then what first and extra seats cost."""
    (rows, columns, scores), (first_in, extra_in) = made, ins
    np.minimum.at(p, rows, r[columns] + scores)
    p[row.first_free] = np.minimum(p[row.first_free], first_in)
    p[row.extra_free] = np.minimum(p[row.extra_free], extra_in)
    extra_in = int(p[~row.next_is_first].min(initial=extra_in))
    return min(extra_in, int(p[row.next_is_first].min(initial=first_in))), extra_in


def raised(prices: Prices, candidates: Candidates, chosen: Bools, row: Taken) -> Prices:
    """Raise each row's price as far as its pairs and free seats allow, which violates least."""
    highest = np.full(len(prices.row), UNREACHED)
    rows, columns = candidates.rows[chosen], candidates.columns[chosen]
    np.minimum.at(highest, rows, candidates.scores[chosen] - prices.column[columns])
    can_rise = ~row.first_free & (highest < UNREACHED)
    highest[row.extra_free] = np.minimum(highest[row.extra_free], prices.t)
    raised_row = np.where(can_rise, np.maximum(prices.row, highest), prices.row)
    return Prices(prices.t, raised_row, prices.column, prices.first_row, prices.first_column)
