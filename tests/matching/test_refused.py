"""Every kind of bad input once, with all that its refusal says."""

import numpy as np
import pytest

from tests.problems import make_problem
from upwell.matching.criteria import (
    FORBIDDEN,
    MATRIX_FORBIDDEN,
    MATRIX_LIMIT,
    RANK_LIMIT,
    SOFT_LIMIT,
    Affinity,
    Exclusion,
    Listed,
    Matrix,
    Ranking,
    Table,
)
from upwell.matching.problem import Problem
from upwell.matching.solve import solve


def refusal_of(*criteria, mentors=("a", "b"), mentees=("x", "y"), **options):
    with pytest.raises(ValueError, match=r".") as refused:
        Problem(mentors, mentees, criteria, **options)
    return str(refused.value)


@pytest.mark.parametrize(
    ("mentors", "said"),
    [
        (["a", "b", "a"], "mentors names the id 'a' twice"),
        (["a", ""], "mentors holds ''; an id is a text that is not empty"),
        ([5, "a"], "mentors holds 5; an id is a text that is not empty"),
        ([["a"], "a"], "mentors holds ['a']; an id is a text that is not empty"),
        ([None], "mentors holds None; an id is a text that is not empty"),
    ],
)
def test_ids(mentors, said):
    assert refusal_of(mentors=mentors) == said


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ([[np.nan, 2], [3, 4]], "must hold integers, not float64"),
        ([[-np.inf, 2], [3, 4]], "must hold integers, not float64"),
        ([["1", "2"], ["3", "4"]], "must hold integers, not <U1"),
        ([[None, 2], [3, 4]], "must hold integers, not object"),
        ([[2**70, 2], [3, 4]], "must hold integers, not object"),
        (np.array([[2**63, 2], [3, 4]], np.uint64), f"holds {2**63}, which is more than int64 can"),
        (np.full((2, 2), 15 * 2**60, np.uint64), f"holds {15 * 2**60}, which is more than int64"),
        (np.ones((2, 2), bool), "must hold integers, not bool"),
        ([[1, 2], [3]], "has rows of different lengths"),
        ([[1, 2, 3], [3, 4, 5]], "has the shape (2, 3); it must be (2, 2)"),
        ([1, 2], "has the shape (2,); it must be (2, 2)"),
        ([[[1], [2]], [[3], [4]]], "has the shape (2, 2, 1); it must be (2, 2)"),
        (7, "has the shape (); it must be (2, 2)"),
        ([], "has the shape (0,); it must be (2, 2)"),
        ([[], []], "has the shape (2, 0); it must be (2, 2)"),
    ],
)
def test_what_a_matrix_holds(scores, said):
    assert refusal_of(Matrix("fit", scores)).startswith(f"fit.scores {said}")


@pytest.mark.parametrize(
    "score", [MATRIX_LIMIT, -MATRIX_LIMIT, MATRIX_FORBIDDEN - 1, MATRIX_FORBIDDEN + 1, -(2**63)]
)
def test_a_matrix_out_of_range(score):
    said = refusal_of(Matrix("fit", [[score, 0], [0, 0]]))

    assert said == f"fit scores up to {abs(score)}; it must stay below {MATRIX_LIMIT}"


@pytest.mark.parametrize(
    ("criterion", "reach"),
    [
        (Affinity("c", [[2**10], [0]], [[2**10], [0]]), 2**20),
        (Affinity("c", [[2**32], [0]], [[2**32], [0]]), 2**64),
        (Affinity("c", [[-(2**63)], [0]], [[0], [2]]), 2**64),
        (Affinity("c", [[2**62] * 4] * 2, [[1] * 4] * 2), 2**64),
        (Table("c", [0, 0], [0, 0], [[FORBIDDEN + 1]]), 2**23 - 1),
        (Table("c", [0, 0], [0, 0], [[SOFT_LIMIT]]), SOFT_LIMIT),
        (Table("c", [0, 0], [0, 0], [[-(2**63)]]), 2**63),
        (Listed("c", [[0, 1]], [2**63 - 1]), 2**63 - 1),
    ],
)
def test_a_criterion_out_of_range(criterion, reach):
    assert refusal_of(criterion) == f"c scores up to {reach}; it must stay below {SOFT_LIMIT}"


@pytest.mark.parametrize(
    ("criterion", "said"),
    [
        (Affinity("c", [], [[1], [2]]), "c.mentors has the shape (0,); it must be (2, None)"),
        (Affinity("c", [[1], [2]], [[1]]), "c.mentees has the shape (1, 1); it must be (2, 1)"),
        (Table("c", [0, 2], [0, 0], [[1]]), "c.mentor_class[1] is 2; it must be from 0 to 0"),
        (Table("c", [0, 0], [-1, 0], [[1]]), "c.mentee_class[0] is -1; it must be from 0 to 0"),
        (Table("c", [0], [0, 0], [[1]]), "c.mentor_class has the shape (1,); it must be (2,)"),
        (Table("c", [0, 0], [], [[1]]), "c.mentee_class has the shape (0,); it must be (2,)"),
        (Table("c", [0, 0], [0, 0], []), "c.mentor_class[0] is 0; it must be from 0 to -1"),
        (Table("c", [0, 0.5], [0, 0], [[1]]), "c.mentor_class must hold integers, not float64"),
        (Listed("c", [[0, 1]], []), "c.points has the shape (0,); it must be (1,)"),
        (Listed("c", [], [5]), "c.points has the shape (1,); it must be (0,)"),
        (Listed("c", [0, 1], [5]), "c.pairs has the shape (2,); it must be (None, 2)"),
        (Listed("c", [[0, 2**40]], [5]), f"c.pairs, mentee[0] is {2**40}; it must be from 0 to 1"),
        (Listed("c", [[1, 1], [1, 1]], [5, 6]), "c names a pair twice"),
    ],
)
def test_the_form_of_a_criterion(criterion, said):
    assert refusal_of(criterion) == said


@pytest.mark.parametrize(
    ("seats", "said"),
    [
        ([1, -1], "[1] is -1; it must be from 0 to 1000"),
        ([1_001, 1], "[0] is 1001; it must be from 0 to 1000"),
        ([-(2**63), 1], f"[0] is {-(2**63)}; it must be from 0 to 1000"),
        ([1.0, 2.0], " must hold integers, not float64"),
        ([1, np.inf], " must hold integers, not float64"),
        (np.array([1, 2**64 - 1], np.uint64), f" holds {2**64 - 1}, which is more than int64 can"),
        ([1], " has the shape (1,); it must be (2,)"),
        ([], " has the shape (0,); it must be (2,)"),
        (3, " has the shape (); it must be (2,)"),
    ],
)
@pytest.mark.parametrize("side", ["mentor_capacity", "mentee_capacity"])
def test_capacities(side, seats, said):
    assert refusal_of(**{side: seats}) == f"{side}{said}"


@pytest.mark.parametrize(
    ("pins", "said"),
    [
        ([[0, 2]], "pins, mentee[0] is 2; it must be from 0 to 1"),
        ([[-1, 0]], "pins, mentor[0] is -1; it must be from 0 to 1"),
        ([0, 1], "pins has the shape (2,); it must be (None, 2)"),
        ([[0.0, 1.0]], "pins must hold integers, not float64"),
        ([[0, 1]], "the pin of 'a' and 'y' breaks a rule: unit, line"),
        ([[1, 0], [1, 1]], "more pins for 'b' than the 1 seats there are"),
        ([[0, 0], [1, 0]], "more pins for 'x' than the 1 seats there are"),
    ],
)
def test_pins(pins, said):
    unit = Table("unit", [0, 1], [0, 1], [[0, FORBIDDEN], [0, 0]])
    line = Exclusion("line", [[0, 1]])

    assert refusal_of(unit, exclusions=[line], pins=pins) == said


def test_a_pin_of_whoever_has_no_seat():
    said = refusal_of(pins=[[0, 0]], mentee_capacity=[0, 1])

    assert said == "more pins for 'x' than the 0 seats there are"


@pytest.mark.parametrize(
    ("ranking", "said"),
    [
        (Ranking("mentor", [[0, 1]], [0]), f"s: a rank is 0; it must be 1 to {RANK_LIMIT}"),
        (Ranking("mentor", [[0, 1]], [1_001]), f"s: a rank is 1001; it must be 1 to {RANK_LIMIT}"),
        (Ranking("mentor", [[0, 1]], []), "s, ranks has the shape (0,); it must be (1,)"),
        (Ranking("mentor", [[2, 1]], [1]), "s, mentor[0] is 2; it must be from 0 to 1"),
        (Ranking("mentor", [[0, 1], [0, 1]], [1, 2]), "s names a pair twice"),
        (Ranking("mentor", [[0, 1]], [1.5]), "s, ranks must hold integers, not float64"),
    ],
)
def test_rankings(ranking, said):
    assert refusal_of(rankings=[ranking]) == f"ranking of the mentor{said}"


@pytest.mark.parametrize("sides", [["mentor", "mentor"], ["boss"], ["mentor", "mentee", "mentee"]])
def test_sides_of_rankings(sides):
    said = refusal_of(rankings=[Ranking(side, [[0, 0]], [1]) for side in sides])

    assert said == f"the rankings are of the sides {sides}; one of each at most"


def test_two_matrices():
    fit = Matrix("fit", np.ones((2, 2), int))

    assert refusal_of(fit, fit) == "at most one criterion may be a matrix"


def test_exclusions():
    said = refusal_of(exclusions=[Exclusion("line", [[0, 0], [5, 0]])])

    assert said == "exclusion line, mentor[1] is 5; it must be from 0 to 1"


@pytest.mark.parametrize("objective", ["total", "fair", "stable"])
def test_a_rule_in_a_table_also_holds_beside_a_matrix(objective):
    unit = Table("unit", [0, 1], [0, 1], [[FORBIDDEN, 0], [0, 0]])
    problem = Problem("ab", "xy", [Matrix("fit", [[9, 1], [1, MATRIX_FORBIDDEN]]), unit])

    assert solve(problem, objective=objective).pairs.tolist() == [[0, 1], [1, 0]]


def test_the_lowest_scores_of_few_pairs_among_many_seats_are_found():
    scores, allowed = np.arange(400).reshape(20, 20), np.eye(20, dtype=bool)
    seats = [1_000] * 20
    problem = make_problem(scores, allowed, mentor_capacity=seats, mentee_capacity=seats)

    result = solve(problem, objective="fair")

    assert [step for step, _bonus in result.certificate.steps] == [0, 20, 21, 41, 42]
    assert result.is_optimal
