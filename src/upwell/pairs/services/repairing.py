"""Using one of the ways of a repair: pairs end and begin, and those affected are told, at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.delivery.models import OutboxMessage
from upwell.delivery.services import post_many
from upwell.pairs.models import Couple, MatchRun, Member, Pair, Proposal, Repair
from upwell.pairs.services.acting import check_acting
from upwell.pairs.services.ending import end_pairs
from upwell.pairs.services.farewells import farewells_of
from upwell.pairs.services.messages import messages_of, withdraw_kind_words
from upwell.pairs.services.publication import (
    ATTEMPTS,
    BATCH,
    OutdatedError,
    free_places,
    shareable,
)
from upwell.pairs.services.repairs import check_undisturbed, policy_of_repair, standing_of
from upwell.pairs.services.still_apart import check_mendable
from upwell.people.models import Directory, Person
from upwell.policy import Policy
from upwell.programs.models import Enrollment, Program
from upwell.programs.services.table import told


@dataclass(frozen=True, eq=False)
class Prepared:
    """Everything that is to be written, made from one revision of the directory."""

    revision: int
    ends: Sequence[Couple]
    pairs: Sequence[Pair]
    begins: Sequence[Proposal]
    messages: Sequence[OutboxMessage]

    @property
    def couples(self) -> list[Couple]:
        return new_couples(self.pairs, self.begins)


def apply_repair(repair: Repair, number: int, *, by: Person) -> None:
    """Make one of its ways real, all of it or nothing; ``number`` is its place among the options.

    Nobody is told but those of whom a pair ends or begins. Raises ValidationError where who acts
    may not, one was used before, or people, pairs or rules have changed since it was computed.
    """
    check_acting(repair.cohort, by)
    option = option_of(repair, number)
    for _attempt in range(ATTEMPTS):
        prepared = prepare(repair, option, by)
        try:
            with transaction.atomic():
                write(repair, number, prepared, by)
        except OutdatedError:
            continue
        except IntegrityError:
            break
        repair.refresh_from_db()
        return
    raise changed()


def option_of(repair: Repair, number: int) -> dict[str, Any]:
    if repair.state == Repair.State.APPLIED:
        raise used()
    if repair.state != Repair.State.DONE or not 0 <= number < len(repair.options):
        raise ValidationError(_("This is not one of the ways that were found."))
    option: dict[str, Any] = repair.options[number]
    return option


def used() -> ValidationError:
    return ValidationError(_("One of these ways has been used already. See the pairs."))


def changed() -> ValidationError:
    return ValidationError(
        _("People, pairs or rules have changed since this was computed. Look for new counterparts.")
    )


def prepare(repair: Repair, option: dict[str, Any], by: Person) -> Prepared:
    """Look at the people again and write the messages out, before anything is locked."""
    revision, _columns = told()
    cohort = repair.cohort
    begins = proposals_of(repair, option)
    ends = ending_of(repair, option)
    check_mendable(cohort, Policy.from_json(repair.policy_json), begins)
    run = MatchRun.objects.published().filter(cohort=cohort).first()
    origin = Pair.Origin.REPAIR
    pairs = [Pair(cohort=cohort, run=run, origin=origin, reasons=shareable(one)) for one in begins]
    told_already = {pk for couple in ends for pk in (couple.mentor_id, couple.mentee_id)}
    welcomes = messages_of(cohort, zip(pairs, begins, strict=True), by=by)
    messages = [
        *farewells_of(cohort, ends, new_couples(pairs, begins), by=by),
        *(one for one in welcomes if one.person_id not in told_already),
    ]
    return Prepared(revision, ends, pairs, begins, messages)


def proposals_of(repair: Repair, option: dict[str, Any]) -> list[Proposal]:
    """The pairs that are to begin, not stored; with their people and levels."""
    keys = {UUID(one[side]) for one in option["begins"] for side in ("mentor", "mentee")}
    people = repair.cohort.enrollments.enrolled().filter(person__is_active=True)
    at = people.select_related("person__level").in_bulk(keys)
    if len(at) < len(keys):
        raise changed()
    return [
        Proposal(
            mentor=at[UUID(one["mentor"])],
            mentee=at[UUID(one["mentee"])],
            quality=one["quality"],
            reasons=one["reasons"],
        )
        for one in option["begins"]
    ]


def ending_of(repair: Repair, option: dict[str, Any]) -> list[Couple]:
    couples = Couple.objects.under_way().filter(pair__cohort=repair.cohort, pk__in=option["ends"])
    found = list(couples.select_related("mentor", "mentee", "pair").order_by("pk"))
    if len(found) < len(option["ends"]):
        raise changed()
    return found


def new_couples(pairs: Sequence[Pair], begins: Sequence[Proposal]) -> list[Couple]:
    return [
        Couple(pair=pair, mentor=one.mentor.person, mentee=one.mentee.person)
        for pair, one in zip(pairs, begins, strict=True)
    ]


def write(repair: Repair, number: int, prepared: Prepared, by: Person) -> None:
    """Use it first: of two at once, one finds it used."""
    waiting = Repair.objects.filter(pk=repair.pk, state=Repair.State.DONE)
    if not waiting.update(
        state=Repair.State.APPLIED,
        applied_at=timezone.now(),
        applied_by=by,
        applied_option=number,
    ):
        raise used()
    hold_still(repair, prepared)
    check_acting(repair.cohort, by)  # whoever was enrolled, or let go, since the first look
    end_pairs(couple.pair_id for couple in prepared.ends)
    placed = [side for one in prepared.couples for side in (one.mentor_id, one.mentee_id)]
    withdraw_kind_words(repair.cohort, placed)
    Pair.objects.bulk_create(prepared.pairs, batch_size=BATCH)
    Couple.objects.bulk_create(prepared.couples, batch_size=BATCH)
    Member.objects.bulk_create(members(repair, prepared), batch_size=BATCH)
    Repair.objects.filter(pk=repair.pk).update(applied_at=timezone.now())  # all ended before it
    post_many(prepared.messages)
    facts = {"ended": len(prepared.ends), "begun": len(prepared.pairs)}
    record("pairs.repair.used", by=by, on=repair, facts=facts)


def hold_still(repair: Repair, prepared: Prepared) -> None:
    """Lock cohort and directory, and see that they are those that were looked at."""
    Program.objects.select_for_update().get(pk=repair.cohort.program_id)
    check_undisturbed(repair.cohort)
    if standing_of(repair.cohort) != repair.standing:
        raise changed()
    if policy_of_repair(repair.cohort).to_json() != repair.policy_json:
        raise changed()
    sides = {side.pk for one in prepared.begins for side in (one.mentor, one.mentee)}
    if Enrollment.objects.enrolled().filter(pk__in=sides).count() < len(sides):
        raise changed()
    row = Directory.objects.select_for_update().filter(pk=1).first()
    if (row.revision if row else 0) != prepared.revision:
        raise OutdatedError


def members(repair: Repair, prepared: Prepared) -> list[Member]:
    """Each person by the first of their places that is free. Raises ValidationError for none."""
    free = free_places(repair.cohort, Policy.from_json(repair.policy_json))
    found = []
    for pair, one in zip(prepared.pairs, prepared.begins, strict=True):
        for enrollment in (one.mentor, one.mentee):
            if not free[enrollment.pk]:
                raise changed()
            found.append(Member(pair=pair, place_id=free[enrollment.pk].pop()))
    return found
