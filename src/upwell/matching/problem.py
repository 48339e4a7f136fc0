"""What is to be matched: people by index, criteria as integers, and what may not be."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]

FORBIDDEN = -(2**23)
"""An entry of a table that forbids every pair of its two classes."""

SOFT_LIMIT = 2**20
"""The absolute parts of a pair's score by features add up to less than this."""

MATRIX_LIMIT = 2**36
"""An absolute score in a plain matrix is less than this."""

MATRIX_FORBIDDEN = -(2**60)
"""An entry of a matrix that forbids its pair."""

CAPACITY_LIMIT = 1_000


def integers(values: ArrayLike, name: str, shape: tuple[int | None, ...]) -> Ints:
    """Return a read-only int64 array in C order; None in the shape means any length.

    Raises ValueError where a value is no integer or the shape differs.
    """
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{name} has rows of different lengths") from error
    if array.size == 0 and array.ndim <= len(shape):
        array = np.zeros([length or 0 for length in shape], np.int64)
    if array.dtype.kind not in "iu":
        raise ValueError(f"{name} must hold integers, not {array.dtype}")
    wanted = tuple(h if w is None else w for h, w in zip(array.shape, shape, strict=False))
    if array.ndim != len(shape) or array.shape != wanted:
        raise ValueError(f"{name} has the shape {array.shape}; it must be {shape}")
    result: Ints = np.array(array, dtype=np.int64, order="C")
    result.flags.writeable = False
    return result


@dataclass(frozen=True, eq=False)
class Affinity:
    """A criterion that scores a pair by the dot product of its two rows.

    ``mentors`` has the shape (n_mentors, k), ``mentees`` (n_mentees, k); a product is in points.
    """

    code: str
    mentors: Ints
    mentees: Ints
    is_private: bool = False


@dataclass(frozen=True, eq=False)
class Table:
    """A rule or criterion that scores a pair by the classes of its two people.

    ``scores`` has the shape (mentor classes, mentee classes), in points; FORBIDDEN forbids.
    """

    code: str
    mentor_class: Ints
    mentee_class: Ints
    scores: Ints
    is_private: bool = False


@dataclass(frozen=True, eq=False)
class Matrix:
    """A criterion given for every pair; MATRIX_FORBIDDEN forbids. Shape (n_mentors, n_mentees)."""

    code: str
    scores: Ints
    is_private: bool = False


@dataclass(frozen=True, eq=False)
class Exclusion:
    """Pairs that must not be made, for one reason. Shape (k, 2): mentor and mentee by index."""

    code: str
    pairs: Ints
    is_private: bool = False


Criterion = Affinity | Table | Matrix


class Problem:
    """Two sides of people, what their pairs are worth, and what is not allowed.

    Parameters
    ----------
    mentors, mentees : ids, unique within their side. Pairs name people by their index here.
    criteria : their parts add up to the score of a pair, in points.
    exclusions : pairs that must not be made.
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
        self.mentor_capacity = capacities(mentor_capacity, "mentor_capacity", n)
        self.mentee_capacity = capacities(mentee_capacity, "mentee_capacity", m)
        self.pins = couples(pins, "pins", n, m)
        check_pins(self)

    def rules_between(self, mentor: int, mentee: int) -> tuple[str, ...]:
        """The codes of the rules that forbid this pair, in the order of the problem."""
        rules = [c.code for c in self.criteria if forbids(c, mentor, mentee)]
        lists = [e.code for e in self.exclusions if names(e.pairs, mentor, mentee)]
        return tuple(rules + lists)

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
        return listed


def arrays_of(criterion: Criterion) -> list[Ints]:
    match criterion:
        case Affinity():
            return [criterion.mentors, criterion.mentees]
        case Table():
            return [criterion.mentor_class, criterion.mentee_class, criterion.scores]
        case Matrix():
            return [criterion.scores]


def forbids(criterion: Criterion, mentor: int, mentee: int) -> bool:
    match criterion:
        case Affinity():
            return False
        case Table():
            classes = criterion.mentor_class[mentor], criterion.mentee_class[mentee]
            return bool(criterion.scores[classes] == FORBIDDEN)
        case Matrix():
            return bool(criterion.scores[mentor, mentee] == MATRIX_FORBIDDEN)


def names(pairs: Ints, mentor: int, mentee: int) -> bool:
    """Whether a list of pairs, in order of the mentors, names this one."""
    first, last = np.searchsorted(pairs[:, 0], (mentor, mentor + 1))
    return bool(np.any(pairs[first:last, 1] == mentee))


def unique_ids(ids: Sequence[str], side: str) -> tuple[str, ...]:
    seen: set[str] = set()
    for person in ids:
        if person in seen:
            raise ValueError(f"{side} names the id {person!r} twice")
        seen.add(person)
    return tuple(ids)


def checked(criterion: Criterion, n: int, m: int) -> Criterion:
    """The same criterion with its arrays checked, copied and made read-only."""
    code, private = criterion.code, criterion.is_private
    match criterion:
        case Affinity():
            mentors = integers(criterion.mentors, f"{code}.mentors", (n, None))
            mentees = integers(criterion.mentees, f"{code}.mentees", (m, mentors.shape[1]))
            return Affinity(code, mentors, mentees, private)
        case Table():
            scores = integers(criterion.scores, f"{code}.scores", (None, None))
            rows = integers(criterion.mentor_class, f"{code}.mentor_class", (n,))
            columns = integers(criterion.mentee_class, f"{code}.mentee_class", (m,))
            check_index(rows, f"{code}.mentor_class", scores.shape[0])
            check_index(columns, f"{code}.mentee_class", scores.shape[1])
            return Table(code, rows, columns, scores, private)
        case Matrix():
            return Matrix(code, integers(criterion.scores, f"{code}.scores", (n, m)), private)


def check_index(values: Ints, name: str, length: int) -> None:
    wrong = np.flatnonzero((values < 0) | (values >= length))
    if len(wrong):
        at = int(wrong[0])
        raise ValueError(f"{name}[{at}] is {values[at]}; it must be from 0 to {length - 1}")


def check_range(criteria: Sequence[Criterion]) -> None:
    """Refuse scores whose sum might not be exact."""
    if sum(isinstance(criterion, Matrix) for criterion in criteria) > 1:
        raise ValueError("at most one criterion may be a matrix")
    total = 0
    for criterion in criteria:
        limit = SOFT_LIMIT
        match criterion:
            case Affinity():
                width = np.abs(criterion.mentors).max(axis=0, initial=0)
                reach = int(np.abs(criterion.mentees).max(axis=0, initial=0) @ width)
                total += reach
            case Table():
                allowed = criterion.scores[criterion.scores != FORBIDDEN]
                reach = int(np.abs(allowed).max(initial=0))
                total += reach
            case Matrix():
                allowed = criterion.scores[criterion.scores != MATRIX_FORBIDDEN]
                reach = max(abs(int(allowed.max(initial=0))), abs(int(allowed.min(initial=0))))
                limit = MATRIX_LIMIT
        if reach >= limit:
            raise ValueError(f"{criterion.code} scores up to {reach}; it must stay below {limit}")
    if total >= SOFT_LIMIT:
        raise ValueError(f"the criteria add up to {total}; they must stay below {SOFT_LIMIT}")


def couples(values: ArrayLike, name: str, n: int, m: int) -> Ints:
    """Pairs by index, checked, each once, in order of mentor and mentee."""
    pairs = integers(values, name, (None, 2))
    check_index(pairs[:, 0], f"{name}, mentor", n)
    check_index(pairs[:, 1], f"{name}, mentee", m)
    unique = np.unique(pairs, axis=0) if len(pairs) else pairs
    return integers(unique, name, (None, 2))


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
