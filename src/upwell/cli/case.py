"""What is to be matched, from a table of people or from a matrix of scores."""

from collections.abc import Mapping as Named
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from upwell.cli.scores import read_scores
from upwell.cli.words import ngettext, number
from upwell.matching.problem import Problem
from upwell.matching.reading import POINTS, Scale
from upwell.policy.compile import Compiled, compile_problem
from upwell.policy.policy import Objective, Policy
from upwell.sheets import Mapping, Reading, read_people


@dataclass(frozen=True, eq=False)
class PeopleCase:
    """People, and the problem that a policy makes of them.

    ``stated`` is what a certificate says of the case besides its proof.
    """

    reading: Reading
    compiled: Compiled
    stated: Named[str, Any]
    scale: Scale = POINTS

    @property
    def problem(self) -> Problem:
        return self.compiled.problem

    def opened(self) -> "PeopleCase":
        """The case as far as a certificate without its proof can be held against it."""
        return replace(self, compiled=replace(self.compiled, problem=self.compiled.opened()))


@dataclass(frozen=True, eq=False)
class ScoresCase:
    """A plain matrix. ``notes`` says what was done to its numbers."""

    problem: Problem
    stated: Named[str, Any]
    scale: Scale
    notes: tuple[str, ...]


Case = PeopleCase | ScoresCase


def amount(case: Case, points: int) -> str:
    """Points with their unit; of a matrix, a number as its file has them."""
    shown = number(case.scale.of(points))
    return shown if isinstance(case, ScoresCase) else in_points(shown, points)


def in_points(shown: str, points: int) -> str:
    return ngettext("%(count)s point", "%(count)s points", abs(points)) % {"count": shown}


def objective_of(case: Case) -> Objective:
    objective: Objective = case.stated["policy"]["objective"]
    return objective


def people_case(path: Path, policy: Policy, mapping: Mapping | None, read_on: date) -> PeopleCase:
    """Read people as of a day and compile them under a policy.

    Raises SheetError or PolicyError where either cannot be used.
    """
    order = policy.levels.order or None
    reading = read_people(path, mapping=mapping, level_order=order, today=read_on)
    compiled = compile_problem(policy, reading.people)
    stated = compiled.stated(read_on, mapping.to_toml() if mapping else "")
    return PeopleCase(reading, compiled, stated)


def scores_case(path: Path, *, minimize: bool, objective: Objective = "total") -> ScoresCase:
    """Read a matrix of scores or costs. Raises ScoresError where it holds none."""
    problem, scale, notes = read_scores(path, minimize=minimize)
    stated = {
        "kind": "scores",
        "policy": {"objective": objective, "minimize": minimize, "scale": scale.factor},
        "not_checked": [],
        "reporting_lines_unknown": 0,
    }
    return ScoresCase(problem, stated, scale, notes)
