"""A repair after some people left and others joined, beside a solve from nothing."""

import argparse
import json
import pickle
import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.children import Measured, machine, measure
from upwell.matching.criteria import Affinity, Criterion, Ints, Listed, Matrix, Table
from upwell.matching.problem import Problem

TOOLS = ("cold", "repair")
CHANGED = 0.01
"""This share of either side leaves, and as many join."""
MOST = 0.20
"""A repair takes at most this share of the seconds of a cold solve."""


def run(words: list[str]) -> int:
    """Measure every size; exit status 1 if a repair is not exact, or takes too long."""
    parser = argparse.ArgumentParser(prog="./run bench repair", description=__doc__)
    parser.add_argument("--sizes", default="1000,10000", help="people on each side")
    parser.add_argument("--runs", type=int, default=3, help="runs of each; medians count")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(words)
    print(f"{machine()}; medians of {asked.runs} runs; seconds without reading\n")
    good = []
    for size in map(int, asked.sizes.split(",")):
        print(f"{size:,} × {size:,}")
        good.append(bench(size, asked.runs, asked.seed))
        print(flush=True)
    return 0 if all(good) else 1


def bench(size: int, runs: int, seed: int) -> bool:
    """Print the figures of one size and say whether the repair is proven, and quick enough."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "problem.pickle"
        file.write_bytes(pickle.dumps(changed_problem(size, seed)))
        measured = {tool: measure("bench.repairing", [tool, str(file)], runs) for tool in TOOLS}
    for tool, result in measured.items():
        print(f"  {line(tool, result)}")
    share = measured["repair"].median / measured["cold"].median
    print(
        f"  {CHANGED:.0%} of either side left and as many joined:"
        f" a repair takes {share:.0%} of a cold solve{'' if share <= MOST else ', TOO LONG'}"
    )
    return share <= MOST and bool(measured["repair"].found["proven"])


def line(tool: str, result: Measured) -> str:
    found = result.found
    proof = "proven" if found["proven"] else "a gap"
    return (
        f"{tool:8}{result.median:9.2f} s  ({min(result.seconds):.2f} to {max(result.seconds):.2f})"
        f"{result.megabytes:8,.0f} MB  {found['pairs']:,} pairs, total {found['total']:,},"
        f" {found['moved']:,} moved, {proof}"
    )


def changed_problem(size: int, seed: int) -> tuple[Problem, Ints]:
    """The problem after the change, and the pairs that stood before it and are still possible."""
    from upwell.demo.organization import generate_sides  # noqa: PLC0415 -- not in the children
    from upwell.matching.repair import kept_pairs  # noqa: PLC0415
    from upwell.matching.solve import solve  # noqa: PLC0415
    from upwell.policy.compile import compile_problem  # noqa: PLC0415
    from upwell.policy.policy import Policy  # noqa: PLC0415

    joiners = max(1, round(size * CHANGED))
    people = generate_sides(size + joiners, size + joiners, seed=seed)
    whole = compile_problem(Policy(), replace(people, capacities=None)).problem
    random = np.random.default_rng(seed)
    mentors, mentees = (random.permutation(size + joiners) for _ in range(2))
    before = part(whole, np.sort(mentors[:size]), np.sort(mentees[:size]))
    after = part(whole, np.sort(mentors[joiners:]), np.sort(mentees[joiners:]))
    pairs = solve(before).pairs.tolist()
    stood, _lost = kept_pairs(after, [(before.mentors[i], before.mentees[j]) for i, j in pairs])
    return after, stood


def part(problem: Problem, mentors: Ints, mentees: Ints) -> Problem:
    """The problem of some of the people."""
    exclusions = []
    for each in problem.exclusions:
        pairs, kept = part_of_pairs(problem, each.pairs, mentors, mentees)
        exclusions.append(replace(each, pairs=pairs[kept]))
    return Problem(
        [problem.mentors[i] for i in mentors],
        [problem.mentees[j] for j in mentees],
        [part_of(problem, criterion, mentors, mentees) for criterion in problem.criteria],
        exclusions=exclusions,
    )


def part_of(problem: Problem, criterion: Criterion, mentors: Ints, mentees: Ints) -> Criterion:
    match criterion:
        case Affinity():
            few = {"mentors": criterion.mentors[mentors], "mentees": criterion.mentees[mentees]}
            return replace(criterion, **few)
        case Table():
            classes = criterion.mentor_class[mentors], criterion.mentee_class[mentees]
            return replace(criterion, mentor_class=classes[0], mentee_class=classes[1])
        case Matrix():
            return replace(criterion, scores=criterion.scores[np.ix_(mentors, mentees)])
        case Listed():
            pairs, kept = part_of_pairs(problem, criterion.pairs, mentors, mentees)
            return replace(criterion, pairs=pairs[kept], points=criterion.points[kept])


def part_of_pairs(
    problem: Problem, pairs: Ints, mentors: Ints, mentees: Ints
) -> tuple[Ints, NDArray[np.bool_]]:
    """The pairs by their places among those people, and which of them are there."""
    at = [np.full(len(side), -1) for side in (problem.mentors, problem.mentees)]
    at[0][mentors], at[1][mentees] = np.arange(len(mentors)), np.arange(len(mentees))
    placed = np.column_stack([at[0][pairs[:, 0]], at[1][pairs[:, 1]]])
    return placed, (placed >= 0).all(axis=1)


def main(tool: str, file: str) -> None:
    from upwell.matching.repair import repair  # noqa: PLC0415 -- after the pickle is asked for
    from upwell.matching.solve import solve  # noqa: PLC0415

    problem, stood = pickle.loads(Path(file).read_bytes())
    started = time.perf_counter()
    if tool == "cold":
        result = solve(problem)
        found = {"pairs": len(result.pairs), "total": result.value, "proven": result.is_optimal}
        made = {(i, j) for i, j in result.pairs.tolist()}
        found["moved"] = sum((i, j) not in made for i, j in stood.tolist())
    else:
        chosen = repair(problem, stood, curve=1).chosen
        found = {"pairs": len(chosen.pairs), "total": chosen.value, "proven": chosen.is_exact}
        found["moved"] = chosen.moved
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": peak, **found}))


if __name__ == "__main__":
    main(*sys.argv[1:])
