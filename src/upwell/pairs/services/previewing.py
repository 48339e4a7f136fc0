"""Asking both sides first: the pairs of a run are shown to them before anything is settled."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.delivery.models import OutboxMessage
from upwell.delivery.services import post_many, withdraw
from upwell.pairs.models import BlockList, MatchRun, Preview, Proposal
from upwell.pairs.services.acting import check_acting
from upwell.pairs.services.blocks import empty_lists, keep_from, let_be
from upwell.pairs.services.current import check_complete, current_proposals
from upwell.pairs.services.preview_messages import PREVIEW, messages_back, messages_of_preview
from upwell.pairs.services.publication import (
    ATTEMPTS,
    OutdatedError,
    changing,
    check_free,
    hold_still,
)
from upwell.people.models import Person, PersonQuerySet
from upwell.programs.models import Program
from upwell.programs.services.table import told

BATCH = 500


def open_preview(run: MatchRun, *, by: Person) -> Preview:
    """Show everybody in a pair of the run their counterpart, and ask.

    Everybody gets a private list, so that having one tells nothing. Raises ValidationError where
    the run cannot be published, was shown before, or another one is computed or shown; VaultError
    where lists cannot be read.
    """
    check_acting(run.cohort, by)
    check_free(run)
    check_unasked(run)
    for _attempt in range(ATTEMPTS):
        try:
            return opened(run, by)
        except OutdatedError:
            continue
        except IntegrityError:
            raise under_way() from None
    raise changing()


def check_unasked(run: MatchRun) -> None:
    if Preview.objects.filter(run=run).exists():
        raise ValidationError(
            _("Both sides of this run have been asked before. Publish it, or start another run.")
        )
    if run.cohort.runs.filter(state=MatchRun.State.WAITING).exists():
        raise ValidationError(_("A run of this cohort is already under way."))


def under_way() -> ValidationError:
    return ValidationError(_("Both sides are being asked about another run of this cohort."))


def opened(run: MatchRun, by: Person) -> Preview:
    """Everything is made ready before anything is locked. Raises OutdatedError to be called again.

    A person who is in two pairs has a message for each.
    """
    revision, _columns = told()
    proposals = current_proposals(run)
    check_complete(run)
    now = timezone.now()
    hours = run.cohort.program.policy.preview_hours
    preview = Preview(
        cohort=run.cohort,
        run=run,
        opened_by=by,
        opened_at=now,
        closes_at=now + timedelta(hours=hours),
    )
    people = {side.person_id for row in proposals for side in (row.mentor, row.mentee)}
    lists = empty_lists(people)
    messages = messages_of_preview(preview, proposals)
    with transaction.atomic():
        hold_still(run, count=len(proposals), revision=revision)
        check_acting(run.cohort, by)
        check_free(run)
        check_unasked(run)
        preview.save(force_insert=True)
        BlockList.objects.bulk_create(lists, batch_size=BATCH, ignore_conflicts=True)
        post_many(messages)
        record("pairs.preview.opened", by=by, on=run, facts={"pairs": len(proposals)})
    return preview


@transaction.atomic
def ask_for_another(preview: Preview, proposal: Proposal, *, by: Person) -> None:
    """Say "someone else, please": kept on one's own private list, and nowhere else.

    Raises ValidationError where the time is over or there is no room on the list; VaultError
    where the list cannot be read.
    """
    hold_open(preview)
    keep_from(by, counterpart_of(proposal, by))


@transaction.atomic
def take_word_back(preview: Preview, proposal: Proposal, *, by: Person) -> None:
    """Be content with a counterpart after all. Raises as ``ask_for_another`` does."""
    hold_open(preview)
    let_be(by, counterpart_of(proposal, by))


def counterpart_of(proposal: Proposal, person: Person) -> Person:
    is_mentor = proposal.mentor.person_id == person.pk
    return proposal.mentee.person if is_mentor else proposal.mentor.person


def hold_open(preview: Preview) -> None:
    """Of a word and the close of its preview, one comes first."""
    if not Preview.objects.select_for_update().get(pk=preview.pk).is_open:
        raise ValidationError(_("The time to say so is over. You hear by e-mail what comes of it."))


@transaction.atomic
def take_preview_back(preview: Preview, *, by: Person) -> None:
    """End a preview without a result; whoever was told of it is told so, and nobody is paired.

    What somebody has asked for stays on their list. Raises ValidationError where who acts may not,
    or it is over.
    """
    Program.objects.select_for_update().get(pk=preview.cohort.program_id)
    check_acting(preview.cohort, by)
    changed = Preview.objects.open().filter(pk=preview.pk)
    if not changed.update(state=Preview.State.TAKEN_BACK):
        raise ValidationError(_("This preview is over, so there is nothing to take back."))
    withdraw(f"{PREVIEW}{preview.pk}:")
    post_many(messages_back(preview, people_told(preview)))
    record("pairs.preview.taken_back", by=by, on=preview.run)


def people_told(preview: Preview) -> PersonQuerySet:
    """Those whose message has gone, or is going: it still has its key."""
    sent = OutboxMessage.objects.filter(once_key__startswith=f"{PREVIEW}{preview.pk}:")
    found: PersonQuerySet = Person.objects.active().filter(pk__in=sent.order_by().values("person"))
    return found.order_by("pk")
