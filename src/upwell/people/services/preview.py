"""What was read of a file, kept as plain values until somebody confirms the import.

Sentences are kept as their code and parameters, so that each reader gets them in their language.
"""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext

from upwell.people.services.changes import changes_of
from upwell.people.services.difference import Difference
from upwell.people.services.leaving import reasons_to_stay
from upwell.people.services.lines import Sought
from upwell.sheets import (
    ColumnReport,
    Columns,
    Message,
    Reading,
    RowProblem,
    SheetError,
    describe,
)

PROBLEMS = 50
NAMES = 20
OFFICES = 40
MANAGERS = 20
ROWS = 5
ASKED_OF_THE_DIRECTORY = frozenset({"managers_outside"})
"""Notices of what the file lacks: the directory may have it, and the preview says so itself."""


def preview_of(reading: Reading, difference: Difference) -> dict[str, Any]:
    """Everything that the preview page shows, ready for JSON."""
    return {
        "rows": reading.rows,
        "people": len(reading.people),
        "left": reading.left,
        "columns": [column(report) for report in reading.columns],
        "notices": [
            said(notice) for notice in reading.notices if notice.code not in ASKED_OF_THE_DIRECTORY
        ],
        "managers": managers(reading, difference),
        "problems": [problem(one) for one in reading.problems[:PROBLEMS]],
        "problem_count": reading.problem_count,
        "levels": list(reading.people.level_order),
        "levels_guessed": reading.level_order_guessed,
        "offices": list(reading.unknown_offices[:OFFICES]),
        "format": asdict(reading.format),
        "mapping": reading.mapping.to_toml(),
        "leaving": sorted(difference.leaving.values())[:NAMES],
        "staying": sorted(difference.staying.values())[:NAMES],
        "needed": reasons_to_stay(difference.staying.keys()),
        "changes": changes_of(reading, difference),
        "unrepaired": list(difference.unrepaired),
    }


def managers(reading: Reading, difference: Difference) -> dict[str, Any]:
    """How many managers are found neither in the file nor in the directory, and the first ones."""
    sought = difference.sought
    often = sorted(sought.missing.items(), key=lambda item: (-len(item[1]), item[0]))
    return {
        "named": sought.named,
        "missing": sought.missing_count,
        "are_many": sought.are_many_missing,
        "first": [
            missing(reading, name, rows) | candidates(sought, name)
            for name, rows in often[:MANAGERS]
        ],
        "more": max(len(often) - MANAGERS, 0),
    }


def candidates(sought: Sought, name: str) -> dict[str, Any]:
    ids = sought.candidates.get(name)
    return {"candidates": ids} if ids else {}


def missing(reading: Reading, name: str, rows: list[int]) -> dict[str, Any]:
    shown = [reading.numbers[row] for row in rows[:ROWS]]
    return {"name": name, "rows": shown, "more": len(rows) - len(shown)}


def columns_of(found: Columns) -> dict[str, Any]:
    """What the preview shows of a file that is not read yet, since a person has to map it."""
    return {
        "columns": [column(report) for report in found.reports],
        "levels": [],
        "levels_guessed": False,
        "offices": [],
        "format": asdict(found.format),
        "mapping": found.mapping.to_toml(),
    }


def said(message: Message) -> dict[str, Any]:
    return {"code": message.code, "params": dict(message.params)}


def refusal(error: SheetError) -> dict[str, Any]:
    return {"error": said(error.message)}


def unsaid(kept: dict[str, Any]) -> Message:
    """The message that ``said`` was given."""
    return Message(kept["code"], tuple(sorted(kept["params"].items())))


def sentence(kept: dict[str, Any] | None) -> str:
    """A kept message in the reader's language; "" for none."""
    return describe(unsaid(kept), gettext) if kept else ""


def column(report: ColumnReport) -> dict[str, Any]:
    return {
        "header": report.header,
        "state": report.state,
        "field": report.field or "",
        "samples": list(report.samples),
        "reason": said(report.reason) if report.reason else None,
    }


def problem(one: RowProblem) -> dict[str, Any]:
    return {
        "row": one.row,
        "column": one.column,
        "value": one.value,
        "reason": said(one.reason),
    }
