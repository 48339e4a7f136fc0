"""The parts of a problem, and their checks: whole numbers only, each exact."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

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

RANK_LIMIT = 1_000
"""A rank is from 1, the first choice, to this."""

Side = Literal["mentor", "mentee"]


def integers(values: ArrayLike, name: str, shape: tuple[int | None, ...]) -> Ints:
    """Return a read-only int64 array in C order; None in the shape means any length.

    Raises ValueError where a value is no integer or the shape differs.
    """
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{name} has rows of different lengths") from error
    if array.size == 0:
        # An empty list has no type, and no length but its own.
        is_plain = array.shape == (0,) and not shape[0]
        array = np.zeros([w or 0 for w in shape] if is_plain else array.shape, np.int64)
    if array.dtype.kind not in "iu":
        raise ValueError(f"{name} must hold integers, not {array.dtype}")
    if array.dtype.kind == "u" and array.max(initial=0) > np.iinfo(np.int64).max:
        raise ValueError(f"{name} holds {array.max()}, which is more than int64 can")
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
class Listed:
    """A criterion that gives points to some pairs only, and to all others none.

    ``pairs`` has the shape (k, 2), mentor and mentee by index, each once; ``points`` (k,).
    """

    code: str
    pairs: Ints
    points: Ints
    is_private: bool = False


@dataclass(frozen=True, eq=False)
class Exclusion:
    """Pairs that must not be made, for one reason. Shape (k, 2): mentor and mentee by index."""

    code: str
    pairs: Ints
    is_private: bool = False


@dataclass(frozen=True, eq=False)
class Ranking:
    """Whom the people of one side would rather have.

    ``pairs`` has the shape (k, 2), mentor and mentee by index, each once; ``ranks`` (k,) is 1 for a
    first choice, and equal for people who are equally welcome. Whoever is not ranked comes after
    those who are, by score. It says what is stable, and adds nothing to a score.
    """

    side: Side
    pairs: Ints
    ranks: Ints


Criterion = Affinity | Table | Matrix | Listed


def arrays_of(criterion: Criterion) -> list[Ints]:
    match criterion:
        case Affinity():
            return [criterion.mentors, criterion.mentees]
        case Table():
            return [criterion.mentor_class, criterion.mentee_class, criterion.scores]
        case Matrix():
            return [criterion.scores]
        case Listed():
            return [criterion.pairs, criterion.points]


def gives_points(criterion: Criterion) -> bool:
    """Whether it can do more than forbid."""
    return not isinstance(criterion, Table) or bool(
        np.any((criterion.scores != 0) & (criterion.scores != FORBIDDEN))
    )


def forbids(criterion: Criterion, mentor: int, mentee: int) -> bool:
    match criterion:
        case Affinity() | Listed():
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


def checked(criterion: Criterion, n: int, m: int) -> Criterion:
    """The same criterion with its arrays checked, copied and made read-only."""
    if not isinstance(criterion, Criterion):
        kind = type(criterion).__name__
        raise TypeError(f"a criterion is a {kind}; it must be an Affinity, Table, Matrix or Listed")
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
        case Listed():
            return checked_list(criterion, n, m)


def checked_list(criterion: Listed, n: int, m: int) -> Listed:
    """The same list in order of mentor and mentee, checked, copied and made read-only."""
    code = criterion.code
    pairs = integers(criterion.pairs, f"{code}.pairs", (None, 2))
    points = integers(criterion.points, f"{code}.points", (len(pairs),))
    check_index(pairs[:, 0], f"{code}.pairs, mentor", n)
    check_index(pairs[:, 1], f"{code}.pairs, mentee", m)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    pairs, points = pairs[order], points[order]
    if np.any(np.all(pairs[1:] == pairs[:-1], axis=1)):
        raise ValueError(f"{code} names a pair twice")
    return Listed(
        code,
        integers(pairs, f"{code}.pairs", (None, 2)),
        integers(points, f"{code}.points", (None,)),
        criterion.is_private,
    )


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
        reach, limit = reach_of(criterion), SOFT_LIMIT
        if isinstance(criterion, Matrix):
            limit = MATRIX_LIMIT
        else:
            total += reach
        if reach >= limit:
            raise ValueError(f"{criterion.code} scores up to {reach}; it must stay below {limit}")
    if total >= SOFT_LIMIT:
        raise ValueError(f"the criteria add up to {total}; they must stay below {SOFT_LIMIT}")


def reach_of(criterion: Criterion) -> int:
    """An absolute score that no allowed pair exceeds by this criterion."""
    match criterion:
        case Affinity():
            both = zip(widths(criterion.mentors), widths(criterion.mentees), strict=True)
            return sum(mentor * mentee for mentor, mentee in both)
        case Table():
            return largest(criterion.scores[criterion.scores != FORBIDDEN])
        case Matrix():
            return largest(criterion.scores[criterion.scores != MATRIX_FORBIDDEN])
        case Listed():
            return largest(criterion.points)


def widths(values: Ints) -> list[int]:
    """The largest absolute value of each column, also where int64 does not hold it."""
    highest, lowest = values.max(axis=0, initial=0), values.min(axis=0, initial=0)
    ends = zip(highest.tolist(), lowest.tolist(), strict=True)
    return [max(high, -low) for high, low in ends]


def largest(values: Ints) -> int:
    """The largest absolute value, also where int64 does not hold it."""
    return max(abs(int(values.max(initial=0))), abs(int(values.min(initial=0))))


def couples(values: ArrayLike, name: str, n: int, m: int) -> Ints:
    """Pairs by index, checked, each once, in order of mentor and mentee."""
    pairs = integers(values, name, (None, 2))
    check_index(pairs[:, 0], f"{name}, mentor", n)
    check_index(pairs[:, 1], f"{name}, mentee", m)
    return integers(each_once(pairs, m), name, (None, 2))


def each_once(pairs: Ints, m: int) -> Ints:
    """Pairs with one of ``m`` mentees each, without repeats, in order of mentor and mentee."""
    width = max(m, 1)
    return np.column_stack(np.divmod(distinct(pairs @ (width, 1)), width))


def distinct(values: Ints) -> Ints:
    """Each value once, ascending."""
    ordered = np.sort(values)
    is_first = np.ones(len(ordered), np.bool_)
    is_first[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_first]


def checked_ranking(ranking: Ranking, n: int, m: int) -> Ranking:
    """The same ranking in order of mentor and mentee, checked, copied and made read-only."""
    name = f"ranking of the {ranking.side}s"
    pairs = integers(ranking.pairs, name, (None, 2))
    ranks = integers(ranking.ranks, f"{name}, ranks", (len(pairs),))
    check_index(pairs[:, 0], f"{name}, mentor", n)
    check_index(pairs[:, 1], f"{name}, mentee", m)
    wrong = np.flatnonzero((ranks < 1) | (ranks > RANK_LIMIT))
    if len(wrong):
        raise ValueError(f"{name}: a rank is {ranks[wrong[0]]}; it must be 1 to {RANK_LIMIT}")
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    pairs, ranks = pairs[order], ranks[order]
    if np.any(np.all(pairs[1:] == pairs[:-1], axis=1)):
        raise ValueError(f"{name} names a pair twice")
    return Ranking(ranking.side, integers(pairs, name, (None, 2)), integers(ranks, name, (None,)))


def check_sides(rankings: Sequence[Ranking]) -> None:
    sides = [ranking.side for ranking in rankings]
    if len(set(sides)) < len(sides) or not set(sides) <= {"mentor", "mentee"}:
        raise ValueError(f"the rankings are of the sides {sides}; one of each at most")
