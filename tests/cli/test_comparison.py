import io
from dataclasses import replace

import numpy as np
import pytest
from rich.console import Console

from tests.problems import make_problem
from upwell.cli.case import ScoresCase, scores_case
from upwell.cli.comparison import Column, outcome_table, show_comparison
from upwell.cli.main import main
from upwell.cli.page import make_console
from upwell.cli.words import speaking
from upwell.matching.compare import compare
from upwell.matching.reading import POINTS
from upwell.matching.solve import solve


def test_compare_shows_what_each_objective_comes_to(tmp_path, capsys):
    matrix = tmp_path / "m.csv"
    matrix.write_text("9,8\n8,1\n", "utf-8")

    status = main(["match", "--scores", str(matrix), "--compare"])

    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    paired = ["2", *["2", "of", "2"] * 2]
    assert status == 0
    assert [line for line in lines if line[1:8] == paired] == [
        ["total", *paired, "16", "8", "1"],
        ["fair", *paired, "16", "8", "1"],
        ["stable", *paired, "10", "1", "0"],
    ]


def test_compare_says_so_where_not_all_is_proven(capsys):
    case = ScoresCase(make_problem([[9, 8], [8, 1]]), {}, POINTS, ())
    stopped = replace(compare([solve(case.problem)])[0], is_proven=False)
    objectives = ("total", "fair", "stable")
    found = [Column(replace(stopped, objective=name), (8, 8)) for name in objectives]

    show_comparison(make_console(), case, found)

    assert "Stopped early: not all of this is proven." in capsys.readouterr().out


@pytest.mark.parametrize("option", ["--objective", "--out", "--json", "--certificate"])
def test_compare_writes_no_files_of_one_result(tmp_path, capsys, option):
    value = {"--objective": "fair", "--out": str(tmp_path / "p.csv")}.get(option, "x.json")

    status = main(["match", "--scores", "m.csv", "--compare", option, value])

    assert status == 2
    assert f"{option} is for one result" in capsys.readouterr().err


def test_compare_shows_which_weakest_pairs_fairness_buys_and_for_how_much(tmp_path, type_in):
    matrix = tmp_path / "m.csv"
    matrix.write_text("9,5\n4,2\n", "utf-8")

    _status, told = type_in("match", "--scores", str(matrix), "--compare")

    bought = told.partition("What fairness buys\n")[2].splitlines()[:3]
    assert [line.split("  ")[-1].strip() for line in bought] == ["2 · 9", "4 · 5", "2 of the total"]


def test_compare_fits_a_terminal_of_80_columns_in_every_language(tmp_path):
    matrix = tmp_path / "m.csv"
    np.savetxt(matrix, np.full((400, 300), 900_000), fmt="%d", delimiter=",")
    case = scores_case(matrix, minimize=False)
    results = [solve(case.problem, objective=name) for name in ("total", "fair", "stable")]
    found = [Column(outcome, (900_000,)) for outcome in compare(results)]

    for language in ("en", "de"):
        console = Console(width=80, file=io.StringIO(), force_terminal=False)
        with speaking(language):
            console.print(outcome_table(case, found))
        lines = console.file.getvalue().splitlines()
        assert max(map(len, lines)) <= 80
        assert len([line for line in lines if "300 " in line]) == 3
