"""The check of a proof over all pairs, apart from the solver.

This module shares no code with the solver or with the fast scoring, only the problem itself: it
adds up the parts of every pair by the definition of each criterion, in int64.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from upwell.matching.certificate import COUNTS, Certificate, Count, Counts, Verdict
from upwell.matching.criteria import Ints
from upwell.matching.exact import are_pins, exact_blocks, exact_sum, free_seats, members, pair_score
from upwell.matching.fairness import demanded_steps, fair_faults, levels_proven, with_steps
from upwell.matching.faults import pair_faults, proof_faults
from upwell.matching.problem import Problem

NOT_ALLOWED = -(2**60)


def verify(problem: Problem, pairs: Ints, certificate: Certificate) -> Verdict:
    """Check an assignment and its proof against every pair of the problem.

    Parameters
    ----------
    pairs : int array, shape (k, 2), mentor and mentee by index.
    certificate : as returned with the result.

    Returns
    -------
    Verdict
        ``bound`` is the most that any assignment with the same counts can total, ``most`` the most
        of each count that any assignment can have. Neither is to be believed if there are faults.
        With a floor, ``bound`` is of assignments that keep it and have as few pairs at its steps;
        ``is_highest_floor`` says whether no assignment with these counts has a higher one, and
        ``has_all_steps`` whether all steps are there that these pairs and exact numbers demand.

    Raises ValueError where the pairs are no whole numbers.

    Notes
    -----
    For every t, every α ≥ 0 (``first_mentee``), β ≥ 0 (``first_mentor``) and v ≥ −α, an assignment
    of K pairs, in which A mentees and B mentors have one, totals at most
    K·t − A·α − B·β + Σᵢ (the capᵢ largest of sᵢⱼ − t − vⱼ, the first with β more, those above 0)
    + Σⱼ (vⱼ + α + (capⱼ − 1)·max(vⱼ, 0)): weak duality of the assignment problem with these counts.
    A pin takes its person's first seat. One pass over all pairs; time O(mentors · mentees ·
    criteria).
    """
    if pairs.dtype.kind not in "iu":
        raise ValueError(f"pairs must hold integers, not {pairs.dtype}")
    faults = (*pair_faults(problem, pairs), *proof_faults(problem, certificate))
    if faults:
        return Verdict(faults, Counts(len(pairs), 0, 0), Counts(0, 0, 0), 0, 0, 0)
    scores = np.array([pair_score(problem, i, j) for i, j in pairs.tolist()], np.int64)
    is_free = ~are_pins(problem, pairs)
    free, taken = scores[is_free], counts_of_seats(problem, pairs[is_free])
    seen = over_all_pairs(problem, certificate, taken)
    value, gap = int(scores.sum()), seen.worth - sum(with_steps(free, certificate).tolist())
    demanded = demanded_steps(free, seen.highest, people_with_seats(problem))
    verdict = Verdict(
        tuple(fair_faults(certificate, free, seen.highest)),
        Counts.of(pairs),
        seen.most,
        value,
        value + gap,
        seen.allowed,
        seen.is_highest_floor,
        certificate.floor is None or demanded == [score for score, _bonus in certificate.steps],
    )
    return replace(verdict, levels_proven=levels_proven(verdict, certificate, free))


@dataclass(frozen=True)
class Seen:
    """What one pass over all pairs says of a proof.

    ``worth`` is the most that as many pairs can total, bonuses of steps included; ``highest`` by
    how much the best pair of two with free seats scores more than the floor.
    """

    most: Counts
    worth: int
    allowed: int
    highest: int
    is_highest_floor: bool


def over_all_pairs(problem: Problem, certificate: Certificate, taken: Counts) -> Seen:
    covers, above = covers_of(problem, certificate), floor_cover(problem, certificate)
    worth, allowed, highest = fixed_part(problem, certificate, taken), len(problem.pins), 0
    for rows, block, is_allowed in exact_blocks(problem):
        allowed += int(is_allowed.sum())
        for cover in covers.values():
            cover.count(rows, is_allowed)
        is_good = is_allowed
        if certificate.floor is not None:
            is_good = is_allowed & (block >= certificate.floor)
            above.count(rows, is_allowed & (block > certificate.floor))
            over = np.where(is_good & has_seats(problem, rows), block - certificate.floor, 0)
            highest = max(highest, int(over.max(initial=0)))
        gains = with_steps(block, certificate) - certificate.t - certificate.prices
        worth += surplus(problem, certificate, rows, np.where(is_good, gains, NOT_ALLOWED))
    return Seen(
        Counts(**{count: pinned_and(covers, problem, count) for count in COUNTS}),
        worth,
        allowed,
        highest,
        certificate.floor is None or above.most < getattr(taken, certificate.floor_count),
    )


def pinned_and(covers: Mapping[Count, "CoverBound"], problem: Problem, count: Count) -> int:
    """The most of a count: of the pins, and what its cover allows beside them.

    Neither mentees nor mentors who have one are more than pairs, where they have no cover.
    """
    pins: int = getattr(Counts.of(problem.pins), count)
    return pins + covers.get(count, covers["pairs"]).most


class CoverBound:
    """Some people whose seats, with the pairs that touch none of them, bound a number of pairs."""

    def __init__(self, seats: tuple[Ints, Ints], mentors: Ints, mentees: Ints) -> None:
        self.is_open = ~members(mentors, len(seats[0])) & (seats[0] > 0)
        self.open_mentees = ~members(mentees, len(seats[1])) & (seats[1] > 0)
        self.most = int(seats[0][mentors].sum()) + int(seats[1][mentees].sum())

    def count(self, rows: slice, pairs: NDArray[np.bool_]) -> None:
        """Add the pairs of these rows that the cover does not touch."""
        self.most += int(pairs[np.ix_(self.is_open[rows], self.open_mentees)].sum())


def covers_of(problem: Problem, certificate: Certificate) -> dict[Count, CoverBound]:
    seats = seats_of(problem)
    named = {
        "pairs": (certificate.cover_mentors, certificate.cover_mentees),
        **certificate.other_covers,
    }
    return {count: CoverBound(seats[count], *named[count]) for count in COUNTS if count in named}


def floor_cover(problem: Problem, certificate: Certificate) -> CoverBound:
    """What bounds how many of the floor's count there are above the floor."""
    named = certificate.floor_mentors, certificate.floor_mentees
    return CoverBound(seats_of(problem)[certificate.floor_count], *named)


def seats_of(problem: Problem) -> dict[Count, tuple[Ints, Ints]]:
    """Of each count, the seats of mentors and mentees under which it is the most pairs."""
    mentors, mentees = free_seats(problem)
    return {
        "pairs": (mentors, mentees),
        "mentees": (mentors, first_seats(problem)[1]),
        "mentors": (first_seats(problem)[0], mentees),
    }


def has_seats(problem: Problem, rows: slice) -> NDArray[np.bool_]:
    """Which pairs of these mentors are of two people who both have a free seat."""
    mentors, mentees = free_seats(problem)
    return np.logical_and.outer(mentors[rows] > 0, mentees > 0)


def people_with_seats(problem: Problem) -> int:
    """How many mentors and mentees have a seat that no pin takes."""
    return sum(int(np.count_nonzero(seats)) for seats in free_seats(problem))


def first_seats(problem: Problem) -> tuple[Ints, Ints]:
    """1 for everybody who has a seat and no pin, else 0."""
    sides = problem.mentor_capacity, problem.mentee_capacity
    mentors, mentees = (
        np.where(members(pinned, len(seats)), 0, np.minimum(seats, 1))
        for seats, pinned in zip(sides, problem.pins.T, strict=True)
    )
    return mentors, mentees


def counts_of_seats(problem: Problem, pairs: Ints) -> Counts:
    """How many seats, and first seats of mentees and of mentors, pairs that are no pins take."""
    firsts = first_seats(problem)
    mentors, mentees = (
        int(first[np.unique(people)].sum()) for first, people in zip(firsts, pairs.T, strict=True)
    )
    return Counts(len(pairs), mentees, mentors)


def fixed_part(problem: Problem, certificate: Certificate, taken: Counts) -> int:
    """What a bound has besides the gains of the mentors."""
    first = first_seats(problem)[1]
    extra = free_seats(problem)[1] - first
    earns, prices = certificate.first_mentee, certificate.prices
    return (
        certificate.of_counts(taken)
        + exact_sum(first * np.maximum(prices + earns, 0))
        + exact_sum(np.repeat(np.maximum(prices, 0), extra))
    )


def surplus(problem: Problem, certificate: Certificate, rows: slice, gains: Ints) -> int:
    """What some mentors gain at most: their largest gains, one for each seat, if above 0.

    The first one earns what the certificate says besides.
    """
    seats, first = free_seats(problem), first_seats(problem)[0][rows, None]
    ranked = -np.sort(-gains[:, seats[1] > 0], axis=1)
    place = np.arange(ranked.shape[1])
    ranked += np.where((place == 0) & (first == 1), certificate.first_mentor, 0)
    return exact_sum(np.maximum(ranked, 0)[place < seats[0][rows, None]])
