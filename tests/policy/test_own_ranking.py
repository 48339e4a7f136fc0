"""Whom people have put in order on short lists: what it counts, what it never touches."""

from datetime import date

import numpy as np
import pytest

from upwell.matching.solve import solve
from upwell.policy import Policy, compile_problem
from upwell.policy.own_ranking import OWN_RANKING
from upwell.policy.rules import PrivateRequests
from upwell.sheets import People

PEOPLE = People(
    ids=("m1", "m2", "s1", "s2"),
    names=("", "", "", ""),
    roles=("mentor", "mentor", "mentee", "mentee"),
    regions=("X", "X", "Y", "Y"),
)
ALL = np.array([(0, 0), (0, 1), (1, 0), (1, 1)])


def compiled(orders, **values):
    policy = Policy.from_values({"preferences": {"ranking": 16}, **values})
    return compile_problem(policy, PEOPLE, PrivateRequests((), "s", rankings=orders))


def pairs_of(case):
    return sorted(map(tuple, solve(case.problem).pairs.tolist()))


def test_each_side_gives_half_by_the_place_in_its_order():
    case = compiled({"m1": ["s2", "s1"], "s2": ["m1"]})

    assert case.untold_points(ALL).tolist() == [70, 160, 0, 0]


def test_orders_decide_between_pairs_that_are_alike():
    assert pairs_of(compiled({"m1": ["s2"]})) == [(0, 1), (1, 0)]
    assert pairs_of(compiled({"m1": ["s1"]})) == [(0, 0), (1, 1)]


def test_two_first_choices_are_a_pair_where_the_policy_says_so():
    case = compiled({"m1": ["s2"], "s2": ["m1"]}, pairs={"mutual_first": True})

    assert pairs_of(case) == [(0, 1), (1, 0)]
    assert len(case.opened().pins) == 0


@pytest.mark.parametrize("orders", [{}, {"m1": ["s2"], "s1": ["m1", "m2"]}])
def test_what_is_open_is_the_same_whatever_was_ranked(orders):
    case, plain = compiled(orders), compiled({})

    stated = [one.stated(date(2026, 1, 1)) for one in (case, plain)]

    assert stated[0] == stated[1]
    assert stated[0]["private_preferences"] == [OWN_RANKING]
    assert case.full_score == plain.full_score
    assert case.not_used == plain.not_used == ("topics", "hours", "stage", "unit")
    assert case.opened().digest() == plain.opened().digest()
    scores = [solve(one.problem).scores for one in (case, plain)]
    assert set(case.open_scores(solve(case.problem).pairs, scores[0])) == set(scores[1])


def test_whoever_was_not_asked_leaves_all_as_it_was():
    case = compiled(None)

    assert not case.is_partly_told
    assert "ranking" in case.not_used
    assert "private_preferences" not in case.stated(date(2026, 1, 1))


def test_somebody_who_takes_no_part_is_passed_over():
    case = compiled({"m1": ["gone", "s2"], "gone": ["m1"]})

    assert case.untold_points(ALL).tolist() == [0, 80, 0, 0]
