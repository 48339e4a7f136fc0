"""Short lists: who is on them, that they are fair, and that whoever picks whom few are left."""

import statistics

import numpy as np
import pytest

from bench import choosing
from upwell.matching import shortlists
from upwell.matching.criteria import Exclusion, Matrix
from upwell.matching.problem import Problem
from upwell.matching.shortlists import LEAST, LENGTH, short_lists
from upwell.matching.solve import solve


def problem_of(mentors, mentees, seed, *, barred=0.2, pins=(), **capacity):
    """Random scores, and so large a share of the pairs that must not be."""
    dice = np.random.default_rng(seed)
    pairs = np.argwhere(dice.random((mentors, mentees)) < barred)
    pairs = [pair for pair in pairs.tolist() if tuple(pair) not in set(pins)]
    return Problem(
        [f"m{n}" for n in range(mentors)],
        [f"e{n}" for n in range(mentees)],
        [Matrix("fit", dice.integers(0, 1000, (mentors, mentees)))],
        exclusions=[Exclusion("apart", np.array(pairs).reshape(-1, 2))],
        pins=pins,
        **capacity,
    )


def listed(problem, **options):
    return short_lists(problem, solve(problem).pairs, **options)


def counts(problem, lists):
    return (
        np.bincount(lists.pairs[:, 0], minlength=len(problem.mentors)),
        np.bincount(lists.pairs[:, 1], minlength=len(problem.mentees)),
    )


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(("mentors", "mentees"), [(40, 40), (25, 60), (60, 9), (1, 5), (8, 8)])
def test_lists_are_short_and_hold_only_who_is_allowed(mentors, mentees, seed):
    problem = problem_of(mentors, mentees, seed)

    lists = listed(problem)

    made = {tuple(pair) for pair in solve(problem).pairs.tolist()}
    there = [tuple(pair) for pair in lists.pairs.tolist()]
    assert max(map(max, counts(problem, lists))) <= LENGTH
    assert made <= set(there)
    assert len(set(there)) == len(there)
    assert not any(problem.rules_between(*pair) for pair in there)


@pytest.mark.parametrize("seed", range(8))
def test_everybody_is_in_one_group(seed):
    problem = problem_of(40, 33, seed)

    groups = listed(problem).groups

    assert sorted(one for group in groups for one in group.mentors.tolist()) == list(range(40))
    assert sorted(one for group in groups for one in group.mentees.tolist()) == list(range(33))


def test_whoever_has_few_in_their_group_gets_others():
    barred = [(0, mentee) for mentee in range(30) if mentee not in (3, 11, 19, 27)]
    dice = np.random.default_rng(5)
    names = [f"p{n}" for n in range(30)]
    problem = Problem(
        names,
        names,
        [Matrix("fit", dice.integers(0, 1000, (30, 30)))],
        exclusions=[Exclusion("apart", np.array(barred))],
    )

    assert counts(problem, listed(problem))[0].min() >= min(LEAST, 4)


def picked_anyhow(problem, lists, seed):
    """Who is in a pair once nobody can pick any more, everybody having picked whomever."""
    order = np.random.default_rng(seed).permutation(lists.pairs)
    mentors, mentees = set(), set()
    for mentor, mentee in order.tolist():
        if mentor not in mentors and mentee not in mentees:
            mentors.add(mentor)
            mentees.add(mentee)
    return mentors, mentees


@pytest.mark.parametrize("barred", [0, 0.02])
def test_in_a_sure_group_no_choice_leaves_anybody_of_the_smaller_side_over(barred):
    found = 0
    for seed in range(30):
        problem = problem_of(30, 26, seed, barred=barred)
        lists = listed(problem)
        mentors, mentees = picked_anyhow(problem, lists, seed)
        for group in lists.sure_groups():
            is_few = len(group.mentors) <= len(group.mentees)
            few, paired = (group.mentors, mentors) if is_few else (group.mentees, mentees)
            assert set(few.tolist()) <= paired
            found += 1

    assert found > 30


def test_a_group_that_lends_somebody_is_not_sure():
    problem = problem_of(30, 30, 3, barred=0.4)
    lists = listed(problem)
    lent = {*lists.added[:, 0].tolist()}

    assert len(lists.added)
    assert all(lent.isdisjoint(group.mentors.tolist()) for group in lists.sure_groups())


def test_pinned_people_are_on_no_list():
    problem = problem_of(12, 12, 1, pins=[(0, 0), (1, 5)])

    lists = listed(problem)

    assert {0, 1}.isdisjoint(lists.pairs[:, 0].tolist())
    assert {0, 5}.isdisjoint(lists.pairs[:, 1].tolist())


def test_whoever_takes_several_stays_with_all_who_were_assigned_to_them():
    problem = problem_of(6, 18, 2, mentor_capacity=[3] * 6)
    made = {tuple(pair) for pair in solve(problem).pairs.tolist()}

    lists = listed(problem)

    assert made <= {tuple(pair) for pair in lists.pairs.tolist()}
    assert max(map(max, counts(problem, lists))) <= LENGTH


@pytest.mark.parametrize(("mentors", "mentees"), [(3, 3), (1, 1), (5, 40)])
def test_where_nothing_is_allowed_lists_are_empty(mentors, mentees):
    problem = problem_of(mentors, mentees, 1, barred=2)

    assert listed(problem).pairs.shape == (0, 2)


def test_many_people_are_grouped_in_parts(monkeypatch):
    problem = problem_of(90, 90, 4)
    monkeypatch.setattr(shortlists, "CHUNK", 32)

    lists = listed(problem)

    assert sorted(one for group in lists.groups for one in group.mentors.tolist()) == list(
        range(90)
    )
    assert max(map(max, counts(problem, lists))) <= LENGTH


def test_the_same_people_get_the_same_lists():
    first, second = (listed(problem_of(40, 40, 7)).pairs.tobytes() for _ in range(2))

    assert first == second


@pytest.mark.parametrize("length", [1, 3])
def test_lists_can_be_shorter(length):
    problem = problem_of(20, 20, 6)

    assert max(map(max, counts(problem, listed(problem, length=length)))) <= length


def test_a_list_without_anybody_is_refused():
    with pytest.raises(ValueError, match="length is 0; it must be 1 or more"):
        listed(problem_of(3, 3, 1), length=0)


def test_of_people_who_choose_for_themselves_nearly_all_end_in_a_pair(tell):
    shares, best = [], []
    for seed in range(20):
        problem, scores, allowed = choosing.world(150, seed)
        lists = choosing.by_groups(problem, scores, allowed)
        plain = choosing.either_list(problem, scores, allowed)
        shares.append(len(choosing.picked(lists, scores, seed)) / 150)
        best.append(len(choosing.picked(plain, scores, seed)) / 150)

    median, worst = statistics.median(shares), min(shares)
    tell(
        f"Chosen: 20 × (150 + 150) people, lists of {LENGTH}: median {median:.1%} in a pair, worst"
        f" {worst:.1%}; lists of the plain best: {statistics.median(best):.1%}, {min(best):.1%}"
    )
    assert (median >= 0.95, worst >= 0.90) == (True, True)
