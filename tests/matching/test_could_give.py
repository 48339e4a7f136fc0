import numpy as np

from upwell.matching.criteria import FORBIDDEN, Affinity, Listed, Matrix, Table
from upwell.matching.explain import could_give
from upwell.matching.problem import Problem


def make_case():
    """A pair that gets 2 of at most 6 by topics, 0 of 9 by hours and 5 of 5 by a list."""
    return Problem(
        ["a", "b"],
        ["x", "y"],
        [
            Affinity("topics", np.array([[2, 0], [0, 3]]), np.array([[1, 2], [3, 0]])),
            Table("hours", [0, 1], [0, 1], [[0, 9], [FORBIDDEN, 4]]),
            Listed("wish", np.array([[0, 0]]), np.array([5])),
        ],
    )


def test_the_fewest_criteria_that_could_add_the_points_are_named():
    problem = make_case()

    found = [could_give(problem, 0, 0, points) for points in (1, 9, 10, 13, 14)]

    assert found == [("hours",), ("hours",), ("hours", "topics"), ("hours", "topics"), ()]


def test_a_matrix_gives_what_either_has_with_anybody():
    problem = Problem(["a", "b"], ["x", "y"], [Matrix("fit", [[1, 7], [4, 0]])])

    assert [could_give(problem, 0, 0, points) for points in (6, 7)] == [("fit",), ()]
