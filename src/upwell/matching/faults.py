"""What is wrong with pairs, or with the form of their proof, before anything is added up."""

from collections.abc import Iterator

import numpy as np

from upwell.matching.certificate import PRICE_LIMIT, Certificate
from upwell.matching.criteria import (
    Ints,
)
from upwell.matching.problem import Problem
from upwell.matching.said import said


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
    elif min(certificate.first_mentor, certificate.first_mentee) < 0 or np.any(
        certificate.prices < -certificate.first_mentee
    ):
        yield said("a price is negative")
    elif largest(certificate) > PRICE_LIMIT:
        yield said("a price is beyond %(limit)s", limit=PRICE_LIMIT)
    covers = [
        (certificate.cover_mentors, certificate.cover_mentees),
        (certificate.floor_mentors, certificate.floor_mentees),
        *certificate.other_covers.values(),
    ]
    for cover, length in ((c, k) for both in covers for c, k in zip(both, (n, m), strict=True)):
        if len(np.unique(cover)) < len(cover) or np.any((cover < 0) | (cover >= length)):
            yield said("the cover names somebody twice, or who is not in the problem")


def largest(certificate: Certificate) -> int:
    earned = certificate.first_mentor, certificate.first_mentee
    return max(int(certificate.prices.max(initial=0)), abs(certificate.t), *earned)
