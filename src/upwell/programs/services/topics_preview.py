"""What was read of a file of topics, kept as plain values until somebody confirms it.

Sentences are kept as codes and parameters, so that each reader gets them in their language.
"""

from dataclasses import asdict
from typing import Any

from upwell.people.services.preview import PROBLEMS, column, problem, said
from upwell.programs.services.topics_file import FIELDS, LeftOut
from upwell.programs.services.topics_plan import TopicsPlan
from upwell.sheets import ColumnReport, Reading
from upwell.sheets.messages import shorten

SHOWN = 200


def read_as(reading: Reading, refused: str = "") -> dict[str, Any]:
    """How the file was read, without what it would change; ``refused`` is the code of why not."""
    return {
        "refused": refused,
        "rows": reading.rows,
        "columns": [column_here(report) for report in reading.columns],
        "notices": [said(notice) for notice in reading.notices],
        "problems": [problem(one) for one in reading.problems[:PROBLEMS]],
        "problem_count": reading.problem_count,
        "format": asdict(reading.format),
        "mapping": reading.mapping.to_toml(),
    }


def column_here(report: ColumnReport) -> dict[str, Any]:
    """A column for another field of the directory is not read here."""
    shown = column(report)
    is_read = report.field in FIELDS
    return shown if is_read or report.state == "refused" else shown | {"field": "", "samples": []}


def preview_of(reading: Reading, plan: TopicsPlan) -> dict[str, Any]:
    """Everything that the preview page shows, ready for JSON."""
    return read_as(reading) | {
        "left_out": [left_out(one) for one in plan.left_out[:SHOWN]],
        "filed": [asdict(one) for one in plan.filed[:SHOWN]],
    }


def left_out(one: LeftOut) -> dict[str, Any]:
    row = one.row
    return {
        "row": row.number,
        "id": shorten(row.id),
        "name": shorten(row.name),
        "email": shorten(row.email),
        "why": one.why,
    }
