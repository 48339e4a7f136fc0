"""Slow, independent answers to compare the engine with."""

import itertools
from functools import cache

import numpy as np
import scipy.sparse
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp

from upwell.matching.criteria import FORBIDDEN, MATRIX_FORBIDDEN, Affinity, Listed, Table


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
            elif isinstance(criterion, Listed):
                value, forbidden = points_listed(criterion, i, j), False
            else:
                value = criterion.scores[i, j]
                forbidden = value == MATRIX_FORBIDDEN
            scores[i, j] += 0 if forbidden else value
            allowed[i, j] &= not forbidden
    for exclusion in problem.exclusions:
        for i, j in exclusion.pairs:
            allowed[i, j] = False
    return scores, allowed


def points_listed(criterion, i, j):
    listed = zip(criterion.pairs.tolist(), criterion.points.tolist(), strict=True)
    return sum(points for pair, points in listed if pair == [i, j])


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
    """The number of pairs and the total of ``milp_in_turn``."""
    return milp_in_turn(scores, allowed, row_seats, column_seats, pairs)[:2]


def milp_in_turn(scores, allowed, row_seats, column_seats, pairs=None, *, stood=(), moved=0):
    """Most mentees, then mentors, then pairs, then the best total, by integer programs in turn.

    Or a given number of pairs, whoever has one. Of those that stood at most so many may be moved.
    Returns the number, the total, and which pairs are made.
    """
    n, m = scores.shape
    rows, columns = np.nonzero(allowed)
    count = len(rows)
    made = np.zeros((n, m), bool)
    if not count:
        return 0, 0, made
    ones, arcs = np.ones(count), np.arange(count)
    of_rows = scipy.sparse.csr_array((ones, (rows, arcs)), shape=(n, count))
    of_columns = scipy.sparse.csr_array((ones, (columns, arcs)), shape=(m, count))
    sides = scipy.sparse.vstack([of_rows, of_columns])
    has_one = scipy.sparse.hstack([-sides, scipy.sparse.eye_array(n + m)])
    within = scipy.sparse.hstack([sides, scipy.sparse.csr_array((n + m, n + m))])
    limits = [
        LinearConstraint(within, ub=np.concatenate([row_seats, column_seats])),
        LinearConstraint(has_one, ub=np.zeros(n + m)),
    ]
    if len(stood):
        is_kept = np.isin(rows * m + columns, stood @ (m, 1))
        kept = np.concatenate([is_kept, np.zeros(n + m)])
        limits.append(LinearConstraint(kept[None], lb=len(stood) - moved))
    goals = [
        np.repeat([0.0, 0, 1], [count, n, m]),
        np.repeat([0.0, 1, 0], [count, n, m]),
        np.repeat([1.0, 0, 0], [count, n, m]),
    ]
    if pairs is not None:
        limits.append(LinearConstraint(goals.pop()[None], pairs, pairs))
        goals.clear()
    goals.append(np.concatenate([scores[rows, columns].astype(float), np.zeros(n + m)]))
    for goal in goals:
        best = milp(-goal, constraints=limits, integrality=1, bounds=Bounds(0, 1))
        limits.append(LinearConstraint(goal[None], round(-best.fun)))
    made[rows, columns] = best.x[:count] > 0.5
    return int(made.sum()), round(-best.fun), made


def most_by_milp(allowed, row_seats, column_seats):
    """The most columns that have a row, rows that have a column, and pairs; in this order."""
    _, _, made = milp_in_turn(np.zeros(allowed.shape), allowed, row_seats, column_seats)
    rows, columns = np.nonzero(made)
    return len(set(columns.tolist())), len(set(rows.tolist())), len(rows)


@cache
def permutations(size):
    return np.array(list(itertools.permutations(range(size))))


def every_assignment(scores, allowed):
    """All ways to have most pairs, for up to 7 people a side: one row each of ascending scores.

    Every such way is a permutation of the larger side less the pairs that are not allowed. In the
    place of missing pairs stands infinity.
    """
    size = max(scores.shape)
    values = np.full((size, size), np.inf)
    values[: scores.shape[0], : scores.shape[1]] = np.where(allowed, scores, np.inf)
    columns = permutations(size)
    made = np.sort(values[np.arange(size), columns], axis=1)
    counts = np.isfinite(made).sum(axis=1)
    return made[counts == counts.max()]


def best_leximin(made):
    """The row whose lowest score is best, and then the next."""
    return made[np.lexsort(made.T[::-1])[-1]]


def wishes(problem, side):
    """How much one side wants each pair: matrices of 1 less the rank (-inf if not ranked)."""
    wanted = np.full((len(problem.mentors), len(problem.mentees)), -np.inf)
    for ranking in problem.rankings:
        if ranking.side == side:
            wanted[tuple(ranking.pairs.T)] = -ranking.ranks
    return wanted


def blocking_by_wishes(problem, scores, allowed, pairs):
    """The allowed pairs, not made, that both would rather have; pins are kept."""
    made, loose = np.zeros(allowed.shape, bool), np.zeros(allowed.shape, bool)
    made[tuple(np.array(pairs, int).reshape(-1, 2).T)] = True
    loose[made] = True
    loose[tuple(problem.pins.T)] = False
    mine, theirs = (places(wishes(problem, side), scores) for side in ("mentor", "mentee"))
    left_by_mentor = map(would_leave, mine, made, loose, problem.mentor_capacity)
    left_by_mentee = map(would_leave, theirs.T, made.T, loose.T, problem.mentee_capacity)
    gains = (mine > np.array([*left_by_mentor])[:, None]) & (theirs > np.array([*left_by_mentee]))
    return [tuple(pair) for pair in np.argwhere(allowed & ~made & gains).tolist()]


def places(wanted, scores):
    """Each pair's place among all: by how much it is wanted, and then by its score."""
    values = np.column_stack([wanted.ravel(), scores.ravel()])
    return np.unique(values, axis=0, return_inverse=True)[1].reshape(scores.shape)


def would_leave(likes, made, loose, seats):
    """The place that one person would leave for any better one: -1 for a free seat."""
    if made.sum() < seats:
        return -1
    return likes[loose].min() if loose.any() else np.inf


@cache
def one_each(n, m):
    """All ways to give each of n people one of m others or nobody (-1), nobody to two."""
    ways = [
        chosen
        for chosen in itertools.product(range(-1, m), repeat=n)
        if len({j for j in chosen if j >= 0}) == sum(j >= 0 for j in chosen)
    ]
    return np.array(ways).reshape(-1, n)


def best_stable_for_mentors(problem, scores, allowed):
    """Of all stable matchings of few people with a seat each, the one every mentor likes best."""
    n, m = allowed.shape
    ways = one_each(n, m)
    ways = ways[np.all((ways < 0) | allowed[np.arange(n), ways], axis=1)]
    made = ways[:, :, None] == np.arange(m)
    wanted = wishes(problem, "mentor")
    mine, theirs = (places(wishes(problem, side), scores) for side in ("mentor", "mentee"))
    left_by_mentor = np.where(made, mine, -1).max(axis=2, keepdims=True)
    left_by_mentee = np.where(made, theirs, -1).max(axis=1, keepdims=True)
    blocks = allowed & ~made & (mine > left_by_mentor) & (theirs > left_by_mentee)
    stable = [
        [(i, j) for i, j in enumerate(chosen) if j >= 0]
        for chosen in ways[~blocks.any(axis=(1, 2))].tolist()
    ]
    return max(stable, key=lambda pairs: [(wanted[pair], scores[pair]) for pair in pairs])
