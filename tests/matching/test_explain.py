from itertools import combinations

import numpy as np
import pytest

from tests.matching.oracles import dense
from tests.problems import make_feature_problem, make_problem
from upwell.matching.criteria import FORBIDDEN, Affinity, Exclusion, Listed, Table
from upwell.matching.explain import (
    Part,
    Unmatched,
    explain,
    parts_of,
    smallest_cause,
    unmatched,
)
from upwell.matching.problem import Problem
from upwell.matching.solve import solve

LEVEL = Table("level", [0, 1], [0, 1], [[FORBIDDEN, 0], [FORBIDDEN, 0]])
UNIT = Table("unit", [0, 1], [0, 1], [[0, 40], [30, 0]], is_private=True)
FORBIDS_ALL = Table("level", [0], [0], [[FORBIDDEN]])
TOPICS_OF_ONE = Affinity("topics", [[3]], [[10]])
TOPICS = Affinity("topics", [[3, 0], [1, 1]], [[10, 5], [0, 20]])


def make_small(**options):
    return Problem(["a", "b"], ["x", "y"], [LEVEL, UNIT, TOPICS], **options)


def test_a_pair_is_taken_apart_into_the_criteria_that_give_points():
    explanation = explain(make_small(), 1, 1)

    assert explanation.parts == (Part("unit", 0, True), Part("topics", 20, False))
    assert (explanation.score, explanation.rules) == (20, ())


def test_a_pair_that_may_not_be_has_its_rules_and_no_score():
    line = Exclusion("line", [[0, 0]])

    explanation = explain(make_small(exclusions=[line]), 0, 0)

    assert (explanation.score, explanation.parts) == (0, ())
    assert explanation.rules == ("level", "line")


@pytest.mark.parametrize(
    ("pair", "fault"),
    [
        ((-1, 0), "mentor is -1; it must be from 0 to 1"),
        ((2, 0), "mentor is 2; it must be from 0 to 1"),
        ((0, -1), "mentee is -1; it must be from 0 to 1"),
        ((0, 2), "mentee is 2; it must be from 0 to 1"),
    ],
)
def test_an_index_that_is_nobodys_is_refused(pair, fault):
    problem = make_small()

    for asked in (explain, parts_of, Problem.rules_between):
        with pytest.raises(ValueError, match=fault):
            asked(problem, *pair)


def test_what_a_list_gives_is_a_part_also_where_it_is_nothing():
    wish = Listed("wish", [[1, 1]], [7], is_private=True)
    problem = Problem(["a", "b"], ["x", "y"], [wish])

    parts = [explain(problem, mentor, 1).parts for mentor in range(2)]

    assert parts == [(Part("wish", 0, True),), (Part("wish", 7, True),)]


def test_a_list_leaves_nobody_without_a_counterpart():
    closed = Exclusion("line", [[0, 0]])
    problem = Problem(["a"], ["x"], [Listed("wish", [[0, 0]], [-5])], exclusions=[closed])

    found = unmatched(problem, solve(problem))

    assert [(who.role, who.rules) for who in found] == [
        ("mentee", ("line",)),
        ("mentor", ("line",)),
    ]


@pytest.mark.parametrize("seed", range(10))
def test_parts_add_up_to_the_score(seed):
    problem = make_feature_problem(np.random.default_rng(seed), lists=seed % 2)
    scores, allowed = dense(problem)

    for i, j in zip(*np.nonzero(allowed), strict=True):
        assert explain(problem, int(i), int(j)).score == scores[i, j]


def test_everybody_without_a_counterpart_is_given_the_reason():
    problem = make_problem(
        [[5, 1, 1], [4, 1, 1], [3, 1, 1]],
        [[1, 0, 0], [1, 0, 0], [1, 0, 0]],
        mentor_capacity=[1, 1, 0],
        mentee_capacity=[1, 1, 0],
    )

    reasons = unmatched(problem, solve(problem))

    assert reasons == (
        Unmatched("mentee", 1, "rules", ("fit",)),
        Unmatched("mentee", 2, "no_seat"),
        Unmatched("mentor", 1, "taken"),
        Unmatched("mentor", 2, "no_seat"),
    )


def test_without_the_other_side_there_is_nobody():
    problem = make_problem(np.zeros((2, 0), int))

    reasons = unmatched(problem, solve(problem))

    assert reasons == (Unmatched("mentor", 0, "nobody"), Unmatched("mentor", 1, "nobody"))


@pytest.mark.parametrize("role", ["mentor", "mentee"])
@pytest.mark.parametrize("seed", range(10))
def test_the_smallest_cause_is_as_small_as_any(seed, role):
    random = np.random.default_rng(seed)
    n, m = (1, 9) if role == "mentor" else (9, 1)
    rules = {
        name: random.random((n, m)) < share
        for name, share in (("a", 0.3), ("b", 0.5), ("c", 0.6), ("d", 0.3))
    }
    rules["e"] = ~np.any(list(rules.values()), axis=0)
    tables = [
        Table(name, np.arange(n), np.arange(m), np.where(hits, FORBIDDEN, 0))
        for name, hits in list(rules.items())[:3]
    ]
    lists = [Exclusion(name, np.argwhere(hits)) for name, hits in list(rules.items())[3:]]
    ids = [f"p{i}" for i in range(9)]
    problem = Problem(ids[:n], ids[:m], tables, exclusions=lists)

    cause = smallest_cause(problem, role, 0)

    enough = [
        names
        for size in range(1, 6)
        for names in combinations(rules, size)
        if np.any([rules[name] for name in names], axis=0).all()
    ]
    assert cause == enough[0]


def test_what_is_not_to_be_told_is_in_no_reason():
    one = Problem(["a"], ["x"], [TOPICS_OF_ONE], exclusions=[Exclusion("secret", [[0, 0]])])
    both = Problem(["a"], ["x"], [FORBIDS_ALL], exclusions=[Exclusion("secret", [[0, 0]])])

    told = [unmatched(p, solve(p), untold=frozenset({"secret"})) for p in (one, both)]

    assert told == [
        (Unmatched("mentee", 0, "taken"), Unmatched("mentor", 0, "taken")),
        (
            Unmatched("mentee", 0, "rules", ("level",)),
            Unmatched("mentor", 0, "rules", ("level",)),
        ),
    ]
