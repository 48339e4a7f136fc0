"""Problems for the engine, made without Django from as little as a test cares about."""

import numpy as np

from upwell.matching.criteria import (
    FORBIDDEN,
    MATRIX_FORBIDDEN,
    Affinity,
    Exclusion,
    Listed,
    Matrix,
    Table,
)
from upwell.matching.problem import Problem
from upwell.matching.seats import Seats, kinds


def make_ids(prefix, count):
    return [f"{prefix}{number}" for number in range(count)]


def make_problem(scores, allowed=None, **options):
    """A problem given as a matrix of scores and one of allowed pairs."""
    scores = np.asarray(scores)
    if allowed is not None:
        scores = np.where(allowed, scores, MATRIX_FORBIDDEN)
    n, m = scores.shape
    return Problem(make_ids("a", n), make_ids("b", m), [Matrix("fit", scores)], **options)


def make_random_matrix(random, *, largest=9):
    """Scores and allowed pairs of a small random size, often rectangular and full of ties."""
    n, m = random.integers(1, largest + 1, 2)
    span = random.choice([0, 1, 3, 50, 1_000_000])
    density = random.choice([0.15, 0.5, 1.0])
    return random.integers(-span // 2, span + 1, (n, m)), random.random((n, m)) < density


def make_feature_problem(random, n=30, m=20, *, lists=0, **options):
    """A problem with a criterion and a rule of every kind, and with lists of pairs that please."""
    languages = np.where(random.random((4, 5)) < 0.2, FORBIDDEN, 0)
    criteria = [
        Affinity("topics", random.integers(0, 4, (n, 6)), random.integers(0, 50, (m, 6))),
        Table("hours", *make_classes(random, n, m), random.integers(0, 90, (3, 7))),
        Table("unit", *make_classes(random, n, m), np.eye(3, 7, dtype=int) * 40, is_private=True),
        Table("language", random.integers(0, 4, n), random.integers(0, 5, m), languages),
    ]
    criteria += [make_list(random, f"list{number}", n, m) for number in range(lists)]
    lines = np.column_stack([random.integers(0, n, n), random.integers(0, m, n)])
    options = {"exclusions": [Exclusion("line", lines, is_private=True)]} | options
    return Problem(make_ids("a", n), make_ids("b", m), criteria, **options)


def make_list(random, code, n, m):
    """Points, some of them negative, for up to a third of all pairs, in no order."""
    listed = random.permutation(n * m)[: random.integers(0, n * m // 3 + 2)]
    points = random.integers(-60, 200, len(listed))
    return Listed(code, np.column_stack([listed // m, listed % m]), points, is_private=True)


def make_classes(random, n, m):
    return random.integers(0, 3, n), random.integers(0, 7, m)


def make_free_seats(rows, columns):
    """The seats of people without pins, by their capacity."""
    nobody = np.zeros(0, np.int64)
    return Seats(*kinds(rows, nobody), *kinds(columns, nobody))
