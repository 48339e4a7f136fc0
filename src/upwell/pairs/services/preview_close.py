"""The end of a preview: the run stands, or another one follows that changes the fewest pairs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.core.links import absolute_url
from upwell.delivery.jobs import enqueue
from upwell.delivery.models import Job
from upwell.delivery.services import post
from upwell.pairs.models import MatchRun, Preview
from upwell.pairs.queries import newcomers, own_policy
from upwell.pairs.services.acting import check_acting, managers_of
from upwell.pairs.services.blocks import blocked_couples
from upwell.pairs.services.choices import check_choosing
from upwell.pairs.services.current import current_proposals
from upwell.pairs.services.given_up import fail_given_up
from upwell.pairs.services.runs import check_runs, check_sides, policy_of_run
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
        has_joined = newcomers(preview.run).exists()
        stands = does_stand(preview.run) and not has_joined
        if settle(preview, revision, stands=stands, has_joined=has_joined):
            return
    raise RuntimeError("the directory kept changing while a preview was closed")


def does_stand(run: MatchRun) -> bool:
    """Whether every pair of the run can still be made."""
    blocked_couples(run.cohort)
    try:
        current_proposals(run)
    except ValidationError:
        return False
    return True


def settle(preview: Preview, revision: int, *, stands: bool, has_joined: bool) -> bool:
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
        tell_managers(preview, run, has_joined=has_joined)
        record("pairs.preview.closed", by=None, on=preview.run)
    return True


def run_that_follows(run: MatchRun, started_by: Person) -> MatchRun:
    """One under the policy of the run before, whose pairs it keeps where it can."""
    fields = ("policy_json", "earlier_added", "kept_added", "couple_rules")
    counts = ("pins_added", "bans_added")
    policy = {name: getattr(run, name) for name in (*fields, *counts)}
    return follow(run, policy, started_by, by=None)


def follow(
    run: MatchRun, policy: dict[str, Any], started_by: Person, *, by: Person | None
) -> MatchRun:
    last = run.cohort.runs.aggregate(last=Max("number"))["last"]
    following = MatchRun.objects.create(
        cohort=run.cohort,
        number=last + 1,
        **policy,
        follows=run,
        name=run.name,
        has_other_rules=run.has_other_rules,
        is_ranked=run.is_ranked,
        read_on=timezone.localdate(),
        started_by=started_by,
    )
    following.job = enqueue(COMPUTE, following.pk, cluster="long")
    following.save(update_fields=["job"])
    record("pairs.run.started", by=by, on=following)
    return following


def follow_again(run: MatchRun, *, by: Person) -> MatchRun:
    """Ask once more for the run that was to follow and failed, with what is decided by hand now.

    Raises ValidationError as ``start_run`` does, and where none has failed.
    """
    try:
        with transaction.atomic():
            Program.objects.select_for_update().get(pk=run.cohort.program_id)
            check_acting(run.cohort, by)
            own = own_policy(run)
            check_sides(run.cohort, own)
            fail_given_up(run.cohort)
            check_runs(run.cohort)
            check_choosing(run.cohort)
            if run.followers.exclude(state=MatchRun.State.FAILED).exists() or not run.is_followed:
                raise ValidationError(_("No run that was to follow this one has failed."))
            return follow(run, policy_of_run(run.cohort, own), by, by=by)
    except IntegrityError:
        raise ValidationError(_("A run of this cohort is already under way.")) from None


def tell_managers(preview: Preview, run: MatchRun, *, has_joined: bool) -> None:
    """Where people have joined, another run follows whatever was said, and nothing else is told."""
    for person in managers_of(preview.cohort):
        post(
            "pairs/mail/preview_closed",
            to=person,
            context={
                "program": preview.cohort.program.name,
                "cohort": preview.cohort.name,
                "is_followed": run.pk != preview.run_id,
                "has_joined": has_joined,
                "href": absolute_url(run.get_absolute_url()),
            },
            once=f"preview-closed:{preview.pk}:{person.pk}",
        )
