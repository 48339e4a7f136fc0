"""How many people end in a pair where they choose for themselves from short lists."""

import argparse
import statistics
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from bench.children import machine
from upwell.demo.organization import generate_sides
from upwell.matching.criteria import Ints
from upwell.matching.problem import Problem
from upwell.matching.scoring import Scorer
from upwell.matching.shortlists import LENGTH, short_lists
from upwell.matching.solve import solve
from upwell.policy import Policy
from upwell.policy.compile import compile_problem

Bools = NDArray[np.bool_]
SIDES = {
    "mentors": {"levels": ["Associate", "Individual Contributor"]},
    "mentees": {"levels": ["Director", "VP", "SVP", "C-suite"]},
}
MEDIAN, WORST = 0.95, 0.90
"""At least these shares of the smaller side end in a pair, of the seeds' median and the worst."""


def run(words: list[str]) -> int:
    """Print each seed and what all come to; exit status 1 where too few end in a pair."""
    parser = argparse.ArgumentParser(prog="./run bench choosing", description=__doc__)
    parser.add_argument("--people", type=int, default=150, help="people on each side")
    parser.add_argument("--seeds", type=int, default=20)
    asked = parser.parse_args(words)
    print(
        f"{machine()}\n{asked.people} mentors and {asked.people} mentees under the demo's rules,"
        f" one counterpart each, lists of {LENGTH};"
        " in a random order everybody picks the best who is free\n"
    )
    print(f"{'seed':>5}" + "".join(f"{name:>24}" for name in WAYS))
    shares: dict[str, list[float]] = {name: [] for name in WAYS}
    for seed in range(asked.seeds):
        problem, scores, allowed = world(asked.people, seed)
        for name, lists in WAYS.items():
            paired = picked(lists(problem, scores, allowed), scores, seed)
            shares[name].append(len(paired) / asked.people)
        print(f"{seed:>5}" + "".join(f"{shares[name][-1]:>24.1%}" for name in WAYS), flush=True)
    for what, of in (("median", statistics.median), ("worst", min)):
        print(f"{what:>6}" + "".join(f"{of(shares[name]):>23.1%} " for name in WAYS))
    ours = shares["short lists"]
    return 0 if statistics.median(ours) >= MEDIAN and min(ours) >= WORST else 1


def world(people: int, seed: int) -> tuple[Problem, Ints, Bools]:
    """A made-up organization's two sides with one seat each, every score, and what is allowed."""
    made = compile_problem(Policy.from_values(SIDES), generate_sides(people, people, seed=seed))
    whole = made.problem
    problem = Problem(
        whole.mentors, whole.mentees, whole.criteria, exclusions=whole.exclusions, terms=whole.terms
    )
    scorer = Scorer.of(problem)
    scores = np.empty(scorer.shape, np.int64)
    for rows, block in scorer.blocks():
        scores[rows] = block
    return problem, scores, scores > scorer.lowest


def by_groups(problem: Problem, scores: Ints, allowed: Bools) -> Bools:
    pairs = short_lists(problem, solve(problem).pairs).pairs
    lists = np.zeros(scores.shape, np.bool_)
    lists[pairs[:, 0], pairs[:, 1]] = True
    return lists


def plain(scores: Ints, allowed: Bools) -> tuple[Bools, Bools]:
    """The best for each mentor, and for each mentee."""
    sides = []
    for matrix, rules in ((scores, allowed), (scores.T, allowed.T)):
        lists = np.zeros(matrix.shape, np.bool_)
        best = np.argsort(-np.where(rules, matrix, np.iinfo(np.int64).min // 2), axis=1)[:, :LENGTH]
        np.put_along_axis(lists, best, values=True, axis=1)
        sides.append(lists & rules)
    return sides[0], sides[1].T


def both_lists(problem: Problem, scores: Ints, allowed: Bools) -> Bools:
    mentors, mentees = plain(scores, allowed)
    return mentors & mentees


def either_list(problem: Problem, scores: Ints, allowed: Bools) -> Bools:
    mentors, mentees = plain(scores, allowed)
    return mentors | mentees


WAYS: dict[str, Callable[[Problem, Ints, Bools], Bools]] = {
    "short lists": by_groups,
    "plain best, on either": either_list,
    "plain best, on both": both_lists,
}


def picked(lists: Bools, scores: Ints, seed: int) -> list[tuple[int, int]]:
    """Who ends with whom: in a random order, everybody takes the best free one of their list."""
    free = [np.ones(count, np.bool_) for count in lists.shape]
    everybody = [(side, person) for side in (0, 1) for person in range(lists.shape[side])]
    paired = []
    for at in np.random.default_rng(seed).permutation(len(everybody)).tolist():
        side, person = everybody[at]
        if not free[side][person]:
            continue
        able = (lists[:, person] if side else lists[person]) & free[1 - side]
        others = np.flatnonzero(able)
        if len(others):
            worth = scores[others, person] if side else scores[person, others]
            other = int(others[worth.argmax()])
            free[side][person] = free[1 - side][other] = False
            paired.append((other, person) if side else (person, other))
    return paired
