"""Publishing a run: pairs, places and messages for everybody, in one act."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.delivery.models import OutboxMessage
from upwell.delivery.services import post_many
from upwell.pairs.models import Couple, MatchRun, Member, Pair, Proposal
from upwell.pairs.queries import superseded
from upwell.pairs.queries.room import held_places
from upwell.pairs.services.acting import check_acting
from upwell.pairs.services.choices import check_choosing, forget_told_choices
from upwell.pairs.services.current import check_complete, current_proposals, withdrawn
from upwell.pairs.services.messages import messages_of, messages_of_rest
from upwell.pairs.services.preview_messages import until
from upwell.people.models import Directory, Person
from upwell.policy import Policy
from upwell.policy.reasons import Reason, for_participants
from upwell.programs.models import Cohort, Enrollment, Place, Program
from upwell.programs.queries import default_capacity
from upwell.programs.services.places import keep_places
from upwell.programs.services.table import told
from upwell.vault.services import seal

SHORTEST_REASON = 10
ATTEMPTS = 3
BATCH = 1_000


@dataclass(frozen=True, eq=False)
class Prepared:
    """Everything that is to be written, made from one revision of the directory."""

    revision: int
    told_from: datetime
    proposals: Sequence[Proposal]
    pairs: Sequence[Pair]
    messages: Sequence[OutboxMessage]


class OutdatedError(Exception):
    """The directory has changed since it was looked at."""


def publish_run(run: MatchRun, *, reason: str = "", by: Person) -> None:
    """Make the pairs of a run real and tell everybody, all of it or nothing.

    Nobody is told, and no pair seen by its members, before the time in which it can be stopped is
    over. Raises ValidationError where the run has no result, its cohort has a published one, both
    sides are being asked, who acts may not, the people have changed, or rules could not be checked
    and no ``reason`` is given. The reason is sealed.
    """
    check_acting(run.cohort, by)
    check_run(run, reason)
    seal(run, unchecked_reason=reason.strip() or None)
    for _attempt in range(ATTEMPTS):
        prepared = prepare(run, by)
        try:
            with transaction.atomic():
                write(run, prepared, by)
        except OutdatedError:
            continue
        except IntegrityError:
            raise published_meanwhile(run) from None
        run.refresh_from_db(
            fields=["published_at", "published_by", "told_from", "unchecked_reason"]
        )
        return
    raise changing()


def check_run(run: MatchRun, reason: str) -> None:
    check_free(run)
    if run.is_unchecked and len(reason.strip()) < SHORTEST_REASON:
        raise ValidationError(
            _(
                "Some rules could not be checked for everybody."
                " Say in a sentence why the pairs can be published all the same."
            )
        )


def check_free(run: MatchRun) -> None:
    """Refuse a run without pairs, one of a published cohort, and while both sides are asked."""
    if run.state != MatchRun.State.DONE:
        raise ValidationError(_("This run has no result that could be published."))
    if run.cohort.runs.published().exists():
        raise already_published()
    if not run.figures["pairs"]:
        raise ValidationError(_("This run found no pair, so there is nothing to publish."))
    check_not_asking(run.cohort)
    if superseded([run]):
        raise ValidationError(
            _(
                "Both sides have been asked about this run, and its pairs do not stay."
                " Use a later run."
            )
        )


def check_not_asking(cohort: Cohort) -> None:
    """Refuse while the pairs of a run are shown to the people in them."""
    preview = cohort.previews.open().first()
    if preview:
        raise ValidationError(
            _(
                "Both sides are being asked about their pairs until %(until)s."
                " Wait, or take it back."
            )
            % {"until": until(preview)}
        )


def already_published() -> ValidationError:
    return ValidationError(_("The pairs of this cohort are already published."))


def changing() -> ValidationError:
    return ValidationError(_("The directory or the cohort has just changed. Try again."))


def published_meanwhile(run: MatchRun) -> ValidationError:
    """What the database refused: a second publication, or a place or couple just taken."""
    return already_published() if run.cohort.runs.published().exists() else changing()


def prepare(run: MatchRun, by: Person) -> Prepared:
    """Look at the people again and write the messages out, before anything is locked."""
    revision, _columns = told()
    proposals = current_proposals(run)
    told_from = timezone.now() + timedelta(minutes=settings.STOP_MINUTES)
    shown = {"cohort": run.cohort, "run": run, "shown_from": told_from}
    pairs = [Pair(reasons=shareable(proposal), **shown) for proposal in proposals]
    messages = [
        *messages_of(run.cohort, zip(pairs, proposals, strict=True), by=by),
        *messages_of_rest(run, by=by),
    ]
    return Prepared(revision, told_from, proposals, pairs, messages)


def shareable(proposal: Proposal) -> list[dict[str, object]]:
    """The reasons that the two may know."""
    found = map(Reason.from_json, proposal.reasons)
    return [reason.to_json() for reason in for_participants(found)]


def write(run: MatchRun, prepared: Prepared, by: Person) -> None:
    """Publish first: of two at once, the constraint lets one through."""
    changed = MatchRun.objects.filter(
        pk=run.pk, state=MatchRun.State.DONE, published_at__isnull=True
    ).update(
        published_at=timezone.now(),
        published_by=by,
        told_from=prepared.told_from,
        unchecked_reason=run.unchecked_reason,
    )
    if not changed:
        raise already_published()
    hold_still(run, count=len(prepared.proposals), revision=prepared.revision)
    check_not_asking(run.cohort)
    check_acting(run.cohort, by)  # whoever was enrolled, or let go, since the first look
    Pair.objects.bulk_create(prepared.pairs, batch_size=BATCH)
    Couple.objects.bulk_create(couples(prepared), batch_size=BATCH)
    Member.objects.bulk_create(members(run, prepared), batch_size=BATCH)
    forget_told_choices(run.cohort)  # at once only where nothing can be stopped
    post_many(prepared.messages, not_before=prepared.told_from)
    record("pairs.run.published", by=by, on=run, facts={"pairs": len(prepared.pairs)})
    if run.is_unchecked:
        record("pairs.checks.overridden", by=by, on=run)


def hold_still(run: MatchRun, *, count: int, revision: int) -> None:
    """Lock cohort and directory, and see that they are those that were looked at."""
    Program.objects.select_for_update().get(pk=run.cohort.program_id)
    check_choosing(run.cohort)
    if run.proposals.standing().count() < count:
        raise withdrawn()
    check_complete(run)
    row = Directory.objects.select_for_update().filter(pk=1).first()
    if (row.revision if row else 0) != revision:
        raise OutdatedError


def couples(prepared: Prepared) -> list[Couple]:
    return [
        Couple(pair=pair, mentor=proposal.mentor.person, mentee=proposal.mentee.person)
        for pair, proposal in zip(prepared.pairs, prepared.proposals, strict=True)
    ]


def members(run: MatchRun, prepared: Prepared) -> list[Member]:
    """Each person by the first of their places that is free. Raises ValidationError for none."""
    free = free_places_of(run)
    return [
        Member(pair=pair, place_id=take(free, enrollment))
        for pair, proposal in zip(prepared.pairs, prepared.proposals, strict=True)
        for enrollment in (proposal.mentor, proposal.mentee)
    ]


def take(free: dict[UUID, list[int]], enrollment: Enrollment) -> int:
    if not free[enrollment.pk]:
        raise ValidationError(
            _("%(name)s takes fewer counterparts than at the time of this run. Start another one.")
            % {"name": enrollment.person.name}
        )
    return free[enrollment.pk].pop()


def free_places_of(run: MatchRun) -> dict[UUID, list[int]]:
    """The places that no pair has; under other rules than the program's, as many as these give."""
    policy = run.cohort.program.policy
    if run.has_other_rules:
        policy = Policy.from_json(run.policy_json)
    keep_places(run.cohort.enrollments.filter(capacity__isnull=True), policy)
    return free_places(run.cohort, policy)


def free_places(cohort: Cohort, policy: Policy) -> dict[UUID, list[int]]:
    """The places of each enrollment that no pair has, the highest number first.

    No more than it may have: a place that a pair held which has ended may be one too many.
    """
    keep_places(cohort.enrollments.filter(places__isnull=True), policy)
    most = most_places(cohort, policy)
    found: dict[UUID, list[int]] = defaultdict(list)
    rows = Place.objects.filter(enrollment__cohort=cohort).exclude(members__is_active=True)
    for place, enrollment in rows.order_by("number").values_list("pk", "enrollment"):
        found[enrollment].append(place)
    free = {pk: places[: most[pk]][::-1] for pk, places in found.items()}
    return defaultdict(list, free)


def most_places(cohort: Cohort, policy: Policy) -> dict[UUID, int]:
    """How many more counterparts each enrollment takes. Two queries."""
    held = held_places(cohort)
    rows = cohort.enrollments.order_by().values_list("pk", "role", "capacity")
    return {
        pk: max(0, (default_capacity(policy, role) if most is None else most) - held[pk])
        for pk, role, most in rows
    }
