"""Whatever the engine computes, on problems of many kinds, told as plain values by name.

``python -m tests.matching.everything`` prints it as JSON; with ONE set, on a single core.
"""

import json
import os
import sys
from dataclasses import asdict

import numpy as np

from tests.matching.wishes import make_ranking
from tests.problems import make_feature_problem, make_problem
from upwell.demo.organization import generate_sides
from upwell.matching.document import document
from upwell.matching.regret import SIDES, Residual
from upwell.matching.repair import repair
from upwell.matching.solve import solve
from upwell.policy import Policy, compile_problem
from upwell.policy.supply import supply_and_demand

LARGE = 540, 480
"""So many pairs that samples, prices and passes are needed."""


def features(**options):
    return make_feature_problem(np.random.default_rng(1), *LARGE, lists=1, **options)


def with_seats():
    random = np.random.default_rng(2)
    mentors, mentees = (random.integers(0, 4, size) for size in LARGE)
    return features(mentor_capacity=mentors, mentee_capacity=mentees)


def with_rankings():
    random = np.random.default_rng(3)
    return features(rankings=[make_ranking(random, side, 30, 40) for side in SIDES])


def of_ties():
    random = np.random.default_rng(4)
    return make_problem(random.integers(0, 2, LARGE), random.random(LARGE) < 0.4)


def of_a_matrix():
    return make_problem(np.random.default_rng(5).integers(-(10**6), 10**6, LARGE))


PROBLEMS = {
    "features": features,
    "seats": with_seats,
    "rankings": with_rankings,
    "ties": of_ties,
    "matrix": of_a_matrix,
}
SOLVED = [
    *((name, "total") for name in PROBLEMS),
    *((name, "fair") for name in PROBLEMS if name != "rankings"),
    *((name, "stable") for name in ("rankings", "ties", "seats")),
]


def repaired():
    """What a repair offers after a fifth of the mentees have left."""
    before = solve(features())
    stays = before.pairs[before.pairs[:, 1] % 5 > 0]
    now = features(mentee_capacity=np.minimum(np.arange(LARGE[1]) % 5, 1))
    return [(o.pairs.tolist(), o.bound) for o in repair(now, stays, curve=3).options]


def alternatives(problem):
    best = solve(problem)
    residual = Residual.of(problem, best.pairs, best.certificate)
    people = [(side, person) for side in SIDES for person in range(0, 400, 50)]
    return [asdict(one) for asked in people for one in residual.of_person(*asked)]


def recruiting():
    compiled = compile_problem(Policy(), generate_sides(150, 120, seed=1))
    return [asdict(one) for one in supply_and_demand(compiled, solve(compiled.problem))]


def everything():
    told = {}
    for name, objective in SOLVED:
        problem = PROBLEMS[name]()
        told[f"{name}, {objective}"] = document(problem, solve(problem, objective=objective), {})
    told["repair"] = repaired()
    told["alternatives"] = alternatives(features())
    told["alternatives among ties"] = alternatives(of_ties())
    told["recruiting"] = recruiting()
    return told


if __name__ == "__main__":
    if "ONE" in os.environ:
        os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
    json.dump(everything(), sys.stdout, default=repr)
