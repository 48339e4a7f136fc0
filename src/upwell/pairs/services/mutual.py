"""Two who both say yes are a pair: at once, in one act, and of several at once one wins."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.delivery.services import post_many
from upwell.pairs.models import (
    BlockList,
    ChoiceSheet,
    Couple,
    ListEntry,
    Member,
    Pair,
    Proposal,
)
from upwell.pairs.models.blocks import blocks_by_person
from upwell.pairs.models.choosing import choices_by_sheet
from upwell.pairs.queries.choosing import room_left
from upwell.pairs.services.choices import gone, held, keep, over, own_entry
from upwell.pairs.services.current import in_line, paired_before
from upwell.pairs.services.levels import too_close
from upwell.pairs.services.messages import messages_of, withdraw_kind_words
from upwell.pairs.services.publication import OutdatedError
from upwell.people.models import Directory
from upwell.policy import Policy
from upwell.programs.models import Enrollment, Place
from upwell.programs.services.places import keep_places
from upwell.programs.services.rows import locked
from upwell.programs.services.table import told

ATTEMPTS = 50
"""More than anybody has places: whoever loses one looks for the next."""


@dataclass(frozen=True)
class Prepared:
    """A free place of each of the two, and whether they still may be a pair: under this policy, and
    by this revision of the directory and of what is asked for in private.
    """

    places: tuple[int, int]
    may_pair: bool
    policy_json: str
    revision: int


def say_yes(sheet: ChoiceSheet, entry: UUID) -> Pair | None:
    """Keep that somebody would like this one; the pair, where that makes one.

    Raises ValidationError where the round is over, one of the two is not available any more, or
    nothing can be sealed; VaultError where something cannot be read. Who loses the last place to
    somebody else at the same time learns no more than that.
    """
    for _attempt in range(ATTEMPTS):
        prepared = prepare(sheet, entry)
        try:
            with transaction.atomic():
                return write(sheet, entry, prepared)
        except (IntegrityError, OutdatedError):
            continue  # a place that was free a moment ago, or the directory has changed
    raise gone()


def prepare(sheet: ChoiceSheet, entry: UUID) -> Prepared:
    """Look at the two before anything is locked, in the same way whatever the other has said."""
    revision, _columns = told()
    people = ("mentor__person__level", "mentee__person__level", "round__cohort__program")
    rows = ListEntry.objects.select_related(*people)
    found = rows.filter(pk=entry, round=sheet.round_id).first()
    if found is None:
        raise gone()
    two = (found.mentor, found.mentee)
    program = found.round.cohort.program
    policy = program.policy
    keep_places(Enrollment.objects.filter(pk__in=[one.pk for one in two]), policy)
    mentor, mentee = (free_place(one) for one in two)
    if mentor is None or mentee is None:
        raise full(sheet, found, mentor if sheet.enrollment.is_mentor else mentee)
    return Prepared((mentor, mentee), may_pair(found, policy), program.policy_json, revision)


def free_place(enrollment: Enrollment) -> int | None:
    free = Place.objects.filter(enrollment=enrollment).exclude(members__is_active=True)
    found: int | None = free.order_by("number").values_list("pk", flat=True).first()
    return found


def full(sheet: ChoiceSheet, entry: ListEntry, own: int | None) -> ValidationError:
    if own is None and not are_paired(entry):
        return found_already()
    return already() if are_paired(entry) else gone()


def may_pair(entry: ListEntry, policy: Policy) -> bool:
    """As things stand now: the directory, pairs elsewhere, and what one has asked in private.

    All of it is looked at, whatever the first finds, so that the time taken tells nothing.
    """
    mentor, mentee = entry.mentor.person, entry.mentee.person
    couple = (mentor.pk, mentee.pk)
    if not (mentor.is_active and mentee.is_active):
        return False
    blocks = blocks_by_person(BlockList.objects.filter(person__in=couple))
    named = {(who, one.colleague) for who, found in blocks.items() for one in found}
    apart = (
        not named.isdisjoint({couple, couple[::-1]}),
        couple in paired_before([couple]),
        couple in set(in_line(policy, [couple])),
        couple in set(too_close(policy, [(mentor, mentee)])),
    )
    return not any(apart)


def write(sheet: ChoiceSheet, entry: UUID, prepared: Prepared) -> Pair | None:
    hold_still(sheet.round.cohort.program_id, prepared)
    found = own_entry(sheet, entry)
    if found.round.is_ranked:
        raise over()
    row, chosen = held(sheet)
    other = found.other(row.enrollment)
    if are_paired(found):
        raise already()
    check_room(found, row.enrollment)
    keep(row, [*(one for one in chosen if one != other.pk), other.pk])
    theirs = chosen_by(other, row)
    has_chosen = any(row.enrollment_id in order for order in theirs.values())
    if not (prepared.may_pair and has_chosen):
        return None
    drop(theirs, row.enrollment_id)
    drop({row: [*chosen, other.pk]}, other.pk)
    return make_pair(found, prepared)


def hold_still(program: UUID, prepared: Prepared) -> None:
    """The program first, as whoever steps out or takes fewer counterparts does, then the directory,
    as a publication does. Raises OutdatedError where either is another by now.
    """
    policy_json = locked(program).policy_json
    directory = Directory.objects.select_for_update().filter(pk=1).first()
    now = (policy_json, directory.revision if directory else 0)
    if now != (prepared.policy_json, prepared.revision):
        raise OutdatedError


def check_room(entry: ListEntry, own: Enrollment) -> None:
    """Places can be there that nobody takes a counterpart by any more."""
    other = entry.other(own)
    room = room_left(entry.round.cohort, [own.pk, other.pk])
    if not room.get(own.pk):
        raise found_already()
    if not room.get(other.pk):
        raise gone()


def chosen_by(other: Enrollment, row: ChoiceSheet) -> dict[ChoiceSheet, list[UUID]]:
    """What the other says, locked, since it is written back without this one."""
    rows = ChoiceSheet.objects.select_for_update()
    sheets = list(rows.filter(round=row.round_id, enrollment=other))
    chosen = choices_by_sheet(sheets)
    return {sheet: chosen[sheet.pk] for sheet in sheets}


def drop(chosen: dict[ChoiceSheet, list[UUID]], other: UUID) -> None:
    """Of two who are a pair, neither still says yes, be it that their pair ends one day."""
    for sheet, order in chosen.items():
        keep(sheet, [one for one in order if one != other])


def make_pair(entry: ListEntry, prepared: Prepared) -> Pair:
    """The constraint on places refuses one that somebody else has taken meanwhile."""
    cohort = entry.round.cohort
    pair = Pair.objects.create(cohort=cohort, origin=Pair.Origin.CHOSEN, reasons=entry.reasons)
    Couple.objects.create(pair=pair, mentor=entry.mentor.person, mentee=entry.mentee.person)
    Member.objects.bulk_create(Member(pair=pair, place_id=place) for place in prepared.places)
    withdraw_kind_words(cohort, (entry.mentor.person_id, entry.mentee.person_id))
    made = Proposal(mentor=entry.mentor, mentee=entry.mentee)
    post_many(messages_of(cohort, [(pair, made)], by=entry.round.opened_by))
    record("pairs.pair.chosen", by=None, on=pair)  # who of the two was last is told to nobody
    return pair


@transaction.atomic
def take_yes_back(sheet: ChoiceSheet, entry: UUID) -> None:
    """Forget that somebody would like this one; raises as ``say_yes``, and once it is a pair."""
    found = own_entry(sheet, entry)
    row, chosen = held(sheet)
    if are_paired(found):
        raise already()
    other = found.other(row.enrollment).pk
    keep(row, [one for one in chosen if one != other])


def are_paired(entry: ListEntry) -> bool:
    two = {"mentor": entry.mentor.person_id, "mentee": entry.mentee.person_id}
    return Couple.objects.filter(**two, is_active=True).exists()


def found_already() -> ValidationError:
    return ValidationError(_("You have found your counterpart already."))


def already() -> ValidationError:
    return ValidationError(_("The two of you are a pair already."))
