"""The examples of docs/how-matching-works.md come out as the chapter says."""

import re
from itertools import permutations
from pathlib import Path

import numpy as np

from tests.problems import make_problem
from upwell.matching.certificate import Certificate
from upwell.matching.criteria import MATRIX_FORBIDDEN, Matrix
from upwell.matching.problem import Problem
from upwell.matching.regret import Residual
from upwell.matching.solve import solve
from upwell.matching.verification import verify

SOURCES = Path(__file__).parents[2] / "src" / "upwell" / "matching"
CHAPTER = (Path(__file__).parents[2] / "docs" / "how-matching-works.md").read_text()


def table(first_line):
    """The cells of the table that begins with this line."""
    lines = CHAPTER[CHAPTER.index(first_line) :].split("\n\n")[0].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [rows[0], *rows[2:]]


def scores(rows):
    """Whole numbers; a dash forbids."""
    return np.array(
        [[MATRIX_FORBIDDEN if cell == "–" else int(cell) for cell in row[1:]] for row in rows]
    )


def make_example():
    head, *rows = table("| mentor | Dora | Emil |")
    return Problem([row[0] for row in rows], head[1:], [Matrix("fit", scores(rows))])


def named(problem, pairs):
    return ", ".join(f"{problem.mentors[i]}–{problem.mentees[j]}" for i, j in pairs)


def test_the_outcomes_of_the_first_page_are_those_of_the_engine():
    problem = make_example()
    objectives = ["total", "fair", "stable"]

    results = [solve(problem, objective=objective) for objective in objectives]

    assert table("| what counts |")[1:] == [
        [
            objective,
            named(problem, found.pairs),
            *map(str, (found.value, found.floor, found.survey.blocking_pairs)),
        ]
        for objective, found in zip(objectives, results, strict=True)
    ]


def test_the_totals_of_the_first_page_are_those_of_every_assignment_with_two_pairs():
    values = scores(table("| mentor | Dora | Emil |")[1:])
    chosen = values[list(permutations(range(3), 2)), [0, 1]]
    totals = chosen[np.all(chosen != MATRIX_FORBIDDEN, axis=1)].sum(axis=1)

    said = re.search(r"(\w+) assignments have two pairs, with totals of ([\d, and]+),", CHAPTER)

    assert re.findall(r"\d+", said[2]) == [str(total) for total in sorted(totals)[::-1]]
    assert said[1] == "Four" and len(totals) == 4


def test_every_name_of_the_code_is_there():
    """Module and name within, as `module.name`."""
    listed = re.findall(r"`([a-z_]+)\.([A-Za-z_]+)(?:\.[a-z_]+)?`", CHAPTER)
    modules = {path.stem for path in SOURCES.glob("*.py")}
    found = [(module, name) for module, name in listed if module in modules]

    assert len(found) > 10
    assert [pair for pair in found if not is_defined(*pair)] == []


def is_defined(module, name):
    text = (SOURCES / f"{module}.py").read_text()
    return re.search(rf"^(class |def )?{name}\b", text, re.MULTILINE)


def test_the_steps_of_the_fair_example_are_those_of_its_proof():
    steps = solve(make_example(), objective="fair").certificate.steps

    said = CHAPTER[CHAPTER.index("the steps are (") :].splitlines()[0]
    assert re.findall(r"\((\d+), (\d+)\)", said) == [(str(f), str(b)) for f, b in steps]


def test_the_regrets_of_the_first_page_are_those_of_the_engine():
    problem = make_example()
    result = solve(problem)
    residual = Residual.of(problem, result.pairs, result.certificate)

    said = re.search(r"Ben with Dora would cost (\d+) points and Cleo with Dora (\d+)", CHAPTER)

    dora = problem.mentees.index("Dora")
    ben, cleo = (problem.mentors.index(name) for name in ("Ben", "Cleo"))
    found = [residual.of_pair(mentor, dora).points for mentor in (ben, cleo)]
    assert [int(points) for points in said.groups()] == found


def test_the_bound_to_check_by_hand_is_proven_and_met():
    _head, *rows, prices = table("| mentor | x | y | z |")
    t, bound = re.search(r"With t = (\d+),.*?\n\n    bound = .* = (\d+)\n", CHAPTER).groups()
    values = scores(rows)
    problem = make_problem(values)
    everybody, nobody = np.arange(len(rows)), np.zeros(0, np.int64)
    proof = Certificate(int(t), scores([prices])[0], everybody, nobody)

    verdict = verify(problem, solve(problem).pairs, proof)

    assert verdict.is_optimal
    assert verdict.bound == verdict.value == int(bound)
