"""The check of the lowest scores: a proof with other steps than the pairs demand is refused."""

from dataclasses import replace

import numpy as np
import pytest

from tests.matching.oracles import best_leximin, every_assignment
from tests.problems import make_problem, make_random_matrix
from upwell.matching.document import check, document
from upwell.matching.fairness import demanded_steps, with_steps
from upwell.matching.floor import bonuses
from upwell.matching.solve import solve
from upwell.matching.verification import verify

NOT_AS_GOOD = "not proven: the lowest scores may not be as good as can be"


def forged(problem, allowed, fair, steps):
    """The best pairs under other steps, with prices that fit them: all true but the steps."""
    proof = replace(fair.certificate, steps=steps)
    scores = problem.criteria[0].scores
    kept = allowed & (scores >= fair.floor)
    best = solve(make_problem(with_steps(scores, proof), kept))
    prices = {"t": best.certificate.t, "prices": best.certificate.prices}
    return best.pairs, replace(proof, **prices)


def make_fair(random):
    """A small problem with a fair result of pairs that differ, and which of its pairs may be."""
    while True:
        scores, allowed = make_random_matrix(random, largest=6)
        problem = make_problem(scores % 10, allowed)
        fair = solve(problem, objective="fair")
        if len(fair.certificate.steps) > 1:
            return problem, allowed, fair


def test_a_proof_without_steps_is_refused_though_its_prices_fit():
    scores = np.array([[6, 8, 7, 4], [8, 8, 8, 0], [4, 5, 2, 3], [5, 7, 5, 1]])
    problem, allowed = make_problem(scores), np.ones((4, 4), bool)
    fair = solve(problem, objective="fair")

    pairs, proof = forged(problem, allowed, fair, ())

    verdict = verify(problem, pairs, proof)
    made = replace(fair, pairs=pairs, certificate=proof, value=verdict.value, bound=verdict.value)
    assert sorted(fair.scores.tolist()) == [4, 5, 5, 8]
    assert sorted(scores[tuple(pairs.T)].tolist()) == [4, 4, 7, 8]
    assert (verdict.faults, verdict.gap, verdict.levels_proven) == ((), 0, 0)
    assert not verdict.is_optimal
    assert check(document(problem, made, {}), problem, {})[1] == [NOT_AS_GOOD]


@pytest.mark.parametrize("seed", range(10))
def test_no_step_can_be_dropped_or_shifted(seed):
    random = np.random.default_rng(seed)
    for _ in range(5):
        problem, allowed, fair = make_fair(random)
        steps = [score for score, _bonus in fair.certificate.steps]
        at = random.integers(len(steps))
        shifted = sorted({*steps[:at], steps[at] + random.choice([-1, 1]), *steps[at + 1 :]})

        for others in (steps[:at] + steps[at + 1 :], shifted):
            bonused = bonuses(others, len(fair.pairs), 10)
            verdict = verify(problem, *forged(problem, allowed, fair, bonused))
            assert not verdict.is_optimal
            assert verdict.levels_proven == 0


@pytest.mark.parametrize("seed", range(10))
def test_as_many_levels_are_proven_as_are_those_of_every_assignment(seed):
    random = np.random.default_rng(100 + seed)
    for _ in range(10):
        problem, allowed, fair = make_fair(random)
        few = [step for step in fair.certificate.steps if random.random() < 0.9]

        verdict = verify(problem, *forged(problem, allowed, fair, tuple(few)))

        if verdict.is_optimal:
            best = best_leximin(every_assignment(problem.criteria[0].scores, allowed))
            lowest = np.unique(best[np.isfinite(best)])[: verdict.levels_proven]
            assert verdict.levels_proven >= 1
            assert [np.sum(best == s) for s in lowest] == [np.sum(fair.scores == s) for s in lowest]
        assert verdict.is_optimal == (len(few) == len(fair.certificate.steps))


@pytest.mark.parametrize(
    ("scores", "highest", "people", "steps"),
    [
        ([], 0, 0, []),
        ([7, 7], 0, 4, [7]),
        ([4, 5, 5, 8], 4, 8, [4, 5, 7, 8]),
        ([1, 9, 20, 30], 29, 8, [1, 8, 9, 19, 20]),
        ([1] * 999 + [50], 1_000, 2_000, [1, 49, 50]),
        ([1] * 9_999 + [50], 1_000, 20_000, [1, 49]),
        ([0] * 9 + [2**40], 2**40, 20, [0, 2**40 - 1]),
        ([0] * 9 + [2**50], 2**50, 20, []),
    ],
)
def test_steps_are_demanded_while_exact_numbers_have_room(scores, highest, people, steps):
    assert demanded_steps(np.array(scores, np.int64), highest, people) == steps


@pytest.mark.parametrize("asked", [3, 4, 5, 6])
def test_a_stopped_fair_run_claims_no_more_than_its_check(asked):
    random = np.random.default_rng(5)
    problem = make_problem(random.integers(0, 60, (40, 40)))
    answers = iter([False] * (asked - 1) + [True] * 100)

    stopped = solve(problem, objective="fair", should_stop=lambda: next(answers))

    verdict = verify(problem, stopped.pairs, stopped.certificate)
    assert verdict.is_feasible
    assert stopped.levels_proven == verdict.levels_proven
    assert stopped.is_optimal == verdict.is_optimal
