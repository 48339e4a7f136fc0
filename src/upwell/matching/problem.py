"""What is to be matched: people by index, criteria as integers, and what may not be."""

import hashlib
import json
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from upwell.matching.criteria import (
    Criterion,
    Exclusion,
    Ints,
    Ranking,
    arrays_of,
    check_range,
    check_sides,
    checked,
    checked_ranking,
    couples,
    forbids,
    integers,
    names,
)

CAPACITY_LIMIT = 1_000


class Problem:
    """Two sides of people, what their pairs are worth, and what is not allowed.

    Parameters
    ----------
    mentors, mentees : ids, unique within their side. Pairs name people by their index here.
    criteria : their parts add up to the score of a pair, in points.
    exclusions : pairs that must not be made.
    rankings : at most one of each side.
    pins : shape (k, 2). Pairs that must be made.
    mentor_capacity, mentee_capacity : the most counterparts of each person; 1 each if not given.
    terms : what the problem was made under, such as a policy; it counts in the digest only.

    Raises
    ------
    ValueError
        Names the part and the value: an id twice, a wrong shape or index, a score out of exact
        range, a negative capacity, a pin that a rule forbids or that finds no seat.
    """

    def __init__(
        self,
        mentors: Sequence[str],
        mentees: Sequence[str],
        criteria: Sequence[Criterion],
        *,
        exclusions: Sequence[Exclusion] = (),
        rankings: Sequence[Ranking] = (),
        pins: ArrayLike = (),
        mentor_capacity: ArrayLike | None = None,
        mentee_capacity: ArrayLike | None = None,
        terms: str = "",
    ) -> None:
        self.terms = terms
        self.mentors = unique_ids(mentors, "mentors")
        self.mentees = unique_ids(mentees, "mentees")
        n, m = len(self.mentors), len(self.mentees)
        self.criteria = tuple(checked(criterion, n, m) for criterion in criteria)
        check_range(self.criteria)
        self.exclusions = tuple(
            Exclusion(e.code, couples(e.pairs, f"exclusion {e.code}", n, m), e.is_private)
            for e in exclusions
        )
        self.rankings = tuple(checked_ranking(ranking, n, m) for ranking in rankings)
        check_sides(self.rankings)
        self.mentor_capacity = capacities(mentor_capacity, "mentor_capacity", n)
        self.mentee_capacity = capacities(mentee_capacity, "mentee_capacity", m)
        self.pins = couples(pins, "pins", n, m)
        check_pins(self)

    def rules_between(self, mentor: int, mentee: int) -> tuple[str, ...]:
        """The codes of the rules that forbid this pair, in the order of the problem.

        Raises ValueError where an index is nobody's.
        """
        self.check_pair(mentor, mentee)
        rules = [c.code for c in self.criteria if forbids(c, mentor, mentee)]
        lists = [e.code for e in self.exclusions if names(e.pairs, mentor, mentee)]
        return tuple(rules + lists)

    def check_pair(self, mentor: int, mentee: int) -> None:
        """Raise ValueError where one of two indices is nobody's."""
        for role, index, ids in (
            ("mentor", mentor, self.mentors),
            ("mentee", mentee, self.mentees),
        ):
            if not 0 <= index < len(ids):
                raise ValueError(f"{role} is {index}; it must be from 0 to {len(ids) - 1}")

    def with_pins(self, pins: ArrayLike) -> "Problem":
        """The same problem with other pins. Raises ValueError as a new one does."""
        return Problem(
            self.mentors,
            self.mentees,
            self.criteria,
            exclusions=self.exclusions,
            rankings=self.rankings,
            pins=pins,
            mentor_capacity=self.mentor_capacity,
            mentee_capacity=self.mentee_capacity,
            terms=self.terms,
        )

    def digest(self) -> str:
        """The sha256 of all that decides the result, and of its terms; equal on every machine."""
        sha = hashlib.sha256()
        for name, arrays in self.parts():
            shapes = [list(array.shape) for array in arrays]
            sha.update(json.dumps([name, shapes]).encode())
            for array in arrays:
                sha.update(np.ascontiguousarray(array, dtype="<i8").tobytes())
        return sha.hexdigest()

    def parts(self) -> list[tuple[list[str], list[Ints]]]:
        """Names and arrays of the problem, in a fixed order."""
        listed: list[tuple[list[str], list[Ints]]] = [
            (["mentors", *self.mentors], [self.mentor_capacity]),
            (["mentees", *self.mentees], [self.mentee_capacity]),
            (["pins"], [self.pins]),
            (["terms", self.terms], []),
        ]
        for c in self.criteria:
            kind = [type(c).__name__, c.code, "private" if c.is_private else "open"]
            listed.append((kind, arrays_of(c)))
        for e in self.exclusions:
            kind = ["Exclusion", e.code, "private" if e.is_private else "open"]
            listed.append((kind, [e.pairs]))
        listed += [(["Ranking", r.side], [r.pairs, r.ranks]) for r in self.rankings]
        return listed


def unique_ids(ids: Sequence[str], side: str) -> tuple[str, ...]:
    seen: set[str] = set()
    for person in ids:
        if not isinstance(person, str) or not person:
            raise ValueError(f"{side} holds {person!r}; an id is a text that is not empty")
        if person in seen:
            raise ValueError(f"{side} names the id {person!r} twice")
        seen.add(person)
    return tuple(ids)


def capacities(values: ArrayLike | None, name: str, length: int) -> Ints:
    if values is None:
        return integers(np.ones(length, np.int64), name, (length,))
    seats = integers(values, name, (length,))
    wrong = np.flatnonzero((seats < 0) | (seats > CAPACITY_LIMIT))
    if len(wrong):
        at = int(wrong[0])
        raise ValueError(f"{name}[{at}] is {seats[at]}; it must be from 0 to {CAPACITY_LIMIT}")
    return seats


def check_pins(problem: Problem) -> None:
    for mentor, mentee in problem.pins.tolist():
        rules = problem.rules_between(mentor, mentee)
        if rules:
            names = f"{problem.mentors[mentor]!r} and {problem.mentees[mentee]!r}"
            raise ValueError(f"the pin of {names} breaks a rule: {', '.join(rules)}")
    sides = (
        (problem.mentors, problem.mentor_capacity, problem.pins[:, 0]),
        (problem.mentees, problem.mentee_capacity, problem.pins[:, 1]),
    )
    for ids, seats, pinned in sides:
        over = np.flatnonzero(np.bincount(pinned, minlength=len(ids)) > seats)
        if len(over):
            person, places = ids[int(over[0])], int(seats[over[0]])
            raise ValueError(f"more pins for {person!r} than the {places} seats there are")
