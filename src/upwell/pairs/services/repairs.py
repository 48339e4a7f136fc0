"""Looking for new counterparts: asked for by a program manager, computed by the worker."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.delivery.jobs import enqueue
from upwell.pairs.models import Couple, MatchRun, Pair, Repair
from upwell.pairs.services.acting import check_acting, check_told
from upwell.pairs.services.choices import check_choosing
from upwell.pairs.services.earlier import with_earlier
from upwell.pairs.services.mending import find_options
from upwell.pairs.services.publication import check_not_asking
from upwell.pairs.services.rules import with_rules
from upwell.people.models import Person
from upwell.policy import Fault, Policy, PolicyError
from upwell.programs.models import Cohort, Program
from upwell.vault.errors import VaultError

COMPUTE = "upwell.pairs.services.compute_repair"
Report = Callable[[dict[str, Any]], None]


def start_repair(cohort: Cohort, *, by: Person) -> Repair:
    """Ask the worker for ways to find new counterparts in a cohort.

    Raises ValidationError where who acts may not, there was no pair yet, people are choosing or
    being asked about their pairs, or it is under way.
    """
    try:
        with transaction.atomic():
            Program.objects.select_for_update().get(pk=cohort.program_id)
            check_acting(cohort, by)
            check_told(cohort)
            check_undisturbed(cohort)
            check_repairable(cohort)
            repair = Repair.objects.create(cohort=cohort, started_by=by)
            repair.job = enqueue(COMPUTE, repair.pk, cluster="long")
            repair.save(update_fields=["job"])
            record("pairs.repair.started", by=by, on=repair)
            return repair
    except IntegrityError:
        raise under_way() from None


def check_undisturbed(cohort: Cohort) -> None:
    """Refuse while people choose, or are asked about their pairs: a repair would go around them."""
    check_choosing(cohort)
    check_not_asking(cohort)


def check_repairable(cohort: Cohort) -> None:
    if not Pair.objects.filter(cohort=cohort).exists():
        raise ValidationError(_("This cohort has no pairs yet, so there is nothing to repair."))
    if MatchRun.objects.filter(cohort=cohort, state=MatchRun.State.WAITING).exists():
        raise ValidationError(_("A run of this cohort is already under way."))
    if Repair.objects.filter(cohort=cohort, state=Repair.State.WAITING).exists():
        raise under_way()


def under_way() -> ValidationError:
    return ValidationError(_("New counterparts are being looked for already."))


def policy_of_repair(cohort: Cohort) -> Policy:
    """The policy of the published run, or of the program with what is decided by hand; and with all
    pairs that are former by now.

    Pairs that stayed after a preview may change like any other. A repair is for the best total,
    whatever the run was for.
    """
    run = MatchRun.objects.published().filter(cohort=cohort).first()
    if run is None:
        own = Program.objects.get(pk=cohort.program_id).policy
        policy, _fields = with_rules(cohort, own)
    else:
        policy = Policy.from_json(run.policy_json)
        former = policy.pairs.former[: len(policy.pairs.former) - run.earlier_added]
        pins = policy.pairs.pin[: len(policy.pairs.pin) - run.kept_added]
        pairs = policy.pairs.model_copy(update={"former": former, "pin": pins})
        policy = policy.model_copy(update={"pairs": pairs})
    policy, _added = with_earlier(cohort, policy)
    return policy.model_copy(update={"objective": "total"})


def standing_of(cohort: Cohort) -> list[int]:
    """The keys of the couples under way, whether or not somebody has left: what a repair is of."""
    couples = Couple.objects.under_way().filter(pair__cohort=cohort)
    return list(couples.order_by("pk").values_list("pk", flat=True))


def compute_repair(target: UUID | str, *, report: Report) -> None:
    """Compute a waiting repair and keep what it found, at once.

    Harmless when run twice or killed: only one that waits is computed, and until the end nothing is
    written. What people have asked for in private must be readable, as for a run.
    """
    repair = Repair.objects.select_related("cohort").filter(pk=target).first()
    if repair is None or repair.state != Repair.State.WAITING:
        return
    try:
        policy, standing = policy_of_repair(repair.cohort), standing_of(repair.cohort)
        options = find_options(repair.cohort, policy, report)
    except PolicyError as error:
        fail(repair, error.faults)
    except (VaultError, ValidationError):
        fail(repair, [Fault("sealed", "")])
    else:
        Repair.objects.filter(pk=repair.pk, state=Repair.State.WAITING).update(
            state=Repair.State.DONE,
            finished_at=timezone.now(),
            policy_json=policy.to_json(),
            standing=standing,
            options=options,
        )


def fail(repair: Repair, faults: Iterable[Fault]) -> None:
    kept = [{**asdict(fault), "params": dict(fault.params)} for fault in faults]
    Repair.objects.filter(pk=repair.pk, state=Repair.State.WAITING).update(
        state=Repair.State.FAILED, finished_at=timezone.now(), faults=kept
    )
