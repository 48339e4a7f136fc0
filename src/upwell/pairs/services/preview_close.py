"""The end of a preview: the run stands, or another one follows that changes the fewest pairs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from upwell.audit.services import record
from upwell.core.links import absolute_url
from upwell.delivery.jobs import enqueue
from upwell.delivery.models import Job
from upwell.delivery.services import post
from upwell.pairs.models import MatchRun, Preview
from upwell.pairs.services.acting import managers_of
from upwell.pairs.services.blocks import blocked_couples
from upwell.pairs.services.current import check_complete, current_proposals
from upwell.people.models import Directory, Person
from upwell.programs.models import Program
from upwell.programs.services.table import told

CLOSE = "upwell.pairs.services.close_preview"
COMPUTE = "upwell.pairs.services.compute_run"
AGAIN_AFTER = timedelta(hours=1)
ATTEMPTS = 5
Report = Callable[[dict[str, Any]], None]


def close_previews() -> None:
    """Ask for the close of previews whose time is over; called on each tick of a worker."""
    now = timezone.now()
    for pk in Preview.objects.open().filter(closes_at__lte=now).values_list("pk", flat=True):
        lately = Job.objects.filter(service=CLOSE, target=str(pk), created_at__gt=now - AGAIN_AFTER)
        if not lately.exists():
            enqueue(CLOSE, pk)


def close_preview(target: UUID | str, *, report: Report) -> None:
    """End a preview whose time is over; harmless when run twice, and before its time.

    Where a pair of its run may not be made any more, for whatever reason, another run is asked for
    that keeps the others. Those who manage the cohort are told that it is over, and no more. Raises
    VaultError where private requests cannot be read: it stays open, and is tried again.
    """
    rows = Preview.objects.open().filter(pk=target, closes_at__lte=timezone.now())
    preview = rows.select_related("run__cohort__program", "opened_by").first()
    if preview is None:
        return
    for _attempt in range(ATTEMPTS):
        revision, _columns = told()
        if settle(preview, revision, stands=does_stand(preview.run)):
            return
    raise RuntimeError("the directory kept changing while a preview was closed")


def does_stand(run: MatchRun) -> bool:
    """Whether every pair of the run can still be made, and nobody has come since."""
    blocked_couples(run.cohort)
    try:
        current_proposals(run)
        check_complete(run)
    except ValidationError:
        return False
    return True


def settle(preview: Preview, revision: int, *, stands: bool) -> bool:
    """Write the end down; False where the directory has changed since it was looked at.

    The preview is locked before the directory, as by whoever says something in it.
    """
    with transaction.atomic():
        Program.objects.select_for_update().get(pk=preview.cohort.program_id)
        still_open = Preview.objects.open().filter(pk=preview.pk)
        if still_open.select_for_update().first() is None:
            return True
        row = Directory.objects.select_for_update().filter(pk=1).first()
        if (row.revision if row else 0) != revision:
            return False
        still_open.update(state=Preview.State.CLOSED)
        run = preview.run if stands else run_that_follows(preview.run, preview.opened_by)
        tell_managers(preview, run)
        record("pairs.preview.closed", by=None, on=preview.run)
    return True


def run_that_follows(run: MatchRun, by: Person) -> MatchRun:
    """One under the policy of the run before, whose pairs it keeps where it can."""
    last = run.cohort.runs.aggregate(last=Max("number"))["last"]
    following = MatchRun.objects.create(
        cohort=run.cohort,
        number=last + 1,
        policy_json=run.policy_json,
        earlier_added=run.earlier_added,
        follows=run,
        kept_added=run.kept_added,
        name=run.name,
        has_other_rules=run.has_other_rules,
        couple_rules=run.couple_rules,
        pins_added=run.pins_added,
        bans_added=run.bans_added,
        is_ranked=run.is_ranked,
        read_on=timezone.localdate(),
        started_by=by,
    )
    following.job = enqueue(COMPUTE, following.pk, cluster="long")
    following.save(update_fields=["job"])
    record("pairs.run.started", by=None, on=following)
    return following


def tell_managers(preview: Preview, run: MatchRun) -> None:
    for person in managers_of(preview.cohort):
        post(
            "pairs/mail/preview_closed",
            to=person,
            context={
                "program": preview.cohort.program.name,
                "cohort": preview.cohort.name,
                "is_followed": run.pk != preview.run_id,
                "href": absolute_url(run.get_absolute_url()),
            },
            once=f"preview-closed:{preview.pk}:{person.pk}",
        )
