"""Differences in background: what they count, what they never touch."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upwell.matching.criteria import Table
from upwell.matching.solve import solve
from upwell.policy import Policy, PolicyError, compile_problem
from upwell.policy.background import BACKGROUND, background_points
from upwell.policy.reasons import reasons
from upwell.policy.rules import PrivateRequests
from upwell.sheets import People

ROWS = st.text("yn-", min_size=4, max_size=4)
PEOPLE = People(
    ids=("m1", "m2", "m3", "s1", "s2"),
    names=("", "", "", "", ""),
    roles=("mentor", "mentor", "mentor", "mentee", "mentee"),
    regions=("X", "Y", "X", "X", "Y"),
)


def policy(weight, **values):
    return Policy.from_values({"preferences": {"background": weight}, **values})


def compiled(rows, weight=30, salt="s"):
    return compile_problem(policy(weight), PEOPLE, PrivateRequests((), salt, rows))


def told(case):
    return [one for one in case.problem.criteria if one.code == BACKGROUND]


def share(one, other):
    """The share of what both have answered in which they differ, one letter after the other."""
    both = [(a, b) for a, b in zip(one, other, strict=True) if "-" not in (a, b)]
    return Fraction(sum(a != b for a, b in both), len(both)) if both else Fraction(0)


@given(st.lists(ROWS, min_size=5, max_size=5))
def test_points_are_the_share_of_common_answers_that_differ(rows):
    case = compiled(dict(zip(PEOPLE.ids, rows, strict=True)))
    pairs = np.array([(i, j) for i in range(3) for j in range(2)])

    found = background_points(case.problem, pairs).tolist()

    assert found == [int(300 * share(rows[i], rows[3 + j])) for i, j in pairs.tolist()]


def test_whoever_has_not_agreed_gives_and_gets_nothing():
    case = compiled({"m1": "yyyy", "m2": "----", "s1": "nnnn"})

    [table] = told(case)
    assert background_points(case.problem, np.array([(0, 0), (1, 0), (2, 0), (0, 1)])).tolist() == [
        *(300, 0, 0, 0)
    ]
    assert isinstance(table, Table) and table.is_private


@pytest.mark.parametrize(
    "rows", [{}, {"m1": "yyyy"}, {"m1": "yy--", "s1": "--nn"}, {"m1": "yyyy", "s1": "yyyy"}]
)
def test_where_nobody_gains_a_point_the_problem_is_what_it_was(rows):
    case, before = compiled(rows), compile_problem(policy(30), PEOPLE, PrivateRequests((), "s"))

    assert told(case) == []
    assert case.problem.digest() == before.problem.digest()


def test_a_weight_of_0_counts_nothing_and_leaves_every_text_as_it_was():
    case = compiled({"m1": "yyyy", "s1": "nnnn"}, weight=0)

    assert told(case) == []
    assert policy(0).to_json() == Policy().to_json()
    assert "background" not in Policy().to_json()
    assert "private_preferences" not in case.stated(date(2026, 1, 1))


def test_a_weight_comes_back_from_json_and_from_a_file():
    one = policy(30)

    assert Policy.from_json(one.to_json()) == Policy.from_toml(one.to_toml()) == one
    assert Policy().preferences.background == 0


def test_it_cannot_be_all_that_counts():
    nothing = dict.fromkeys(("topics", "hours", "stage", "unit", "region", "ranking"), 0)

    with pytest.raises(PolicyError):
        policy(30, preferences=nothing | {"background": 30})


def test_it_moves_a_pair_and_stays_out_of_all_that_is_told():
    rows = {"m1": "yyyy", "m2": "nnnn", "s1": "yyyy", "s2": "nnnn"}
    case = compiled(rows, weight=100)
    plain = compile_problem(policy(100), PEOPLE)

    pairs = solve(case.problem).pairs

    scores = solve(case.problem).scores
    assert [tuple(pair) for pair in pairs.tolist()] == [(0, 1), (1, 0)]
    assert case.full_score == plain.full_score
    assert (case.not_used, case.not_checked) == (plain.not_used, plain.not_checked)
    assert case.open_scores(pairs, scores).tolist() == [
        sum(part for part in row) for row in open_points(plain, pairs)
    ]
    assert [reasons(case, *pair) for pair in pairs.tolist()] == [
        reasons(plain, *pair) for pair in pairs.tolist()
    ]


def open_points(case, pairs):
    """Points of pairs, table by table."""
    return [
        [
            int(one.scores[one.mentor_class[i], one.mentee_class[j]])
            for one in case.problem.criteria
            if isinstance(one, Table)
        ]
        for i, j in pairs.tolist()
    ]


def test_the_open_problem_is_the_same_whatever_people_have_told():
    cases = [compiled(rows, salt="") for rows in ({}, {"m1": "yyyy", "s1": "nnnn"})]
    stated = [case.stated(date(2026, 1, 1)) for case in cases]

    assert stated[0] == stated[1]
    assert stated[0]["private_preferences"] == [BACKGROUND]
    assert cases[0].problem.digest() != cases[1].problem.digest()


def test_a_table_of_people_has_no_place_for_it():
    assert not any("background" in name for name in replace(PEOPLE).__dataclass_fields__)
