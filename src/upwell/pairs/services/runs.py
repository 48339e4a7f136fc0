"""Match runs: started by a program manager, computed by the worker."""

import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.delivery.jobs import enqueue
from upwell.pairs.models import MatchRun
from upwell.pairs.queries import full_enrollments, held_places
from upwell.pairs.services.acting import check_acting
from upwell.pairs.services.choices import check_choosing, was_ranked
from upwell.pairs.services.earlier import with_earlier
from upwell.pairs.services.following import policy_that_follows, without_kept
from upwell.pairs.services.given_up import fail_given_up
from upwell.pairs.services.pins import PinError, with_fitting_pins
from upwell.pairs.services.private import private_requests
from upwell.pairs.services.publication import check_not_asking
from upwell.pairs.services.results import UnprovenError, find, keep
from upwell.pairs.services.rules import with_rules
from upwell.people.models import Person
from upwell.policy import Fault, Policy, PolicyError, compile_problem
from upwell.programs.models import Cohort, Opening, Program
from upwell.programs.services import check_gate
from upwell.programs.services.table import read_table
from upwell.vault.errors import VaultError

ATTEMPTS = 5
Report = Callable[[dict[str, Any]], None]


def start_run(
    cohort: Cohort, *, by: Person, policy: Policy | None = None, name: str = ""
) -> MatchRun:
    """Ask the worker for a run under the program's policy as it stands, with its earlier pairs.

    With another ``policy``, that one counts, for this run alone. Raises ValidationError where who
    acts may not, the match has not been opened, a side is empty, another run of the cohort is under
    way, or one is published.
    """
    try:
        with transaction.atomic():
            program = Program.objects.select_for_update().get(pk=cohort.program_id)
            check_acting(cohort, by)
            check_gate(cohort, Opening.Gate.MATCH)
            check_sides(cohort, policy or program.policy)
            fail_given_up(cohort)
            check_runs(cohort)
            check_choosing(cohort)
            return new_run(cohort, program, by, policy=policy, name=name)
    except IntegrityError:
        raise ValidationError(_("A run of this cohort is already under way.")) from None


def new_run(
    cohort: Cohort, program: Program, by: Person, *, policy: Policy | None, name: str
) -> MatchRun:
    last = cohort.runs.aggregate(last=Max("number"))["last"] or 0
    own = policy or program.policy
    run = MatchRun.objects.create(
        cohort=cohort,
        number=last + 1,
        name=name,
        has_other_rules=own.pairing_json() != program.policy.pairing_json(),
        is_ranked=was_ranked(cohort),
        **policy_of_run(cohort, own),
        read_on=timezone.localdate(),
        started_by=by,
    )
    run.job = enqueue("upwell.pairs.services.compute_run", run.pk, cluster="long")
    run.save(update_fields=["job"])
    record("pairs.run.started", by=by, on=run)
    return run


def policy_of_run(cohort: Cohort, own: Policy) -> dict[str, Any]:
    """What a run is to know of its policy: with earlier pairs, and what was decided by hand."""
    policy, earlier = with_earlier(cohort, own)
    policy, fields = with_rules(cohort, policy)
    return {"policy_json": policy.to_json(), "earlier_added": earlier, **fields}


def check_sides(cohort: Cohort, policy: Policy) -> None:
    present = cohort.enrollments.enrolled().filter(person__is_active=True)
    if not present.mentors().exists():
        raise ValidationError(_("No mentor has said yet that they take part in this cohort."))
    if not present.mentees().exists():
        raise ValidationError(_("No mentee has said yet that they take part in this cohort."))
    able = present.exclude(pk__in=full_enrollments(cohort, policy).values("pk"))
    if not (able.mentors().exists() and able.mentees().exists()):
        raise ValidationError(
            _("Everybody on one side has a pair that continues, so there is nobody to match.")
        )


def check_runs(cohort: Cohort) -> None:
    if cohort.runs.published().exists():
        raise ValidationError(_("The pairs of this cohort are already published."))
    if cohort.runs.filter(state=MatchRun.State.WAITING).exists():
        raise ValidationError(_("A run of this cohort is already under way."))
    check_not_asking(cohort)


def compute_run(target: UUID | str, *, report: Report) -> None:
    """Compute a waiting run, prove its result and keep it in one transaction.

    Harmless when run twice or killed: only a run that waits is computed, and until the end nothing
    is written. A policy that does not fit the people fails the run, and so do private requests that
    cannot be read, or not be kept sealed with it: without them it would bring together who must be
    kept apart.
    """
    run = MatchRun.objects.select_related("cohort").filter(pk=target).first()
    if run is None or run.state != MatchRun.State.WAITING:
        return
    try:
        compute(run, Policy.from_json(run.policy_json), report)
    except (PolicyError, PinError) as error:
        fail(run, error.faults)
    except UnprovenError:
        fail(run, [Fault("not_proven", "")])
    except (VaultError, ValidationError):
        fail(run, [Fault("sealed", "")])


def compute(run: MatchRun, policy: Policy, report: Report) -> None:
    policy, pins = without_kept(run, policy), run.pins_added
    for _attempt in range(ATTEMPTS):
        started = time.monotonic()
        table = read_table(run.cohort, policy, held=held_places(run.cohort))
        report({"step": "compiling", "people": len(table.people)})
        asked = private_requests(run.cohort, policy, is_ranked=run.is_ranked)
        fitting = with_fitting_pins(run, policy, pins, table, asked.requests)
        followed = policy_that_follows(run, fitting, table, asked)
        compiled = compile_problem(followed, table.people, asked.requests)
        found = find(compiled, run.read_on, report, started)
        run.policy_json = followed.to_json()
        if keep(run, table, found, asked):
            return
    raise RuntimeError(f"people kept leaving cohort {run.cohort_id} while run {run.pk} was made")


def fail(run: MatchRun, faults: Iterable[Fault]) -> None:
    kept = [{**asdict(fault), "params": dict(fault.params)} for fault in faults]
    MatchRun.objects.filter(pk=run.pk, state=MatchRun.State.WAITING).update(
        state=MatchRun.State.FAILED, finished_at=timezone.now(), faults=kept
    )
