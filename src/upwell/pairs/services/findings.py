"""What is worked out about a run once it has its result, so that no page has to wait for it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any, get_args
from uuid import UUID

import numpy as np
from django.db.models import Q
from django.utils import timezone

from upwell.delivery.jobs import enqueue
from upwell.delivery.models import Job
from upwell.matching.criteria import Ints
from upwell.matching.solve import solve
from upwell.matching.stored import Kept
from upwell.pairs.models import MatchRun, RunFindings
from upwell.pairs.models.findings import FIND
from upwell.pairs.models.runs import MatchRunQuerySet
from upwell.pairs.services.inputs import Inputs, unpack
from upwell.policy import Compiled, Policy, compile_problem
from upwell.policy.fairness import Side, Standing, standings
from upwell.policy.remedies import Remedy, remedies

AGAIN_AFTER = timedelta(days=1)
Report = Callable[[dict[str, Any]], None]


def ask_for_findings(run: MatchRun) -> None:
    """In the transaction that keeps the result of the run."""
    enqueue(FIND, run.pk, cluster="long")


def ask_for_findings_again() -> None:
    """For runs that have none, such as those from before there were any; at most once a day each.

    Called on each tick of a worker.
    """
    asked = Job.objects.filter(service=FIND).filter(
        Q(created_at__gt=timezone.now() - AGAIN_AFTER)
        | Q(state__in=(Job.State.WAITING, Job.State.RUNNING))
    )
    lately = {*asked.values_list("target", flat=True)}
    for pk in without_findings().exclude(inputs=b"").values_list("pk", flat=True):
        if str(pk) not in lately:
            enqueue(FIND, pk, cluster="long")


def without_findings() -> MatchRunQuerySet:
    return MatchRun.objects.filter(state=MatchRun.State.DONE, findings__isnull=True)


def find_more(target: UUID | str, *, report: Report) -> None:
    """Work out and keep what the pages of a run tell besides its result.

    From its stored inputs alone, and without what anybody asked for in private. Harmless when run
    twice, or once the inputs are gone.
    """
    run = without_findings().filter(pk=target).exclude(inputs=b"").first()
    if run is None:
        return
    policy, inputs = Policy.from_json(run.policy_json), unpack(bytes(run.inputs))
    report({"step": "compiling", "people": len(inputs.people)})
    compiled = compile_problem(policy, inputs.people)
    kept = best_of_open(compiled)
    report({"step": "explaining"})
    found = RunFindings(
        run=run,
        remedies=[told(one) for one in remedies(policy, inputs.people)] if is_short(run) else [],
        standings=standings_of(compiled, pairs_of(run, inputs, kept)),
        arrays=kept.to_bytes(),
        enrollments=b"".join(places_of(inputs.enrollments, kept)),
    )
    RunFindings.objects.bulk_create([found], ignore_conflicts=True)


def best_of_open(compiled: Compiled) -> Kept:
    """The best that what is open allows, whatever was asked for in private."""
    problem, objective = compiled.opened(), compiled.policy.objective
    result = solve(problem, objective=objective)
    return Kept.of(problem, result.pairs, None if objective == "stable" else result.certificate)


def is_short(run: MatchRun) -> bool:
    """Whether somebody who could be placed is not: then it is worth looking for remedies."""
    return run.unplaced.exclude(why__in=("left", "level", "no_seat")).exists()


def told(one: Remedy) -> dict[str, Any]:
    return {"section": one.section, "key": one.key, "value": one.value, "more": asdict(one.more)}


def standings_of(compiled: Compiled, pairs: Ints) -> dict[str, list[dict[str, Any]]]:
    breakdown = compiled.policy.privacy.breakdown
    found: Mapping[Side, Iterable[Standing]] = {
        side: standings(compiled, pairs, breakdown, side) for side in get_args(Side)
    }
    return {side: [asdict(one) for one in blocks] for side, blocks in found.items()}


def pairs_of(run: MatchRun, inputs: Inputs, kept: Kept) -> Ints:
    """The pairs of the run by index in the problem."""
    ids = {pk: person for person, pk in inputs.enrollments.items()}
    sides = (kept.problem.mentors, kept.problem.mentees)
    at = [{person: index for index, person in enumerate(side)} for side in sides]
    rows = run.proposals.order_by("pk").values_list("mentor", "mentee")
    found = [(at[0][ids[mentor]], at[1][ids[mentee]]) for mentor, mentee in rows]
    return np.array(found, np.int64).reshape(-1, 2)


def places_of(enrollments: Mapping[str, UUID], kept: Kept) -> list[bytes]:
    return [enrollments[one].bytes for one in (*kept.problem.mentors, *kept.problem.mentees)]
