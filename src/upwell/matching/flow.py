"""The best assignment among candidates, and the prices that prove it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

from upwell.matching.candidates import Candidates
from upwell.matching.problem import Ints

UNREACHED = 2**60


@dataclass(frozen=True, eq=False)
class Prices:
    """A dual solution: ``t`` for one more pair, ``row`` (with t in it) and ``column`` prices."""

    t: int
    row: Ints
    column: Ints


def best_flow(candidates: Candidates, row_seats: Ints, column_seats: Ints) -> NDArray[np.bool_]:
    """Choose the most pairs, and among those the best total; True where a candidate is chosen.

    Minimum-cost maximum flow from a source over the rows, the candidates (one unit each) and the
    columns to a sink.
    """
    n, m = len(row_seats), len(column_seats)
    rows, columns = np.arange(n), np.arange(n, n + m)
    source, sink = n + m, n + m + 1
    tails = np.concatenate([np.full(n, source), candidates.rows, columns])
    heads = np.concatenate([rows, candidates.columns + n, np.full(m, sink)])
    seats = np.concatenate([row_seats, np.ones(len(candidates), np.int64), column_seats])
    costs = np.concatenate([np.zeros(n, np.int64), -candidates.scores, np.zeros(m, np.int64)])
    network = min_cost_flow.SimpleMinCostFlow()
    arcs = network.add_arcs_with_capacity_and_unit_cost(
        tails.astype(np.int32), heads.astype(np.int32), seats, costs
    )
    most = int(min(row_seats.sum(), column_seats.sum()))
    network.set_nodes_supplies(np.array([source, sink], np.int32), np.array([most, -most]))
    status = network.solve_max_flow_with_min_cost()
    if status != network.OPTIMAL:
        raise RuntimeError(f"the flow solver stopped with {status}")
    chosen: NDArray[np.bool_] = network.flows(arcs)[n : n + len(candidates)] > 0
    return chosen


def prices_of(
    candidates: Candidates,
    chosen: NDArray[np.bool_],
    row_seats: Ints,
    column_seats: Ints,
    start: Prices,
) -> Prices:
    """The prices that prove an optimal choice, as near to a start as they can be from below.

    With p for rows, v for columns and t: every candidate not chosen has score ≤ p + v, every chosen
    one ≥ p + v; p ≥ t, and p = t where a seat is free; v ≥ 0, and v = 0 where a seat is free. These
    are bounds on differences; Bellman–Ford over the residual graph finds the largest solution below
    the start (p, −v, t, 0). Each sweep costs O(candidates); there are as many as the longest
    alternating path has turns. Raises RuntimeError where the choice is not optimal.
    """
    rows, columns, scores = candidates.rows, candidates.columns, candidates.scores
    in_rows, in_columns, in_scores = rows[chosen], columns[chosen], scores[chosen]
    free_row = np.bincount(in_rows, minlength=len(row_seats)) < row_seats
    free_column = np.bincount(in_columns, minlength=len(column_seats)) < column_seats
    out = np.flatnonzero(~chosen)
    by_column = out[np.argsort(columns[out], kind="stable")]
    tails, weights = rows[by_column], scores[by_column]
    heads, starts = np.unique(columns[by_column], return_index=True)

    p, r, t, zero = start.row.copy(), -start.column, start.t, 0
    for _ in range(len(p) + len(r) + 2):
        before = (int(p.sum()), int(r.sum()), t, zero)
        if len(heads):
            r[heads] = np.minimum(r[heads], np.minimum.reduceat(p[tails] - weights, starts))
        np.minimum(r, zero, out=r)
        zero = int(r[free_column].min(initial=zero))
        np.minimum.at(p, in_rows, r[in_columns] + in_scores)
        p[free_row] = np.minimum(p[free_row], t)
        t = int(p.min(initial=t))
        if before == (int(p.sum()), int(r.sum()), t, zero):
            break
    else:
        raise RuntimeError("the chosen pairs are not the best among the candidates")
    prices = Prices(t - zero, p - zero, zero - r)
    return raised(prices, candidates, chosen, free_row)


def raised(
    prices: Prices, candidates: Candidates, chosen: NDArray[np.bool_], is_free: NDArray[np.bool_]
) -> Prices:
    """Raise each full row's price as far as its chosen pairs allow, which violates least."""
    highest = np.full(len(prices.row), UNREACHED)
    rows, columns = candidates.rows[chosen], candidates.columns[chosen]
    np.minimum.at(highest, rows, candidates.scores[chosen] - prices.column[columns])
    can_rise = ~is_free & (highest < UNREACHED)
    return Prices(prices.t, np.where(can_rise, highest, prices.row), prices.column)
