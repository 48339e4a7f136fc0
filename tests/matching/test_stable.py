"""The stable objective: no two would both rather have each other."""

import json

import numpy as np
import pytest

from tests.matching.oracles import best_by_milp, dense
from tests.matching.wishes import make_wished_problem
from tests.problems import make_feature_problem, make_problem
from upwell.matching.certificate import Counts
from upwell.matching.compare import Compared, compare
from upwell.matching.document import OBJECTIVES, check, check_pairs, digest, document, without_proof
from upwell.matching.run import Progress
from upwell.matching.solve import solve


@pytest.fixture(scope="module")
def problem():
    return make_feature_problem(np.random.default_rng(3), 30, 20, mentee_capacity=[2] * 20)


@pytest.fixture(scope="module")
def good(problem):
    return document(problem, solve(problem, objective="stable"), {})


def faults_of(body, problem, objective="stable"):
    return check(body | {"certificate_digest": digest(body)}, problem, {}, objective=objective)[1]


@pytest.mark.parametrize("seed", range(10))
def test_a_stable_result_says_how_far_from_most_and_best_it_is(seed):
    random = np.random.default_rng(seed)
    for _ in range(5):
        problem = make_wished_problem(random, largest=6)

        result = solve(problem, objective="stable")

        assert (result.objective, result.is_optimal) == ("stable", True)
        if not len(problem.pins):
            seats = problem.mentor_capacity, problem.mentee_capacity
            most, _ = best_by_milp(*dense(problem), *seats)
            _, best = best_by_milp(*dense(problem), *seats, pairs=len(result.pairs))
            assert result.pairs_bound == most
            assert result.bound >= best >= result.value
            assert result.bound == best or len(result.pairs) < most


@pytest.mark.parametrize("seed", range(10))
def test_a_stable_result_is_proven_again(seed):
    random = np.random.default_rng(seed)
    for _ in range(10):
        problem = make_wished_problem(random)

        body = document(problem, solve(problem, objective="stable"), {})

        assert check(json.loads(json.dumps(body)), problem, {}, objective="stable")[1] == []


def test_the_document_says_what_it_is(good):
    assert (good["objective"], good["blocking_pairs"]) == (OBJECTIVES["stable"], 0)


def test_the_same_problem_has_the_same_stable_certificate(problem, good):
    assert document(problem, solve(problem, objective="stable"), {}) == good


@pytest.mark.parametrize("key", ["K", "value", "bound", "blocking_pairs", "pairs_bound"])
def test_a_changed_figure_is_rejected(problem, good, key):
    assert faults_of(good | {key: good[key] + 1}, problem)


@pytest.mark.parametrize("key", ["blocking_pairs", "pairs_bound", "objective", "pairs"])
def test_an_entry_left_out_is_rejected(problem, good, key):
    body = {name: value for name, value in good.items() if name != key}
    if key == "pairs":
        body["pairs"] = good["pairs"][1:]

    assert faults_of(body, problem)


def test_another_floor_has_no_place_in_it(problem, good):
    fair = document(problem, solve(problem, objective="fair"), {})
    floor = {key: fair[key] for key in ("floor", "floor_count", "floor_cover", "steps")}

    assert faults_of(good | floor, problem)


def test_pairs_that_are_not_stable_are_rejected_though_all_else_fits():
    problem = make_problem([[9, 8], [8, 1]])
    best = document(problem, solve(problem), {})
    best |= {"objective": OBJECTIVES["stable"], "blocking_pairs": 0, "pairs_bound": 2}

    assert faults_of(best, problem) == [
        "not stable: pairs that would both rather have each other: 1"
    ]


def test_a_stable_proof_is_none_of_the_best_total():
    problem = make_problem([[9, 8], [8, 1]])
    body = document(problem, solve(problem, objective="stable"), {})

    assert faults_of(body, problem, "total") == ["not proven: a total of up to 16, not 10"]


def test_a_proof_of_the_total_is_none_of_stable_pairs():
    problem = make_problem([[9, 8], [8, 1]])
    body = document(problem, solve(problem), {})

    assert faults_of(body, problem) == [
        "not stable: pairs that would both rather have each other: 1"
    ]


def test_without_its_proof_the_pairs_are_checked(problem, good):
    assert check_pairs(without_proof(good), problem, {})[1] == []


def test_a_run_tells_that_it_looks_for_stable_pairs():
    told = []

    solve(make_problem([[9, 8], [8, 1]]), objective="stable", on_progress=told.append)

    assert told[-1] == Progress(1, 2, None, "stable")


def test_objectives_are_compared_in_a_few_figures():
    problem = make_problem([[9, 8], [8, 1]])
    results = [solve(problem, objective=name) for name in ("total", "fair", "stable")]

    assert compare(results) == (
        Compared("total", Counts(2, 2, 2), 16, 8, 1, True),
        Compared("fair", Counts(2, 2, 2), 16, 8, 1, True),
        Compared("stable", Counts(2, 2, 2), 10, 1, 0, True),
    )
