"""What was read of a file, kept as plain values until somebody confirms the import.

Sentences are kept as their code and parameters, so that each reader gets them in their language.
"""

from dataclasses import asdict
from typing import Any

from upwell.people.services.difference import Difference
from upwell.sheets import ColumnReport, Message, Reading, RowProblem, SheetError

PROBLEMS = 50
NAMES = 20
OFFICES = 40


def preview_of(reading: Reading, difference: Difference) -> dict[str, Any]:
    """Everything that the preview page shows, ready for JSON."""
    return {
        "rows": reading.rows,
        "people": len(reading.people),
        "left": reading.left,
        "columns": [column(report) for report in reading.columns],
        "notices": [said(notice) for notice in reading.notices],
        "problems": [problem(one) for one in reading.problems[:PROBLEMS]],
        "problem_count": reading.problem_count,
        "levels": list(reading.people.level_order),
        "levels_guessed": reading.level_order_guessed,
        "offices": list(reading.unknown_offices[:OFFICES]),
        "format": asdict(reading.format),
        "mapping": reading.mapping.to_toml(),
        "leaving": sorted(difference.leaving.values())[:NAMES],
    }


def said(message: Message) -> dict[str, Any]:
    return {"code": message.code, "params": dict(message.params)}


def refusal(error: SheetError) -> dict[str, Any]:
    return {"error": said(error.message)}


def unsaid(kept: dict[str, Any]) -> Message:
    """The message that ``said`` was given."""
    return Message(kept["code"], tuple(sorted(kept["params"].items())))


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
