"""What was read of a file of pairs, kept as plain values until somebody confirms it.

Sentences are kept as codes and parameters, so that each reader gets them in their language.
"""

from dataclasses import asdict
from typing import Any

from upwell.pairs.services.import_plan import LeftOut, PairsPlan, Planned
from upwell.people.services.preview import PROBLEMS, column, problem
from upwell.sheets.messages import shorten
from upwell.sheets.pairs import PairRow, PairsReading

SHOWN = 200


def preview_of(reading: PairsReading, plan: PairsPlan) -> dict[str, Any]:
    """Everything that the preview page shows, ready for JSON."""
    return {
        "rows": reading.rows,
        "digest": plan.digest,
        "format": asdict(reading.format),
        "columns": [column(report) for report in reading.columns],
        "problems": [problem(one) for one in reading.problems[:PROBLEMS]],
        "problem_count": reading.problem_count,
        "continuing": [shown(one) for one in plan.continuing[:SHOWN]],
        "earlier": [shown(one) for one in plan.earlier[:SHOWN]],
        "left_out": [left_out(one) for one in plan.left_out[:SHOWN]],
    }


def counts_of(reading: PairsReading, plan: PairsPlan) -> dict[str, int]:
    """Those of the plan, and ``needing``: the rows that somebody should look at.

    Of very many that cannot be read wholly, those that were kept.
    """
    left = {one.row.number for one in plan.left_out if one.why != "already"}
    return plan.counts | {"needing": len(left | {one.row for one in reading.problems})}


def shown(one: Planned) -> dict[str, Any]:
    return {
        "row": one.row.number,
        "mentor": one.mentor.name,
        "mentee": one.mentee.name,
        **days(one.row),
    }


def days(row: PairRow) -> dict[str, Any]:
    spans = {"since": row.since, "until": row.until}
    return {name: day.isoformat() if day else "" for name, day in spans.items()}


def left_out(one: LeftOut) -> dict[str, Any]:
    return {
        "row": one.row.number,
        "mentor": shorten(one.row.mentor),
        "mentee": shorten(one.row.mentee),
        "why": one.why,
        "who": shorten(one.who),
    }
