"""Scores and seats by their definition, slow and apart from the solver, to check proofs with."""

from bisect import bisect_left
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from upwell.matching.criteria import (
    FORBIDDEN,
    MATRIX_FORBIDDEN,
    Affinity,
    Criterion,
    Ints,
    Listed,
    Matrix,
    Table,
)
from upwell.matching.problem import Problem

CELLS = 400_000


def exact_sum(values: Ints) -> int:
    """The sum of numbers from 0 to 2⁵³, however many: high and low bits apart, so none wraps."""
    return (int((values >> 26).sum()) << 26) + int((values & (2**26 - 1)).sum())


def exact_blocks(problem: Problem) -> Iterator[tuple[slice, Ints, NDArray[np.bool_]]]:
    """Yield (rows, scores, allowed) for every pair that is not pinned, some rows at a time."""
    n, m = len(problem.mentors), len(problem.mentees)
    banned = np.concatenate([problem.pins, *(e.pairs for e in problem.exclusions)])
    banned = banned[np.argsort(banned[:, 0], kind="stable")]
    height = max(1, CELLS // max(1, m))
    for start in range(0, n, height):
        rows = slice(start, min(n, start + height))
        block = np.zeros((rows.stop - start, m), np.int64)
        allowed = np.ones(block.shape, bool)
        for criterion in problem.criteria:
            values, is_allowed = exact_part(criterion, rows, m)
            block += np.where(is_allowed, values, 0)
            allowed &= is_allowed
        first, last = np.searchsorted(banned[:, 0], (start, rows.stop))
        allowed[banned[first:last, 0] - start, banned[first:last, 1]] = False
        yield rows, block, allowed


def exact_part(criterion: Criterion, rows: slice, m: int) -> tuple[Ints, NDArray[np.bool_]]:
    """One criterion by its definition: points of rows × m, and which pairs it allows."""
    match criterion:
        case Affinity():
            values = np.einsum("ik,jk->ij", criterion.mentors[rows], criterion.mentees)
            return values, np.ones(values.shape, bool)
        case Table():
            classes = np.ix_(criterion.mentor_class[rows], criterion.mentee_class)
            return criterion.scores[classes], criterion.scores[classes] != FORBIDDEN
        case Matrix():
            values = criterion.scores[rows]
            return values, values != MATRIX_FORBIDDEN
        case Listed():
            values = np.zeros((rows.stop - rows.start, m), np.int64)
            first, last = np.searchsorted(criterion.pairs[:, 0], (rows.start, rows.stop))
            mentors, mentees = criterion.pairs[first:last].T
            values[mentors - rows.start, mentees] = criterion.points[first:last]
            return values, np.ones(values.shape, bool)


def pair_score(problem: Problem, mentor: int, mentee: int) -> int:
    """The score of one allowed pair, in points."""
    total = 0
    for criterion in problem.criteria:
        match criterion:
            case Affinity():
                row, column = criterion.mentors[mentor], criterion.mentees[mentee]
                total += sum(int(a) * int(b) for a, b in zip(row, column, strict=True) if a and b)
            case Table():
                row_class, column_class = criterion.mentor_class, criterion.mentee_class
                total += int(criterion.scores[row_class[mentor], column_class[mentee]])
            case Matrix():
                total += int(criterion.scores[mentor, mentee])
            case Listed():
                total += listed_points(criterion, mentor, mentee)
    return total


def listed_points(criterion: Listed, mentor: int, mentee: int) -> int:
    """What a list, which is in order, gives one pair: 0 where it does not name it."""
    pair = [mentor, mentee]
    at = bisect_left(range(len(criterion.pairs)), pair, key=lambda k: criterion.pairs[k].tolist())
    is_named = at < len(criterion.pairs) and criterion.pairs[at].tolist() == pair
    return int(criterion.points[at]) if is_named else 0


def free_seats(problem: Problem) -> tuple[Ints, Ints]:
    """The seats of mentors and mentees that pins leave."""
    mentors = np.bincount(problem.pins[:, 0], minlength=len(problem.mentors))
    mentees = np.bincount(problem.pins[:, 1], minlength=len(problem.mentees))
    return problem.mentor_capacity - mentors, problem.mentee_capacity - mentees


def are_pins(problem: Problem, pairs: Ints) -> NDArray[np.bool_]:
    """Which of the pairs are pins."""
    pins = {(i, j) for i, j in problem.pins.tolist()}
    return np.array([(i, j) in pins for i, j in pairs.tolist()], bool)


def members(indices: Ints, length: int) -> NDArray[np.bool_]:
    result = np.zeros(length, bool)
    result[indices] = True
    return result
