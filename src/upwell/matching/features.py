"""Criteria as integer features, whose product gives their part of every pair."""

import numpy as np

from upwell.matching.criteria import Affinity, Ints, Table
from upwell.matching.problem import Problem

ROWS_PER_CLASS = 64


def shared_tables(problem: Problem, n: int) -> list[Table]:
    """The tables to look up: the widest ones whose classes many rows share at once."""
    tables = [c for c in problem.criteria if isinstance(c, Table) and c.scores.any()]
    widths = {
        table: min(len(np.unique(table.mentor_class)), len(np.unique(table.mentee_class)))
        for table in tables
    }
    chosen: list[Table] = []
    classes = np.zeros(n, np.int64)
    for table in sorted(tables, key=lambda table: -widths[table]):
        joint = np.unique(
            classes * (len(table.scores) + 1) + table.mentor_class, return_inverse=True
        )[1]
        if joint.max(initial=0) < n // ROWS_PER_CLASS:
            chosen.append(table)
            classes = joint
    return chosen


def features(criterion: Affinity | Table) -> tuple[Ints, Ints]:
    """Two matrices whose product gives the criterion's part of every pair."""
    if isinstance(criterion, Affinity):
        used = criterion.mentors.any(axis=0) & criterion.mentees.any(axis=0)
        return criterion.mentors[:, used], criterion.mentees[:, used]
    rows, row_class = np.unique(criterion.mentor_class, return_inverse=True)
    columns, column_class = np.unique(criterion.mentee_class, return_inverse=True)
    table = criterion.scores[np.ix_(rows, columns)]
    if not table.any():
        return np.zeros((len(row_class), 0), np.int64), np.zeros((len(column_class), 0), np.int64)
    if len(rows) <= len(columns):
        return one_hot(row_class, len(rows)), table.T[column_class]
    return table[row_class], one_hot(column_class, len(columns))


def one_hot(classes: Ints, count: int) -> Ints:
    return np.eye(count, dtype=np.int64)[classes]
