"""One tool on one problem, in this process: ``python -m bench.solvers TOOL FILE`` prints JSON."""

import json
import pickle
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from upwell.matching.problem import Problem
from upwell.matching.run import Objective

Found = dict[str, object]
PEOPLE = 40
"""Of this many on each side, alternatives are looked for."""


def upwell(problem: Problem, objective: Objective = "total") -> Callable[[], Found]:
    """Upwell's solver on the features."""
    from upwell.matching.solve import solve  # noqa: PLC0415 -- each child loads its own tool

    def work() -> Found:
        result = solve(problem, objective=objective)
        found = {"pairs": len(result.pairs), "total": result.value, "floor": result.floor}
        return {**found, "proven": result.is_optimal}

    return work


def fair(problem: Problem) -> Callable[[], Found]:
    """Upwell's solver with the weakest pairs first."""
    return upwell(problem, "fair")


def others(problem: Problem) -> Callable[[], Found]:
    """Upwell's alternatives of one person: the seconds are the median of many people's."""
    from upwell.matching.regret import SIDES, Residual  # noqa: PLC0415 -- as above
    from upwell.matching.solve import solve  # noqa: PLC0415

    result = solve(problem)

    def work() -> Found:
        started = time.perf_counter()
        residual = Residual.of(problem, result.pairs, result.certificate)
        priced = time.perf_counter() - started
        seconds, exact = [], []
        for role in SIDES:
            people = len(problem.mentors if role == "mentor" else problem.mentees)
            residual.of_person(role, 0)
            for person in range(0, people, max(1, people // PEOPLE)):
                started = time.perf_counter()
                found = residual.of_person(role, person)
                seconds.append(time.perf_counter() - started)
                exact += [regret.is_exact for regret in found]
        figures = {"seconds": float(np.median(seconds)), "people": len(seconds), "priced": priced}
        return {**figures, "exact": float(np.mean(exact))}

    return work


def scipy(problem: Problem) -> Callable[[], Found]:
    """SciPy's dense solver on the matrix; a forbidden pair costs more than any total."""
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 -- as above

    scores, penalty = dense(problem)

    def work() -> Found:
        rows, columns = linear_sum_assignment(scores, maximize=True)
        chosen = scores[rows, columns]
        made = chosen > penalty
        return {"pairs": int(made.sum()), "total": int(chosen[made].sum()), "proven": False}

    return work


def dense(problem: Problem) -> tuple[NDArray[np.float64], float]:
    """All scores at once, with a penalty for pairs that are not allowed."""
    from upwell.matching.scoring import Scorer  # noqa: PLC0415 -- as above

    scorer = Scorer.of(problem)
    scores = np.empty(scorer.shape)
    for rows, block in scorer.blocks():
        scores[rows] = block
    lowest = float(scorer.lowest)
    highest = max(float(scores.max()), 1.0)
    penalty = -2 * highest * min(scorer.shape)
    for row in scores:
        row[row <= lowest] = penalty
    return scores, penalty


def main(tool: str, file: str) -> None:
    problem = pickle.loads(Path(file).read_bytes())
    work = {"upwell": upwell, "scipy": scipy, "fair": fair, "others": others}[tool](problem)
    started = time.perf_counter()
    found = work()
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": peak, **found}))


if __name__ == "__main__":
    main(*sys.argv[1:])
