import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from upwell.matching.halls import MOST_CLASSES, merged, slack


def all_can_be_placed(may, seats, mentors, mentees):
    """By a maximum matching of those who are there, each mentor once for every seat."""
    rows = np.repeat(may[mentors], seats[mentors], axis=0)[:, mentees]
    if not rows.size:
        return not mentees.any()
    found = maximum_bipartite_matching(csr_array(rows), perm_type="row")
    return bool((found >= 0).all())


def told(may, seats, mentors, mentees, most):
    """What the classes say of the same crowd."""
    classes = merged(may, seats, most)
    places = np.where(mentors, seats, 0)[None]
    here = np.bincount(classes.of_mentee[mentees], minlength=classes.may.shape[1])[None]
    found = slack(classes, places, classes.reached, here)
    return bool((found >= 0).all())


@st.composite
def crowds(draw):
    n, m = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    may = rng.random((n, m)) < draw(st.sampled_from([0.3, 0.6, 0.9]))
    here = rng.random(n) < 0.8, rng.random(m) < 0.7
    return may, rng.integers(0, 3, n), *here


@given(crowds())
def test_a_crowd_in_classes_of_their_own_is_told_exactly(crowd):
    assert told(*crowd, most=9) == all_can_be_placed(*crowd)


@given(crowds(), st.integers(1, 4))
def test_what_is_possible_for_merged_classes_is_so_for_people(crowd, most):
    if told(*crowd, most=most):
        assert all_can_be_placed(*crowd)


@pytest.mark.parametrize("seed", range(3))
def test_large_crowds_are_never_told_too_kindly_and_seldom_too_hard(seed):
    """An organization of six units: nobody has a mentor of their own unit, and few of others."""
    rng = np.random.default_rng(seed)
    of_mentor, of_mentee = rng.integers(0, 6, 80), rng.integers(0, 6, 60)
    may = (of_mentor[:, None] != of_mentee) & (rng.random((80, 60)) < 0.95)
    seats = np.ones(80, np.int64)
    answers = []

    for _ in range(60):
        here = rng.random(80) < 0.7, rng.random(60) < 0.9
        answers.append(
            (told(may, seats, *here, MOST_CLASSES), all_can_be_placed(may, seats, *here))
        )

    assert not [one for one in answers if one == (True, False)]
    assert answers.count((False, True)) <= 6


def test_mentees_whom_the_same_mentors_may_have_are_one_class():
    may = np.array([[1, 0, 1, 0, 1], [0, 1, 0, 1, 0]], np.bool_)

    found = merged(may, np.ones(2, np.int64))

    assert found.of_mentee.tolist() in ([0, 1, 0, 1, 0], [1, 0, 1, 0, 1])
    assert not found.exceptions.any()


def test_of_the_sets_that_the_same_mentors_reach_only_the_largest_is_asked():
    found = merged(np.eye(2, dtype=np.bool_).repeat([2, 1], axis=1), np.ones(2, np.int64))

    assert sorted(map(tuple, found.sets.tolist())) == [
        (False, True),
        (True, False),
        (True, True),
    ]


def test_nobody_at_all_can_be_placed():
    nobody = np.zeros(0, np.bool_)

    assert told(np.zeros((0, 0), np.bool_), np.zeros(0, np.int64), nobody, nobody, most=8)
