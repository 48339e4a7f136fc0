"""The best new assignment when few pairs may change: somebody left, joined or may not any more."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from upwell.matching.certificate import Certificate, Counts
from upwell.matching.criteria import Ints, couples
from upwell.matching.ladder import Step
from upwell.matching.problem import Problem
from upwell.matching.reading import indices_of
from upwell.matching.scoring import Scorer
from upwell.matching.seats import Seats
from upwell.matching.solve import libraries
from upwell.matching.standing import Standing, plus

CURVE = 12
"""The curve has about so many options, if not told otherwise."""


@dataclass(frozen=True, eq=False)
class Option:
    """An assignment that moves some of the pairs that stood.

    ``pairs`` as in a result. ``moved`` pairs stood, are still possible, and are not in it. With at
    most ``limit`` pairs moved, ``most`` is the best that the counts can be, mentees before mentors
    before pairs, and ``bound`` the most that as many can total.
    """

    pairs: Ints
    moved: int
    counts: Counts
    value: int
    limit: int
    most: Counts
    bound: int

    @property
    def gap(self) -> int:
        return self.bound - self.value

    @property
    def is_exact(self) -> bool:
        """No assignment that moves at most ``limit`` pairs is better."""
        return self.counts == self.most and self.gap == 0

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """What makes one option better than another, first things first."""
        return self.counts.mentees, self.counts.mentors, self.counts.pairs, self.value


@dataclass(frozen=True, eq=False)
class Repair:
    """What can be done: ``options`` by moved pairs, each better than all before it.

    Each has a limit of just what it moves. ``chosen`` is the last of them within the limit that was
    asked for, bounded for that limit. ``standing`` are the pairs that stood and are still possible.
    """

    options: tuple[Option, ...]
    chosen: Option
    standing: Ints


def kept_pairs(
    problem: Problem, stood: Iterable[tuple[str, str]]
) -> tuple[Ints, tuple[tuple[str, str], ...]]:
    """The pairs (mentor, mentee by id) that are still possible, and those that are lost.

    Lost is a pair of which somebody is gone, which a rule forbids now, or which finds no seat
    beside the pins. Where seats have become fewer, the pair with the better score stays, and of
    equal ones the first by the ids of mentor and mentee. Both come in the order given.
    """
    mentor_at, mentee_at = indices_of(problem)
    indices = {
        (mentor, mentee): (mentor_at.get(mentor, -1), mentee_at.get(mentee, -1))
        for mentor, mentee in stood
    }
    allowed = [at for at in indices.values() if min(at) >= 0 and not problem.rules_between(*at)]
    seated = seated_pairs(problem, np.array(allowed, np.int64).reshape(-1, 2))
    kept = [at for at in indices.values() if at in seated]
    lost = tuple(couple for couple, at in indices.items() if at not in seated)
    return np.array(kept, np.int64).reshape(-1, 2), lost


def seated_pairs(problem: Problem, pairs: Ints) -> set[tuple[int, int]]:
    """Those of some allowed pairs that find seats: pins, then by score, then by ids."""
    seats, pins = Seats.of(problem), {(i, j) for i, j in problem.pins.tolist()}
    rows, columns = seats.row, seats.column
    scores = Scorer.of(problem).scores_at(*pairs.T).tolist()
    couples = [(i, j) for i, j in pairs.tolist()]
    ids = [(problem.mentors[i], problem.mentees[j]) for i, j in couples]
    seated = set(couples) & pins
    for at in sorted(range(len(pairs)), key=lambda at: (-scores[at], ids[at])):
        i, j = couples[at]
        if couples[at] not in pins and min(rows[i], columns[j]) > 0:
            rows[i] -= 1
            columns[j] -= 1
            seated.add((i, j))
    return seated


def carried(start: Certificate, mentees: Iterable[str], problem: Problem) -> Certificate:
    """A proof over other mentees with its prices in the order of a problem, 0 for who is new."""
    at = dict(zip(mentees, start.prices.tolist(), strict=True))
    prices = np.array([at.get(person, 0) for person in problem.mentees], np.int64)
    return replace(start, prices=prices)


def repair(
    problem: Problem,
    previous: ArrayLike,
    *,
    frozen: ArrayLike = (),
    max_moved: int | None = None,
    curve: int = CURVE,
    start: Certificate | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Repair:
    """Change few of the pairs that stood, and say what each further change would gain.

    Parameters
    ----------
    problem : what is to be matched now; leavers are no longer in it, new rules are.
    previous : shape (k, 2). The pairs that stood and are still possible: see ``kept_pairs``.
    frozen : shape (k, 2). Pairs that must be made, like pins.
    max_moved : the most pairs to move; not given, the fewest that place as many as can be placed.
    curve : about how many options to find; with 1, the chosen one alone.
    start : the proof of an earlier result, its prices of the mentees of this problem; it saves
        time and changes no result. See ``carried``.
    should_stop : asked between rounds; True ends the run with what is known.

    Returns
    -------
    Repair
        Its first option keeps every pair, its last is the best of all, unless stopped. Each comes
        with a bound over all pairs; ``is_exact`` says whether it is met.

    Raises
    ------
    ValueError
        A pair that stood, or a frozen one, breaks a rule or finds no seat; a number is negative;
        scores leave the range of exact numbers.

    Notes
    -----
    A bonus for each kept pair turns the limit into a price (Lagrange); each bonus gives one
    assignment and one bound for every limit. Where the best with a limit lies inside the hull of
    those, an integer program over the pairs that it may hold closes the gap, if they are few.

    Examples
    --------
    >>> from upwell.matching.criteria import Matrix
    >>> problem = Problem(["a", "b"], ["x", "y"], [Matrix("fit", [[9, 8], [8, 1]])])
    >>> found = repair(problem, [[0, 0], [1, 1]])
    >>> [(option.moved, option.value, option.bound) for option in found.options]
    [(0, 10, 10), (2, 16, 16)]
    """
    if curve < 1 or (max_moved is not None and max_moved < 0):
        raise ValueError(f"curve is {curve} and max_moved {max_moved}; one is too small")
    n, m = len(problem.mentors), len(problem.mentees)
    pins = np.concatenate([problem.pins, couples(frozen, "frozen", n, m)])
    base = problem.with_pins(pins)
    standing = without(couples(previous, "previous", n, m), base.pins)
    base.with_pins(np.concatenate([base.pins, standing]))
    # Many small products: threads that wait for a busy core cost more than they gain.
    with libraries().limit(limits=1, user_api="blas"):
        around = Standing.of(base, standing, should_stop or (lambda: False))
        chosen, steps = ways(around, max_moved, curve, start)
    best = option(base, around, chosen)
    options = not_worse([best, *(option(base, around, step) for step in steps)])
    few = [each for each in options if each.moved <= chosen.limit]
    asked = replace(few[-1], limit=chosen.limit, most=best.most, bound=best.bound)
    return Repair(options, asked, standing)


def ways(
    around: Standing, limit: int | None, curve: int, start: Certificate | None
) -> tuple[Step, list[Step]]:
    """The step to choose, and those of the curve."""
    still = around.still()
    is_most = around.is_most(still.found.keys)
    if curve == 1 and (limit == 0 or (limit is None and is_most)):
        return still, []
    ladder = around.ladder(still, is_most=is_most, start=start)
    if limit is None:
        limit = ladder.moved(ladder.fewest(ladder.top))
    chosen = ladder.at_most(limit)
    return chosen, ladder.curve(curve) if curve > 1 else []


def option(base: Problem, around: Standing, step: Step) -> Option:
    """A step in the problem's own indices, pins included."""
    pairs = np.concatenate([base.pins, around.pairs(step.found.keys)])
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    pinned = int(around.whole.scores_at(*base.pins.T).sum())
    return Option(
        pairs,
        len(around.keys) - step.found.kept,
        Counts.of(pairs),
        pinned + step.found.total,
        step.limit,
        plus(Counts.of(base.pins), step.most),
        pinned + step.bound,
    )


def not_worse(options: Iterable[Option]) -> tuple[Option, ...]:
    """Those that are better than all that move no more, by moved pairs."""
    kept: list[Option] = []
    for each in sorted(options, key=lambda o: (o.moved, *(-part for part in o.rank), o.bound)):
        if not kept or each.rank > kept[-1].rank:
            kept.append(replace(each, limit=each.moved))
    return tuple(kept)


def without(pairs: Ints, others: Ints) -> Ints:
    """The pairs that are not among others."""
    listed = {(i, j) for i, j in others.tolist()}
    kept: Ints = pairs[np.array([(i, j) not in listed for i, j in pairs.tolist()], bool)]
    return kept
