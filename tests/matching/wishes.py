"""Small problems in which people would rather have somebody, and pairs made by chance."""

import numpy as np

from tests.problems import make_problem, make_random_matrix
from upwell.matching.criteria import Ranking


def make_ranking(random, side, n, m, *, is_strict=False):
    """Some pairs of a side, ranked in a few steps, or everybody in an order of their own."""
    if is_strict:
        orders = random.permuted(np.tile(np.arange(m), (n, 1)), axis=1)
        if side == "mentee":
            orders = random.permuted(np.tile(np.arange(n)[:, None], (1, m)), axis=0)
        return Ranking(side, np.argwhere(np.ones((n, m))), orders.ravel() + 1)
    pairs = np.argwhere(random.random((n, m)) < random.choice([0.2, 0.6]))
    return Ranking(side, pairs, random.integers(1, 4, len(pairs)))


def make_wished_problem(random, largest=7, most_seats=3):
    """Scores full of ties, forbidden pairs, seats, a pin, and rankings of no, one or both sides."""
    scores, allowed = make_random_matrix(random, largest=largest)
    n, m = scores.shape
    sides = [side for side in ("mentor", "mentee") if random.random() < 0.5]
    seats = [random.integers(0, most_seats + 1, size) for size in (n, m)]
    could = np.argwhere(allowed & (seats[0][:, None] > 0) & (seats[1] > 0))
    return make_problem(
        scores,
        allowed,
        rankings=[make_ranking(random, side, n, m) for side in sides],
        pins=could[:1] if random.random() < 0.3 else (),
        mentor_capacity=seats[0],
        mentee_capacity=seats[1],
    )


def make_pairs(random, problem, allowed):
    """Allowed pairs within all seats, made by chance after the pins."""
    made = [tuple(pin) for pin in problem.pins.tolist()]
    seats = [problem.mentor_capacity.copy(), problem.mentee_capacity.copy()]
    others = random.permutation(np.argwhere(allowed)).tolist()
    for i, j in [*made, *(pair for pair in map(tuple, others) if pair not in made)]:
        if seats[0][i] and seats[1][j]:
            seats[0][i] -= 1
            seats[1][j] -= 1
            made += [(i, j)] * ((i, j) not in made)
    return np.array(sorted(made), np.int64).reshape(-1, 2)
