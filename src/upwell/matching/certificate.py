"""The proof that comes with a result, and its check over all pairs, apart from the solver.

This module shares no code with the solver or with the fast scoring, only the problem itself: it
adds up the parts of every pair by the definition of each criterion, in int64.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from upwell.matching.problem import (
    FORBIDDEN,
    MATRIX_FORBIDDEN,
    Affinity,
    Criterion,
    Ints,
    Matrix,
    Problem,
    Table,
)
from upwell.matching.said import said

CELLS = 400_000
PRICE_LIMIT = 2**52
"""Prices beyond this are refused: what is added up below would leave int64."""


@dataclass(frozen=True, eq=False)
class Certificate:
    """What proves a result.

    ``cover_mentors`` and ``cover_mentees`` (ascending indices) prove the number of pairs: each
    allowed pair touches one of them, and those few that do not are counted. ``t`` (points for one
    more pair) and ``prices`` (points for a seat of each mentee, at least 0) prove the total.
    """

    t: int
    prices: Ints
    cover_mentors: Ints
    cover_mentees: Ints


@dataclass(frozen=True)
class Verdict:
    """What a check found. ``faults`` says what is wrong; none means that the figures are proven."""

    faults: tuple[str, ...]
    pairs: int
    pairs_bound: int
    value: int
    bound: int
    allowed_pairs: int

    @property
    def is_feasible(self) -> bool:
        """No pair breaks a rule or a capacity, and the proof is well formed."""
        return not self.faults

    @property
    def gap(self) -> int:
        """How much better another assignment of as many pairs might be, in points."""
        return self.bound - self.value

    @property
    def is_optimal(self) -> bool:
        return self.is_feasible and self.pairs == self.pairs_bound and self.gap == 0


def verify(problem: Problem, pairs: Ints, certificate: Certificate) -> Verdict:
    """Check an assignment and its proof against every pair of the problem.

    Parameters
    ----------
    pairs : int array, shape (k, 2), mentor and mentee by index.
    certificate : as returned with the result.

    Returns
    -------
    Verdict
        ``bound`` is the most that any assignment of k pairs can total, ``pairs_bound`` the most
        pairs that any assignment can have. Neither is to be believed if there are faults.

    Notes
    -----
    For every v ≥ 0 and every t, an assignment of K pairs totals at most
    K·t + Σᵢ (the capᵢ largest positive sᵢⱼ − t − vⱼ) + Σⱼ capⱼ·vⱼ: weak duality of the assignment
    problem with exactly K pairs. One pass over all pairs; time O(mentors · mentees · criteria).
    """
    problem_faults = [*pair_faults(problem, pairs), *proof_faults(problem, certificate)]
    if problem_faults:
        return Verdict(tuple(problem_faults), len(pairs), 0, 0, 0, 0)
    is_pinned = pinned(problem, pairs)
    seats = free_seats(problem)
    scores = np.array([pair_score(problem, i, j) for i, j in pairs.tolist()], np.int64)
    in_cover = members(certificate.cover_mentors, len(problem.mentors))
    price = certificate.t + certificate.prices
    worth, outside, allowed = 0, 0, len(problem.pins)
    open_mentees = ~members(certificate.cover_mentees, len(problem.mentees)) & (seats[1] > 0)
    for rows, block, is_allowed in exact_blocks(problem):
        allowed += int(is_allowed.sum())
        worth += surplus(np.where(is_allowed, block - price, 0), seats[0][rows], seats[1] > 0)
        is_open = ~in_cover[rows] & (seats[0][rows] > 0)
        outside += int(is_allowed[np.ix_(is_open, open_mentees)].sum())
    free = len(pairs) - int(is_pinned.sum())
    bound = free * certificate.t + worth + exact_sum(np.repeat(certificate.prices, seats[1]))
    covered = int(seats[0][certificate.cover_mentors].sum())
    covered += int(seats[1][certificate.cover_mentees].sum())
    return Verdict(
        (),
        len(pairs),
        len(problem.pins) + covered + outside,
        int(scores.sum()),
        bound + int(scores[is_pinned].sum()),
        allowed,
    )


def surplus(gains: Ints, seats: Ints, is_open: NDArray[np.bool_]) -> int:
    """The sum over rows of their largest positive gains, as many as the row has seats."""
    ranked = -np.sort(-np.maximum(gains[:, is_open], 0), axis=1)
    within = np.arange(ranked.shape[1]) < seats[:, None]
    return exact_sum(ranked[within])


def exact_sum(values: Ints) -> int:
    """The sum of numbers from 0 to 2⁵³, however many: high and low bits apart, so none wraps."""
    return (int((values >> 26).sum()) << 26) + int((values & (2**26 - 1)).sum())


def pair_faults(problem: Problem, pairs: Ints) -> Iterator[str]:
    """What is wrong with the pairs themselves."""
    sides = np.array([len(problem.mentors), len(problem.mentees)])
    if pairs.ndim != 2 or pairs.shape[1:] != (2,):
        yield said("the pairs are not a list of mentor and mentee")
    elif np.any(pairs < 0) or np.any(pairs >= sides):
        yield said("a pair names somebody who is not in the problem")
    else:
        yield from rule_faults(problem, [(i, j) for i, j in pairs.tolist()])
        yield from seat_faults(problem.mentors, problem.mentor_capacity, pairs[:, 0])
        yield from seat_faults(problem.mentees, problem.mentee_capacity, pairs[:, 1])


def rule_faults(problem: Problem, couples: list[tuple[int, int]]) -> Iterator[str]:
    made = set(couples)
    if len(made) < len(couples):
        yield said("a pair is named twice")
    for i, j in couples:
        rules = problem.rules_between(i, j)
        if rules:
            yield said(
                "%(mentor)s and %(mentee)s break: %(rules)s",
                mentor=problem.mentors[i],
                mentee=problem.mentees[j],
                rules=", ".join(rules),
            )
    for i, j in problem.pins.tolist():
        if (i, j) not in made:
            named = {"mentor": problem.mentors[i], "mentee": problem.mentees[j]}
            yield said("the pinned pair %(mentor)s and %(mentee)s is missing", **named)


def seat_faults(ids: tuple[str, ...], seats: Ints, people: Ints) -> Iterator[str]:
    counts = np.bincount(people, minlength=len(ids))
    for person in np.flatnonzero(counts > seats).tolist():
        yield said(
            "%(person)s has %(count)s counterparts and %(seats)s seats",
            person=ids[person],
            count=counts[person],
            seats=seats[person],
        )


def proof_faults(problem: Problem, certificate: Certificate) -> Iterator[str]:
    """What is wrong with the form of the proof."""
    n, m = len(problem.mentors), len(problem.mentees)
    if certificate.prices.shape != (m,):
        yield said("the prices are not one for each mentee")
    elif np.any(certificate.prices < 0):
        yield said("a price is negative")
    elif max(int(certificate.prices.max(initial=0)), abs(certificate.t)) > PRICE_LIMIT:
        yield said("a price is beyond %(limit)s", limit=PRICE_LIMIT)
    for cover, length in ((certificate.cover_mentors, n), (certificate.cover_mentees, m)):
        if len(np.unique(cover)) < len(cover) or np.any((cover < 0) | (cover >= length)):
            yield said("the cover names somebody twice, or who is not in the problem")


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
            values, is_allowed = exact_part(criterion, rows)
            block += np.where(is_allowed, values, 0)
            allowed &= is_allowed
        first, last = np.searchsorted(banned[:, 0], (start, rows.stop))
        allowed[banned[first:last, 0] - start, banned[first:last, 1]] = False
        yield rows, block, allowed


def exact_part(criterion: Criterion, rows: slice) -> tuple[Ints, NDArray[np.bool_]]:
    """One criterion by its definition: points, and which pairs it allows."""
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
    return total


def free_seats(problem: Problem) -> tuple[Ints, Ints]:
    """The seats of mentors and mentees that pins leave."""
    mentors = np.bincount(problem.pins[:, 0], minlength=len(problem.mentors))
    mentees = np.bincount(problem.pins[:, 1], minlength=len(problem.mentees))
    return problem.mentor_capacity - mentors, problem.mentee_capacity - mentees


def pinned(problem: Problem, pairs: Ints) -> NDArray[np.bool_]:
    """Which of the pairs are pins."""
    pins = {(i, j) for i, j in problem.pins.tolist()}
    return np.array([(i, j) in pins for i, j in pairs.tolist()], bool)


def members(indices: Ints, length: int) -> NDArray[np.bool_]:
    result = np.zeros(length, bool)
    result[indices] = True
    return result
