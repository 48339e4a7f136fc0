"""Goals that many programs have, each with what a program of that goal starts from."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class MeasureIdea:
    """A figure that fits the goal; ``hint`` says where it can be taken from."""

    name: str
    unit: str
    hint: str


@dataclass(frozen=True)
class MeetingIdea:
    """One meeting of every pair, with questions that the mentee can ask."""

    name: str
    intent: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class GoalTemplate:
    """What a program of one kind of goal starts from, in the language that it is written in.

    ``policy`` holds the values that differ from the shipped policy, ``topics`` names of topics of
    the catalog, those that fit best first.
    """

    kind: str
    language: str
    initiative: str
    goal: str
    functions: tuple[str, ...]
    measures: tuple[MeasureIdea, ...]
    topics: tuple[str, ...]
    meetings: tuple[MeetingIdea, ...]
    policy: Mapping[str, Any]


@cache
def goal_templates() -> dict[str, GoalTemplate]:
    """All of them, by kind."""
    found = (read(path) for path in sorted(FOLDER.glob("*.toml")))
    return {template.kind: template for template in found}


def read(path: Path) -> GoalTemplate:
    values = tomllib.loads(path.read_text(encoding="utf-8"))
    values["measures"] = tuple(MeasureIdea(**each) for each in values["measures"])
    values["meetings"] = tuple(
        MeetingIdea(**each | {"questions": tuple(each["questions"])}) for each in values["meetings"]
    )
    for name in ("functions", "topics"):
        values[name] = tuple(values[name])
    return GoalTemplate(**values)
