import copy
import json

import numpy as np
import pytest

from tests.problems import make_feature_problem, make_problem
from upwell.matching.criteria import Matrix
from upwell.matching.document import check, digest, document
from upwell.matching.problem import Problem
from upwell.matching.reading import DocumentError, Scale
from upwell.matching.solve import solve

STATED = {"policy": {"rules": {"level_gap": 2}}, "not_checked": ["team"]}


@pytest.fixture(scope="module")
def problem():
    return make_feature_problem(np.random.default_rng(7), mentee_capacity=[2] * 20)


@pytest.fixture(scope="module")
def good(problem):
    return document(problem, solve(problem), STATED)


def faults_of(body, problem):
    """What is wrong with a document, its digest made to fit; an unreadable one counts."""
    body = body | {"certificate_digest": digest(body)}
    try:
        return check(body, problem, STATED)[1]
    except DocumentError as error:
        return [str(error)]


def leaves(body, path=()):
    """The path to every value in a document."""
    items = body.items() if isinstance(body, dict) else enumerate(body)
    for key, value in items:
        if isinstance(value, dict | list):
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key)


def changed(body, path, change):
    """A copy of a document with one value changed."""
    result = copy.deepcopy(body)
    inner = result
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = change(inner[path[-1]])
    return result


def other(value):
    return value + 1 if isinstance(value, int) else f"{value}x"


def test_a_certificate_survives_json_and_is_proven(problem, good):
    body = json.loads(json.dumps(good))

    verdict, faults = check(body, problem, STATED)

    assert (verdict.is_optimal, faults) == (True, [])


def test_every_changed_value_is_found_by_the_digest(problem, good):
    for path in leaves(good):
        body = changed(good, path, other)
        try:
            _, faults = check(body, problem, STATED)
        except DocumentError:
            continue
        assert "the certificate has been changed: its digest does not fit" in faults, path


@pytest.mark.parametrize("key", ["format", "objective", "K", "value", "bound", "problem_digest"])
def test_a_changed_figure_is_found_under_a_new_digest(problem, good, key):
    body = changed(good, (key,), other)

    faults = faults_of(body, problem)

    assert [fault.split()[0] for fault in faults] == [key]


def test_what_else_is_stated_is_found_under_a_new_digest(problem, good):
    body = changed(good, ("policy", "rules", "level_gap"), other)

    assert faults_of(body, problem)[0].startswith("policy says")


@pytest.mark.parametrize(
    "change",
    [
        {"pairs": []},
        {"pairs": [["a0", "b0"], ["a0", "b1"]]},
        {"pairs": [["a0"]]},
        {"pairs": "a0"},
        {"pairs": [["a0", "nobody"]]},
        {"prices": []},
        {"prices": {"b0": -1}},
        {"prices": {"b0": 1.5}},
        {"prices": {"b0": True}},
        {"cover": {}},
        {"cover": {"mentors": [], "mentees": []}},
        {"cover": {"mentors": ["a0", "a0"], "mentees": []}},
        {"t": "1"},
        {"t": 10**30},
        {"extra": 1},
    ],
    ids=str,
)
def test_an_unproven_or_unreadable_document_is_refused(problem, good, change):
    assert faults_of(good | change, problem)


def test_an_entry_left_out_is_refused(problem, good):
    for key in good:
        body = {name: value for name, value in good.items() if name != key}
        assert key == "certificate_digest" or faults_of(body, problem), key


def test_another_pair_of_the_same_total_is_still_an_optimum():
    problem = make_problem([[5, 5], [5, 5]])
    body = document(problem, solve(problem), STATED)

    both = [[["a0", "b0"], ["a1", "b1"]], [["a0", "b1"], ["a1", "b0"]]]

    assert [faults_of(body | {"pairs": pairs}, problem) for pairs in both] == [[], []]


def test_prices_that_prove_less_are_refused_with_the_gap():
    problem = make_problem([[9, 8, 1], [8, 1, 0]])
    body = document(problem, solve(problem), STATED)

    faults = faults_of(body | {"t": 0, "prices": {"b0": 8, "b1": 8}, "bound": 17}, problem)

    assert faults == ["not proven: a total of up to 17, not 16"]


@pytest.mark.parametrize(
    ("scale", "shown"),
    [(Scale(), 25), (Scale(10), 2.5), (Scale(is_cost=True), -25), (Scale(1000, True), -0.025)],
)
def test_points_are_stated_in_the_units_of_the_input(scale, shown):
    assert scale.of(25) == shown
    assert type(scale.of(25)) is type(shown)


def test_costs_are_stated_as_costs_with_a_bound_below():
    problem = make_problem([[-3, -9], [-9, -20]])
    result = solve(problem)

    body = document(problem, result, STATED, scale=Scale(is_cost=True))

    assert (body["value"], body["bound"]) == (18, 18)
    assert check(body, problem, STATED, Scale(is_cost=True))[1] == []


def test_a_fair_proof_of_pins_alone_needs_no_floor():
    problem = make_problem([[5, 7]]).with_pins([[0, 0]])
    body = document(problem, solve(problem, objective="fair"), {})

    assert check(body, problem, {}, objective="fair")[1] == []


def test_a_proof_of_a_pin_and_another_pair_needs_a_floor_to_be_fair():
    problem = make_problem([[5, 7], [2, 3]]).with_pins([[0, 0]])
    body = document(problem, solve(problem), {})

    (fault,) = check(body, problem, {}, objective="fair")[1]
    assert "lowest scores" in fault


def test_people_who_are_numbers_are_named_by_numbers():
    problem = Problem(["0", "1"], ["0"], [Matrix("score", [[1], [2]])])

    body = document(problem, solve(problem), STATED, shown_id=int)

    assert body["pairs"] == [[1, 0]]
    assert check(body, problem, STATED)[1] == []
