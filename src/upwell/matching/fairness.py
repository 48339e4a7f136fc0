"""The check of what a fair proof says of the lowest scores, apart from the solver."""

from collections.abc import Iterator

import numpy as np

from upwell.matching.certificate import (
    FLOW_ROOM,
    MOST_STEPS,
    PRICE_LIMIT,
    ROOM,
    Certificate,
    Verdict,
)
from upwell.matching.criteria import Ints
from upwell.matching.said import said


def with_steps(scores: Ints, certificate: Certificate) -> Ints:
    """The scores with the bonus of every step that they are above."""
    return scores + sum(bonus * (scores > score) for score, bonus in certificate.steps)


def demanded_steps(scores: Ints, highest: int, people: int) -> list[int]:
    """Above which scores a fair proof must count pairs that score like these, ascending.

    At the floor; for each score made beyond it just below, so that none is between, and at it, so
    that few are there; as many as exact numbers have room for. ``highest`` is by how much the best
    pair scores more than the floor, ``people`` who has a free seat.
    """
    made = np.unique(scores).tolist()
    found = {step for score in made for step in (score - 1, score) if step >= made[0]}
    return sorted(found)[: room_for_steps(len(scores), highest, people)]


def room_for_steps(count: int, highest: int, people: int) -> int:
    """How many bonuses stay exact where each is the least that outweighs what comes after it."""
    total = highest
    for number in range(MOST_STEPS):
        total += count * total + 1
        if total * (count + 1) >= ROOM or total * people >= FLOW_ROOM:
            return number
    return MOST_STEPS


def levels_proven(verdict: Verdict, certificate: Certificate, scores: Ints) -> int:
    """How many of the lowest scores made are as good as can be, with as few pairs as can be."""
    if not verdict.is_optimal:
        return 0
    steps = [score for score, _bonus in certificate.steps]
    return int(np.isin(np.unique(scores), steps).sum())


def fair_faults(certificate: Certificate, scores: Ints, highest: int) -> Iterator[str]:
    """What is wrong with the floor and the steps of a proof for pairs of these scores."""
    if certificate.floor is not None and np.any(scores < certificate.floor):
        yield said("a pair scores less than the floor of %(floor)s", floor=certificate.floor)
    yield from step_faults(certificate, len(scores), highest)


def step_faults(certificate: Certificate, count: int, highest: int) -> Iterator[str]:
    """Whether each bonus outweighs whatever ``count`` pairs can gain by what comes after it."""
    later = highest
    for score, bonus in reversed(certificate.steps):
        if bonus <= count * later or bonus > PRICE_LIMIT:
            yield said("the step at %(score)s does not come before those after it", score=score)
        later += bonus
    scores = [score for score, _bonus in certificate.steps]
    if scores != sorted(set(scores)) or (scores and scores[0] != certificate.floor):
        yield said("the steps do not ascend from the floor")
