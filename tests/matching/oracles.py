"""Slow, independent answers to compare the engine with."""

import itertools

import numpy as np
import scipy.sparse
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp

from upwell.matching.problem import FORBIDDEN, MATRIX_FORBIDDEN, Affinity, Table


def dense(problem):
    """Scores of all pairs and which are allowed, one pair after the other."""
    n, m = len(problem.mentors), len(problem.mentees)
    scores, allowed = np.zeros((n, m), np.int64), np.ones((n, m), bool)
    for i, j in itertools.product(range(n), range(m)):
        for criterion in problem.criteria:
            if isinstance(criterion, Affinity):
                value = int(np.dot(criterion.mentors[i], criterion.mentees[j]))
                forbidden = False
            elif isinstance(criterion, Table):
                value = criterion.scores[criterion.mentor_class[i], criterion.mentee_class[j]]
                forbidden = value == FORBIDDEN
            else:
                value = criterion.scores[i, j]
                forbidden = value == MATRIX_FORBIDDEN
            scores[i, j] += 0 if forbidden else value
            allowed[i, j] &= not forbidden
    for exclusion in problem.exclusions:
        for i, j in exclusion.pairs:
            allowed[i, j] = False
    return scores, allowed


def best_by_scipy(scores, allowed, row_seats):
    """Most pairs, then best total, by SciPy's dense solver; a row is repeated for each seat."""
    rows = np.repeat(np.arange(len(scores)), row_seats)
    if not len(rows):
        return 0, 0
    penalty = 4 * (np.abs(scores).max() + 1) * max(scores.shape)
    padded = np.where(allowed, scores, -penalty)[rows].astype(float)
    chosen_rows, columns = linear_sum_assignment(padded, maximize=True)
    made = allowed[rows[chosen_rows], columns]
    return int(made.sum()), int(scores[rows[chosen_rows], columns][made].sum())


def best_by_milp(scores, allowed, row_seats, column_seats, pairs=None):
    """Most pairs, or a given number, then best total, by integer programs."""
    rows, columns = np.nonzero(allowed)
    count = len(rows)
    if not count:
        return 0, 0
    ones, arcs = np.ones(count), np.arange(count)
    seats = scipy.sparse.vstack(
        [
            scipy.sparse.csr_array((ones, (rows, arcs)), shape=(len(row_seats), count)),
            scipy.sparse.csr_array((ones, (columns, arcs)), shape=(len(column_seats), count)),
        ]
    )
    within = LinearConstraint(seats, ub=np.concatenate([row_seats, column_seats]))
    options = {"integrality": 1, "bounds": Bounds(0, 1)}
    if pairs is None:
        pairs = round(-milp(-ones, constraints=[within], **options).fun)
    exactly = LinearConstraint(ones[None], pairs, pairs)
    gains = scores[rows, columns].astype(float)
    total = -milp(-gains, constraints=[within, exactly], **options).fun
    return pairs, round(total)


def blocking(scores, allowed, pairs, row_seats, column_seats):
    """How many allowed pairs would both rather have each other."""
    made = {tuple(pair) for pair in pairs}
    count = 0
    for i, j in zip(*np.nonzero(allowed), strict=True):
        mine = [scores[a, b] for a, b in made if a == i]
        theirs = [scores[a, b] for a, b in made if b == j]
        i_wants = row_seats[i] and (len(mine) < row_seats[i] or scores[i, j] > min(mine))
        j_wants = column_seats[j] and (len(theirs) < column_seats[j] or scores[i, j] > min(theirs))
        count += bool((i, j) not in made and i_wants and j_wants)
    return count
