"""What people choose from their short lists: kept sealed, and read by nobody but the matching.

No entry of the audit log, no message and no figure tells who has chosen, or whom.
"""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.delivery.services import withdraw
from upwell.pairs.models import ChoiceRound, ChoiceSheet, ListEntry, MatchRun
from upwell.pairs.models.choosing import choices_by_sheet, seal_choices
from upwell.pairs.queries.choosing import room_left
from upwell.pairs.services.given_up import fail_given_up
from upwell.programs.models import Cohort, Enrollment
from upwell.vault.scopes import Kind
from upwell.vault.services import erased_ids

CHOOSING = "choosing:"
"""What the keys of messages about a round begin with; then comes the round."""
State = ChoiceRound.State
Order = list[UUID]


def check_choosing(cohort: Cohort) -> None:
    """Refuse what has to wait until people have chosen."""
    close_due_rounds(cohort)
    fail_given_up(cohort)
    found = cohort.choice_rounds.under_way().first()
    if found and found.state == State.OPEN:
        raise ValidationError(
            _("People of this cohort are still choosing. Wait for the day, or close it first.")
        )
    if found:
        raise ValidationError(_("The short lists of this cohort are being made. Wait for them."))


def close_due_rounds(cohort: Cohort | None = None) -> None:
    """Close what is past its day; called on each tick of a worker, for all cohorts."""
    due = ChoiceRound.objects.filter(state=State.OPEN, closes_on__lt=timezone.localdate())
    for one in due.filter(cohort=cohort) if cohort else due:
        with transaction.atomic():
            if close(one):
                record("pairs.choosing.closed", by=None, on=one)


def close(found: ChoiceRound) -> bool:
    """False where it is not open any more. Of those who say yes, nothing is kept from then on.

    Whoever has not been told of it by now is not told.
    """
    is_open = ChoiceRound.objects.filter(pk=found.pk, state=State.OPEN)
    if not is_open.update(state=State.CLOSED, closed_at=timezone.now()):
        return False
    if not found.is_ranked:
        found.sheets.update(kept=None)
    withdraw(f"{CHOOSING}{found.pk}:")
    return True


def was_ranked(cohort: Cohort) -> bool:
    """Whether people were asked last to put short lists in order, be it that nobody did."""
    return last_ranked(cohort) is not None


def last_ranked(cohort: Cohort) -> ChoiceRound | None:
    """The last round, where what was put in order in it was not forgotten since."""
    closed = cohort.choice_rounds.filter(state=State.CLOSED)
    last = closed.order_by("-created_at", "-pk").first()
    if last is None or not last.is_ranked:
        return None
    return last if last.sheets.filter(kept__isnull=False).exists() else None


def read_orders(cohort: Cohort) -> dict[UUID, Order]:
    """Whom everybody of the last round would rather have, by person; nobody for most, maybe.

    Of those who take part and were not erased. Raises VaultError where it cannot be read.
    """
    last = last_ranked(cohort)
    if last is None:
        return {}
    rows = last.sheets.filter(enrollment__state=Enrollment.State.ENROLLED).order_by("person")
    sheets = list(rows)
    chosen, erased = choices_by_sheet(sheets), erased_ids(Kind.PERSON)
    people = dict(cohort.enrollments.order_by().values_list("pk", "person"))
    return {
        one.person_id: [people[pk] for pk in chosen[one.pk] if pk in people]
        for one in sheets
        if one.person_id not in erased
    }


def forget_choices(cohort: Cohort) -> None:
    """Of everybody at once, in every round of the cohort, with the lists that they chose from."""
    rounds = cohort.choice_rounds.order_by()
    ListEntry.objects.filter(round__in=rounds).delete()  # first, as whoever chooses locks them
    ChoiceSheet.objects.filter(round__in=rounds, kept__isnull=False).update(kept=None)


def forget_told_choices(cohort: Cohort | None = None) -> None:
    """What was chosen where pairs are published and that cannot be stopped any more.

    Called on each tick of a worker, for all cohorts. Until then a stopped publication must be as if
    it had never been.
    """
    told = Exists(MatchRun.objects.told().filter(cohort=OuterRef("pk")))
    lists = Exists(ListEntry.objects.filter(round__cohort=OuterRef("pk")))
    kept = Exists(ChoiceSheet.objects.filter(round__cohort=OuterRef("pk"), kept__isnull=False))
    found = Cohort.objects.filter(told).filter(lists | kept)
    for one in found.filter(pk=cohort.pk) if cohort else found:
        with transaction.atomic():
            forget_choices(one)


def rank_higher(sheet: ChoiceSheet, entry: UUID) -> None:
    """Put somebody at the end of one's order, or one place higher if they are in it.

    Raises ValidationError where the round is over, somebody is not available, or nothing can be
    sealed; VaultError where what was chosen cannot be read.
    """

    def raised(order: Order, other: UUID) -> Order:
        if other not in order:
            return [*order, other]
        place = max(0, order.index(other) - 1)
        rest = [one for one in order if one != other]
        return [*rest[:place], other, *rest[place:]]

    change_order(sheet, entry, raised, is_for_more=True)


def rank_off(sheet: ChoiceSheet, entry: UUID) -> None:
    """Take somebody out of one's order; raises as ``rank_higher`` does."""
    change_order(sheet, entry, lambda order, other: [one for one in order if one != other])


@transaction.atomic
def change_order(
    sheet: ChoiceSheet,
    entry: UUID,
    changed: Callable[[Order, UUID], Order],
    *,
    is_for_more: bool = False,
) -> None:
    found = own_entry(sheet, entry)
    if not found.round.is_ranked:
        raise over()
    row, order = held(sheet)
    other = found.other(row.enrollment).pk
    if is_for_more and not room_left(found.round.cohort, [other]).get(other):
        raise gone()
    keep(row, changed(order, other))


def own_entry(sheet: ChoiceSheet, entry: UUID) -> ListEntry:
    """An entry of somebody's list, locked, so that its two do not act at once."""
    side = "mentor" if sheet.enrollment.is_mentor else "mentee"
    people = ("mentor__person", "mentee__person", "round__cohort__program", "round__opened_by")
    mine = ListEntry.objects.select_for_update(of=("self",)).select_related(*people)
    found = mine.filter(pk=entry, round=sheet.round_id, **{side: sheet.enrollment_id}).first()
    if found is None:
        raise gone()
    return found


def held(sheet: ChoiceSheet) -> tuple[ChoiceSheet, Order]:
    """The row of somebody who takes part, locked, and what it holds.

    Only then it is sure whether the round is open: what is kept by then is forgotten with its end.
    """
    rows = ChoiceSheet.objects.select_for_update(of=("self",)).select_related("enrollment")
    row = rows.get(pk=sheet.pk)
    if not ChoiceRound.objects.open().filter(pk=row.round_id).exists():
        raise over()
    if row.enrollment.state != Enrollment.State.ENROLLED:
        raise ValidationError(_("You do not take part at present, so there is nothing to choose."))
    return row, choices_by_sheet([row])[row.pk]


def keep(row: ChoiceSheet, chosen: Order) -> None:
    """Whatever it was before, so that a row that is written tells nothing."""
    if not seal_choices([row], [chosen]):
        raise ValidationError(_("Nothing can be kept for you any more."))
    row.save(update_fields=["kept"])


def gone() -> ValidationError:
    return ValidationError(_("They are not available any more."))


def over() -> ValidationError:
    return ValidationError(_("Choosing is over."))
