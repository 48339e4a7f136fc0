"""From a problem to its proven result, and from indices back to rows."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from upwell.matching.document import check, document
from upwell.matching.explain import Unmatched, unmatched
from upwell.matching.run import Progress
from upwell.matching.solve import Result, solve
from upwell.pairs.models import MatchRun, Proposal, RunShare, Unplaced
from upwell.pairs.services.findings import ask_for_findings
from upwell.pairs.services.inputs import pack
from upwell.pairs.services.private import Asked, PrivatePart, handed_out, seal_part
from upwell.policy import Compiled
from upwell.policy.phrases import quality, shown_rules
from upwell.policy.reasons import reasons
from upwell.policy.rules import PRIVATE
from upwell.programs.models import Program
from upwell.programs.services.table import CohortTable

BATCH = 1_000
WHOLE_ONLY = ("bound", "floor", "price")
"""Figures that say something of all points or nothing."""


@dataclass(frozen=True, eq=False)
class Found:
    """A proven result. ``proposals`` and ``unplaced`` are fields by id in the problem."""

    compiled: Compiled
    certificate: dict[str, Any]
    figures: dict[str, Any]
    proposals: list[dict[str, Any]]
    unplaced: list[Unmatched]


class UnprovenError(Exception):
    """A result whose own certificate does not verify."""


def find(
    compiled: Compiled, read_on: date, report: Callable[[dict[str, Any]], None], started: float
) -> Found:
    """Solve and prove at once. Raises UnprovenError where the certificate does not hold."""
    problem, stated = compiled.problem, compiled.stated(read_on)

    def tell(step: Progress) -> None:
        told = {"pass": step.passes, "pairs": step.pairs, "gap": step.gap, "aim": step.aim}
        is_untold = compiled.is_partly_told and step.gap is not None
        report({"step": "matching", **told} | ({"gap": None, "aim": "untold"} if is_untold else {}))

    objective = compiled.policy.objective
    result = solve(problem, objective=objective, on_progress=tell)
    report({"step": "proving", "pass": result.passes, "pairs": len(result.pairs), "gap": 0})
    body = json.loads(json.dumps(document(problem, result, stated), ensure_ascii=False))
    _, faults = check(body, problem, stated, objective=objective)
    if faults:
        raise UnprovenError(faults)
    report({"step": "explaining", "pass": result.passes, "pairs": len(result.pairs), "gap": 0})
    proposals = list(proposed(compiled, result))
    left_out = list(unmatched(problem, result, untold=frozenset({PRIVATE})))
    numbers = figures(compiled, result, proposals, time.monotonic() - started)
    return Found(compiled, body, numbers, proposals, left_out)


def proposed(compiled: Compiled, result: Result) -> Iterator[dict[str, Any]]:
    problem = compiled.problem
    scores = compiled.open_scores(result.pairs, result.scores)
    for (mentor, mentee), score in zip(result.pairs.tolist(), scores.tolist(), strict=True):
        yield {
            "mentor": problem.mentors[mentor],
            "mentee": problem.mentees[mentee],
            "score": score,
            "quality": quality(score, compiled),
            "reasons": [reason.to_json() for reason in reasons(compiled, mentor, mentee)],
        }


def figures(
    compiled: Compiled, result: Result, proposals: list[dict[str, Any]], seconds: float
) -> dict[str, Any]:
    """The numbers of a run. Values, bounds, the floor and its price are in points.

    Nothing that counts over the allowed pairs is among them: it would change with each couple kept
    apart in private. Where a part of the points is told to nobody, the value is that of the rest.
    """
    problem, how_good = compiled.problem, Counter(row["quality"] for row in proposals)
    return {
        "pairs": len(proposals),
        **{name: how_good[name] for name in Proposal.Quality.values},
        "mentors": len(problem.mentors),
        "mentees": len(problem.mentees),
        **totals(compiled, result),
        "pairs_bound": result.pairs_bound,
        "objective": result.objective,
        "full_score": compiled.full_score,
        "not_checked": list(compiled.not_checked),
        "unknown": dict(compiled.unknown),
        "reporting_lines_unknown": compiled.reporting_lines_unknown,
        "unknown_couples": compiled.unknown_couples,
        "guessed": list(compiled.guessed),
        "not_used": list(compiled.not_used),
        "seconds": round(seconds, 2),
    }


def totals(compiled: Compiled, result: Result) -> dict[str, int | None]:
    """In points; where a part of them is told to nobody, what is left to tell.

    The gap is then 1 for any at all, and bound, floor and price are None: held against the pairs,
    they would tell how different somebody is.
    """
    if compiled.is_partly_told:
        value = int(compiled.open_scores(result.pairs, result.scores).sum())
        return {"value": value, "gap": min(1, result.gap), **dict.fromkeys(WHOLE_ONLY)}
    return {"value": result.value, "gap": result.gap} | {
        name: getattr(result, name) for name in WHOLE_ONLY
    }


def keep(run: MatchRun, table: CohortTable, found: Found, asked: Asked) -> bool:
    """Write everything a run found, all of it or nothing.

    False where somebody has been taken out of the cohort meanwhile, so that it is to be computed
    again. A run that does not wait any more is left alone. The whole certificate is sealed for
    every run, so that nobody can tell from it whether anything was asked for in private.
    """
    inputs, shown = pack(table), handed_out(found.certificate, found.figures["value"])
    shares = seal_part(run, PrivatePart(asked.requests, found.certificate), asked.askers)
    with transaction.atomic():
        Program.objects.select_for_update().get(pk=run.cohort.program_id)
        there = set(run.cohort.enrollments.values_list("pk", flat=True))
        if not there.issuperset((*table.enrollments.values(), *table.left)):
            return False
        changed = MatchRun.objects.filter(pk=run.pk, state=MatchRun.State.WAITING).update(
            state=MatchRun.State.DONE,
            finished_at=timezone.now(),
            inputs=inputs,
            certificate=json.dumps(shown, ensure_ascii=False),
            policy_json=run.policy_json,
            pins_added=run.pins_added,
            private_part=run.private_part,
            kept_added=run.kept_added,
            problem_digest=shown["problem_digest"],
            figures=found.figures,
        )
        if changed:
            RunShare.objects.bulk_create(shares, batch_size=BATCH)
            Proposal.objects.bulk_create(proposal_rows(run, table, found), batch_size=BATCH)
            Unplaced.objects.bulk_create(unplaced_rows(run, table, found), batch_size=BATCH)
            ask_for_findings(run)
    return True


def proposal_rows(run: MatchRun, table: CohortTable, found: Found) -> Iterator[Proposal]:
    at = table.enrollments
    for row in found.proposals:
        sides = {"mentor_id": at[row["mentor"]], "mentee_id": at[row["mentee"]]}
        kept = {name: row[name] for name in ("score", "quality", "reasons")}
        yield Proposal(run=run, **sides, **kept)


def unplaced_rows(run: MatchRun, table: CohortTable, found: Found) -> Iterator[Unplaced]:
    """Those without a counterpart, then those whom the problem does not have."""
    problem, at = found.compiled.problem, table.enrollments
    for who in found.unplaced:
        side = problem.mentors if who.role == "mentor" else problem.mentees
        yield Unplaced(
            run=run,
            enrollment_id=at[side[who.index]],
            why=who.why,
            rules=shown_rules(who.rules),
        )
    outside = at.keys() - {*problem.mentors, *problem.mentees}
    for enrollment in sorted(at[person] for person in outside):
        yield Unplaced(run=run, enrollment_id=enrollment, why="level")
    for enrollment in table.left:
        yield Unplaced(run=run, enrollment_id=enrollment, why="left")
