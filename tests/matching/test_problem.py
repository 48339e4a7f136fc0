import re

import numpy as np
import pytest

from tests.problems import make_feature_problem, make_ids, make_problem
from upwell.matching.criteria import (
    FORBIDDEN,
    MATRIX_FORBIDDEN,
    MATRIX_LIMIT,
    SOFT_LIMIT,
    Affinity,
    Exclusion,
    Listed,
    Matrix,
    Ranking,
    Table,
)
from upwell.matching.problem import Problem

FIT = Matrix("fit", np.array([[1, 2], [3, 4]]))


def make_two_by_two(*criteria, **options):
    return Problem(["a", "b"], ["x", "y"], criteria or [FIT], **options)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Problem(["a", "a"], [], []), "mentors names the id 'a' twice"),
        (lambda: Problem([], ["x", "x"], []), "mentees names the id 'x' twice"),
        (lambda: make_two_by_two(Matrix("fit", [[1, 2]])), "fit.scores has the shape (1, 2)"),
        (
            lambda: make_two_by_two(Matrix("fit", [[1, 2], [3]])),
            "fit.scores has rows of different lengths",
        ),
        (
            lambda: make_two_by_two(Matrix("half", [[1.5, 2], [3, 4]])),
            "half.scores must hold integers, not float64",
        ),
        (
            lambda: make_two_by_two(Matrix("fit", [[np.nan, 2], [3, 4]])),
            "fit.scores must hold integers",
        ),
        (
            lambda: make_two_by_two(Matrix("fit", [[MATRIX_LIMIT, 2], [3, 4]])),
            f"fit scores up to {MATRIX_LIMIT}; it must stay below {MATRIX_LIMIT}",
        ),
        (
            lambda: make_two_by_two(Affinity("topics", [[1], [2]], [[SOFT_LIMIT], [0]])),
            "topics scores up to",
        ),
        (
            lambda: make_two_by_two(*[Table("t", [0, 0], [0, 0], [[SOFT_LIMIT // 2]])] * 2),
            "the criteria add up to",
        ),
        (
            lambda: make_two_by_two(Affinity("topics", [[1], [2]], [[1, 1], [0, 1]])),
            "topics.mentees has the shape (2, 2)",
        ),
        (
            lambda: make_two_by_two(Table("unit", [0, 3], [0, 0], [[1, 2], [3, 4]])),
            "unit.mentor_class[1] is 3; it must be from 0 to 1",
        ),
        (
            lambda: make_two_by_two(exclusions=[Exclusion("line", [[0, 2]])]),
            "exclusion line, mentee[0] is 2; it must be from 0 to 1",
        ),
        (
            lambda: make_two_by_two(Listed("wish", [[0, 1], [0, 1]], [5, 5])),
            "wish names a pair twice",
        ),
        (
            lambda: make_two_by_two(Listed("wish", [[0, 2]], [5])),
            "wish.pairs, mentee[0] is 2; it must be from 0 to 1",
        ),
        (
            lambda: make_two_by_two(Listed("wish", [[-1, 0]], [5])),
            "wish.pairs, mentor[0] is -1; it must be from 0 to 1",
        ),
        (
            lambda: make_two_by_two(Listed("wish", [[0, 1]], [5, 6])),
            "wish.points has the shape (2,)",
        ),
        (
            lambda: make_two_by_two(Listed("wish", [[0, 1]], [-SOFT_LIMIT])),
            f"wish scores up to {SOFT_LIMIT}; it must stay below",
        ),
        (
            lambda: make_two_by_two(*[Listed("wish", [[0, 1]], [SOFT_LIMIT // 2])] * 2),
            f"the criteria add up to {SOFT_LIMIT}; they",
        ),
        (
            lambda: make_two_by_two(mentor_capacity=[1, -1]),
            "mentor_capacity[1] is -1; it must be from 0 to 1000",
        ),
        (lambda: make_two_by_two(FIT, FIT), "at most one criterion may be a matrix"),
        (lambda: make_two_by_two(mentee_capacity=[1]), "mentee_capacity has the shape (1,)"),
        (
            lambda: make_two_by_two(pins=[[0, 1]], exclusions=[Exclusion("line", [[0, 1]])]),
            "the pin of 'a' and 'y' breaks a rule: line",
        ),
        (
            lambda: make_two_by_two(Matrix("fit", [[1, MATRIX_FORBIDDEN], [1, 1]]), pins=[[0, 1]]),
            "the pin of 'a' and 'y' breaks a rule: fit",
        ),
        (
            lambda: make_two_by_two(pins=[[0, 1], [0, 0]]),
            "more pins for 'a' than the 1 seats there are",
        ),
        (
            lambda: make_two_by_two(pins=[[0, 1], [1, 1]]),
            "more pins for 'y' than the 1 seats there are",
        ),
        (
            lambda: make_two_by_two(rankings=[Ranking("mentor", [[0, 2]], [1])]),
            "ranking of the mentors, mentee[0] is 2; it must be from 0 to 1",
        ),
        (
            lambda: make_two_by_two(rankings=[Ranking("mentee", [[0, 1]], [0])]),
            "ranking of the mentees: a rank is 0; it must be 1 to 1000",
        ),
        (
            lambda: make_two_by_two(rankings=[Ranking("mentee", [[0, 1]], [1, 2])]),
            "ranking of the mentees, ranks has the shape (2,)",
        ),
        (
            lambda: make_two_by_two(rankings=[Ranking("mentee", [[0, 1], [0, 1]], [1, 2])]),
            "ranking of the mentees names a pair twice",
        ),
        (
            lambda: make_two_by_two(rankings=[Ranking("mentor", [[0, 1]], [1])] * 2),
            "the rankings are of the sides ['mentor', 'mentor']; one of each at most",
        ),
    ],
)
def test_a_wrong_problem_is_refused_by_name(make, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        make()


@pytest.mark.parametrize(
    "change",
    [
        {"mentors": ["a", "c"]},
        {"mentees": ["y", "x"]},
        {"criteria": [Matrix("fit", [[1, 2], [3, 5]])]},
        {"criteria": [Matrix("other", FIT.scores)]},
        {"criteria": [Matrix("fit", FIT.scores, is_private=True)]},
        {"criteria": [FIT, Table("unit", [0, 0], [0, 0], [[0]])]},
        {"criteria": [FIT, Listed("wish", [[0, 0]], [0])]},
        {"exclusions": [Exclusion("line", [[0, 0]])]},
        {"pins": [[0, 0]]},
        {"terms": "level_gap = 3"},
        {"rankings": [Ranking("mentor", [[0, 1]], [1])]},
        {"rankings": []},
        {"rankings": [Ranking("mentee", [[0, 1]], [2])]},
        {"rankings": [Ranking("mentee", [[1, 1]], [1])]},
        {"mentor_capacity": [1, 2]},
        {"mentee_capacity": [2, 1]},
    ],
)
def test_every_part_is_in_the_digest(change):
    parts = {
        "mentors": ["a", "b"],
        "mentees": ["x", "y"],
        "criteria": [FIT],
        "rankings": [Ranking("mentee", [[0, 1]], [1])],
    }

    before, after = Problem(**parts), Problem(**parts | change)

    assert before.digest() != after.digest()


@pytest.mark.parametrize("criterion", [None, "fit", Exclusion("apart", [[0, 0]])])
def test_a_criterion_of_no_known_type_is_refused_by_its_type(criterion):
    with pytest.raises(TypeError, match=f"is a {type(criterion).__name__}; it must be"):
        Problem(["a"], ["b"], [criterion])


def test_equal_problems_have_equal_digests():
    first, second = (make_feature_problem(np.random.default_rng(1)) for _ in range(2))

    assert first.digest() == second.digest()


def test_the_order_of_a_list_does_not_matter():
    first = make_two_by_two(Listed("wish", [[1, 0], [0, 1]], [7, 5]))

    second = make_two_by_two(Listed("wish", [[0, 1], [1, 0]], [5, 7]))

    assert first.digest() == second.digest()


@pytest.mark.parametrize(
    "other",
    [
        Listed("wish", [[0, 1]], [6]),
        Listed("wish", [[1, 1]], [5]),
        Listed("hope", [[0, 1]], [5]),
        Listed("wish", [[0, 1]], [5], is_private=True),
    ],
)
def test_every_part_of_a_list_is_in_the_digest(other):
    problem = make_two_by_two(Listed("wish", [[0, 1]], [5]))

    changed = make_two_by_two(other)

    assert changed.digest() != problem.digest()


def test_the_digest_is_this_one_on_every_machine():
    problem = make_problem([[1, 2], [3, 4]], pins=[[0, 1]])

    assert problem.digest() == "f42d3f446b059e14bdd782b7ee9aa23b7a54d611eb0434beec630b826b53700e"


def test_rules_between_names_tables_and_exclusions():
    table = Table("level", [0, 1], [0, 0], [[FORBIDDEN], [5]])
    line = Exclusion("line", [[0, 1], [1, 1]])
    problem = make_two_by_two(table, Listed("wish", [[1, 0]], [-9]), exclusions=[line])

    rules = [problem.rules_between(i, j) for i in range(2) for j in range(2)]

    assert rules == [("level",), ("level", "line"), (), ("line",)]


def test_the_order_in_which_a_ranking_is_given_does_not_count():
    pairs, ranks = np.array([[1, 0], [0, 1], [0, 0]]), np.array([1, 2, 1])

    first = make_two_by_two(rankings=[Ranking("mentor", pairs, ranks)])
    second = make_two_by_two(rankings=[Ranking("mentor", pairs[::-1], ranks[::-1])])

    assert first.digest() == second.digest()


def test_the_arrays_of_a_problem_cannot_be_changed_from_outside():
    scores = np.array([[1, 2], [3, 4]])
    problem = make_two_by_two(Matrix("fit", scores))
    before = problem.digest()

    scores[0, 0] = 99

    assert problem.digest() == before
    with pytest.raises(ValueError, match="read-only"):
        problem.criteria[0].scores[0, 0] = 99


def test_ids_may_be_the_same_on_both_sides():
    problem = Problem(make_ids("p", 2), make_ids("p", 2), [FIT])

    assert problem.mentors == problem.mentees
