"""The best assignment with its proof: most pairs, then what the objective says."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import get_args

import numpy as np
from threadpoolctl import ThreadpoolController

from upwell.matching.certificate import COUNTS, Certificate, Counts
from upwell.matching.criteria import Ints
from upwell.matching.problem import Problem
from upwell.matching.run import Objective, Progress, Run
from upwell.matching.scoring import Scorer
from upwell.matching.seats import Seats
from upwell.matching.stability import Survey, stable_pairs, survey


@dataclass(frozen=True, eq=False)
class Result:
    """An assignment with what is known of it.

    ``pairs`` has the shape (k, 2), mentor and mentee by index, ordered; ``scores`` belong to them.
    ``value`` is their sum and ``bound`` the most that as many pairs, mentees and mentors can total;
    ``most`` is the most of each that any assignment can have. ``floor`` is the lowest score, None
    without a pair; ``best_total`` the best total whatever the lowest score, where it was proven.
    Where ``is_stable``, no two would both leave the pairs for each other; ``bound`` and ``most``
    say how much better others might be in total, and how many more. ``has_all_steps`` and
    ``levels_proven`` as in a verdict.
    """

    pairs: Ints
    scores: Ints
    value: int
    bound: int
    most: Counts
    certificate: Certificate
    survey: Survey
    passes: int
    best_total: int | None = None
    is_stable: bool = False
    has_all_steps: bool = True
    levels_proven: int = 0

    @property
    def counts(self) -> Counts:
        return Counts.of(self.pairs)

    @property
    def pairs_bound(self) -> int:
        return self.most.pairs

    @property
    def price(self) -> int | None:
        """What the best lowest scores cost in total, in points; None where it is not known."""
        return None if self.best_total is None else self.best_total - self.value

    @property
    def objective(self) -> Objective:
        """What the certificate proves it to be the best of."""
        if self.is_stable:
            return "stable"
        return "total" if self.certificate.floor is None else "fair"

    @property
    def gap(self) -> int:
        return self.bound - self.value

    @property
    def floor(self) -> int | None:
        return int(self.scores.min()) if len(self.scores) else None

    @property
    def is_optimal(self) -> bool:
        """Nothing is better in what the objective asks; stable pairs need not be most or best."""
        if self.is_stable:
            return self.survey.blocking_pairs == 0
        return self.gap == 0 and self.counts == self.most and self.has_all_steps


def solve(
    problem: Problem,
    *,
    objective: Objective = "total",
    should_stop: Callable[[], bool] | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Result:
    """Make as many pairs as the rules allow, and among all such assignments choose the best.

    Where people have several seats, as many mentees as possible have a mentor, as many mentors as
    possible a mentee, and there are as many pairs as possible; one assignment can be all three.

    Parameters
    ----------
    objective : "total", the best total; "fair", the best worst pair and then the best total;
        "stable", instead of either and of most pairs, that no two would both rather have each
        other. Pins are made whatever they score.
    should_stop : asked between rounds; True ends the run with the best so far and its gap.
    on_progress : told after every round.

    Returns
    -------
    Result
        Certified: ``gap`` is 0 and ``most`` are the counts of the pairs, unless stopped; or, of
        stable pairs, no pair blocks.

    Notes
    -----
    Column generation with dual prices. Nothing of size mentors · mentees is held; each pass
    computes all scores in blocks. The same problem gives the same result on every machine.

    Examples
    --------
    >>> from upwell.matching.criteria import Matrix
    >>> result = solve(Problem(["a", "b"], ["x", "y"], [Matrix("fit", [[9, 8], [8, 1]])]))
    >>> result.pairs.tolist(), result.value, result.gap
    ([[0, 1], [1, 0]], 16, 0)
    """
    if objective not in get_args(Objective):
        raise ValueError(f"objective is {objective!r}; it must be total, fair or stable")
    whole, seats = Scorer.of(problem), Seats.of(problem)
    rows, columns = np.flatnonzero(seats.row), np.flatnonzero(seats.column)
    run = Run(
        whole.take(rows, columns),
        seats.take(rows, columns),
        should_stop or (lambda: False),
        on_progress or (lambda progress: None),
    )
    # Many small products: threads that wait for a busy core cost more than they gain.
    with libraries().limit(limits=1, user_api="blas"):
        run.choose_first()
        run.prove_counts()
        run.prove_total()
        if objective == "fair" and run.raise_floor():
            run.prove_levels()
        result = assembled(problem, whole, run, rows, columns)
        if objective == "stable":
            run.on_progress(Progress(run.passes, run.counts.pairs, None, "stable"))
            return settled(problem, whole, result)
        return result


def most_of_each(problem: Problem) -> Counts:
    """The most pairs that any assignment can have, and the most mentees and mentors with one.

    Proven by covers over every pair, and without a total: for asking what other rules would allow.
    """
    whole, seats = Scorer.of(problem), Seats.of(problem)
    rows, columns = np.flatnonzero(seats.row), np.flatnonzero(seats.column)
    free = whole.take(rows, columns), seats.take(rows, columns)
    run = Run(*free, lambda: False, lambda progress: None)
    with libraries().limit(limits=1, user_api="blas"):
        run.choose_first()
        run.prove_counts()
    return most_with_pins(problem, run)


def most_with_pins(problem: Problem, run: Run) -> Counts:
    pinned = Counts.of(problem.pins)
    most = {count: run.most.get(count, run.most["pairs"]) for count in COUNTS}
    return Counts(**{count: getattr(pinned, count) + most[count] for count in COUNTS})


@cache
def libraries() -> ThreadpoolController:
    """Those under NumPy; to look for them takes longer than to solve a small problem."""
    return ThreadpoolController()


def assembled(problem: Problem, whole: Scorer, run: Run, rows: Ints, columns: Ints) -> Result:
    """The result in the problem's own indices, pins included."""
    made = np.column_stack([rows[run.candidates.rows], columns[run.candidates.columns]])
    pairs = np.unique(np.concatenate([problem.pins, made[run.chosen]]), axis=0)
    scores = whole.scores_at(pairs[:, 0], pairs[:, 1])
    value = int(scores.sum())
    return Result(
        pairs,
        scores,
        value,
        value + run.bound - run.value,
        most_with_pins(problem, run),
        proof_of(run, rows, columns, len(problem.mentees)),
        survey(problem, whole, pairs, scores),
        run.passes,
        None if run.best_total is None else run.best_total + pinned_total(problem, whole),
        has_all_steps=run.has_all_steps,
        levels_proven=run.levels_proven,
    )


def proof_of(run: Run, rows: Ints, columns: Ints, mentees: int) -> Certificate:
    """The proof in the problem's own indices."""
    prices = np.zeros(mentees, np.int64)
    prices[columns] = run.best.column
    covers = {count: (rows[cover[0]], columns[cover[1]]) for count, cover in run.covers.items()}
    proof = Certificate(
        run.best.t,
        prices,
        *covers.pop("pairs"),
        first_mentor=run.best.first_row,
        first_mentee=run.best.first_column,
        other_covers=covers,
    )
    if run.floor is None:
        return proof
    return replace(
        proof,
        floor=run.floor.value,
        floor_count=run.floor.count,
        floor_mentors=rows[run.floor.cover[0]],
        floor_mentees=columns[run.floor.cover[1]],
        steps=run.scorer.steps,
    )


def settled(problem: Problem, whole: Scorer, best: Result) -> Result:
    """Stable pairs instead of the best, whose proof tells what as many could total."""
    pairs, seats = stable_pairs(problem, whole), Seats.of(problem)
    scores = whole.scores_at(pairs[:, 0], pairs[:, 1])
    of_best, of_stable = (
        best.certificate.of_counts(seats.counts(*made.T)) for made in (best.pairs, pairs)
    )
    return replace(
        best,
        pairs=pairs,
        scores=scores,
        value=int(scores.sum()),
        bound=best.bound - of_best + of_stable,
        survey=survey(problem, whole, pairs, scores),
        is_stable=True,
    )


def pinned_total(problem: Problem, whole: Scorer) -> int:
    return int(whole.scores_at(problem.pins[:, 0], problem.pins[:, 1]).sum())
