"""Rounds in which people choose: opened, given their short lists, and closed."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.delivery.jobs import enqueue
from upwell.delivery.services import post_many
from upwell.matching.shortlists import short_lists
from upwell.matching.solve import solve
from upwell.pairs.models import ChoiceRound, ChoiceSheet, ListEntry
from upwell.pairs.models.choosing import seal_choices
from upwell.pairs.queries import held_places
from upwell.pairs.services.acting import check_acting
from upwell.pairs.services.choices import check_choosing, close, forget_choices
from upwell.pairs.services.earlier import with_earlier
from upwell.pairs.services.given_up import fail_given_up
from upwell.pairs.services.messages import messages_of_round
from upwell.pairs.services.private import private_requests
from upwell.pairs.services.rules import with_rules
from upwell.pairs.services.runs import check_runs, check_sides
from upwell.people.models import Person
from upwell.policy import Compiled, Fault, Policy, PolicyError, compile_problem
from upwell.policy.reasons import for_participants, reasons
from upwell.programs.models import Cohort, Enrollment, Opening, Program
from upwell.programs.services import check_gate
from upwell.programs.services.places import keep_places
from upwell.programs.services.table import CohortTable, read_table
from upwell.vault.errors import VaultError

ATTEMPTS = 5
BATCH = 1_000
LONGEST = timedelta(days=60)
State = ChoiceRound.State
Report = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Listed:
    """Two who are on each other's lists, by enrollment, and why, as both may know it."""

    mentor: UUID
    mentee: UUID
    reasons: list[dict[str, Any]]
    id: UUID

    @property
    def merit(self) -> tuple[int, int, int, str]:
        """By what both are told, since an order by all that counts would tell of the rest."""
        said = {one["code"]: one["params"] for one in self.reasons}
        topics = said.get("topics", {"names": [], "more": 0})
        languages = said.get("languages", {"names": []})["names"]
        shared = said.get("hours", {"half_hours": 0})["half_hours"]
        return -len(topics["names"]) - topics["more"], -shared, -len(languages), self.id.hex


def open_choosing(cohort: Cohort, *, closes_on: date, by: Person) -> ChoiceRound:
    """Ask the worker for short lists, from which people choose until the day, and with it.

    Raises ValidationError where who acts may not, the policy lets nobody choose, the day does not
    fit, the match has not been opened, a side is empty, people choose already, or a run of the
    cohort is under way or published.
    """
    try:
        with transaction.atomic():
            program = Program.objects.select_for_update().get(pk=cohort.program_id)
            check_acting(cohort, by)
            check_gate(cohort, Opening.Gate.MATCH)
            check_policy(program.policy)
            check_day(closes_on)
            check_sides(cohort, program.policy)
            fail_given_up(cohort)
            check_runs(cohort)
            check_choosing(cohort)
            return new_round(cohort, program, closes_on, by)
    except IntegrityError:
        raise ValidationError(_("People of this cohort are already choosing.")) from None


def check_policy(policy: Policy) -> None:
    if policy.choosing == "assigned":
        raise ValidationError(_("By the policy a run finds the counterparts, and nobody is asked."))
    if policy.choosing == "ranked" and not policy.preferences.ranking:
        raise ValidationError(
            _("The policy gives no weight to rankings, so people would be asked in vain.")
        )


def check_day(closes_on: date) -> None:
    today = timezone.localdate()
    if not today <= closes_on <= today + LONGEST:
        raise ValidationError(
            _("Choose a day from today on, and within %(days)s days.") % {"days": LONGEST.days}
        )


def new_round(cohort: Cohort, program: Program, closes_on: date, by: Person) -> ChoiceRound:
    found = ChoiceRound.objects.create(
        cohort=cohort,
        way=program.policy.choosing,
        is_named=program.policy.choosing_names,
        closes_on=closes_on,
        policy_json=policy_of_lists(cohort, program.policy).to_json(),
        opened_by=by,
    )
    found.job = enqueue("upwell.pairs.services.make_lists", found.pk, cluster="long")
    found.save(update_fields=["job"])
    record("pairs.choosing.opened", by=by, on=found)
    return found


def policy_of_lists(cohort: Cohort, own: Policy) -> Policy:
    """The policy with earlier pairs and with who is kept apart by hand.

    Whom the manager keeps together still may choose: their pair is for the next run to make.
    """
    policy, _earlier = with_earlier(cohort, own)
    ruled, _fields = with_rules(cohort, policy)
    pairs = ruled.pairs.model_copy(update={"pin": policy.pairs.pin})
    return ruled.model_copy(update={"pairs": pairs})


def close_choosing(found: ChoiceRound, *, by: Person) -> None:
    """Let nobody choose any more. Raises ValidationError where who acts may not, or it is over."""
    with transaction.atomic():
        Program.objects.select_for_update().get(pk=found.cohort.program_id)
        check_acting(found.cohort, by)
        if not close(found):
            raise ValidationError(_("Nobody is choosing any more."))
        record("pairs.choosing.closed", by=by, on=found)


def make_lists(target: UUID | str, *, report: Report) -> None:
    """Make the short lists of a round, tell everybody, and open it, all of it or nothing.

    Harmless when run twice or killed. A policy that does not fit the people fails the round, and so
    do private requests that cannot be read, and lists on which nobody stands.
    """
    found = (
        ChoiceRound.objects.select_related("cohort__program", "opened_by").filter(pk=target).first()
    )
    if found is None or found.state != State.PREPARING:
        return
    try:
        make(found, Policy.from_json(found.policy_json), report)
    except PolicyError as error:
        fail(found, error.faults)
    except (VaultError, ValidationError):
        fail(found, [Fault("sealed", "")])


def make(found: ChoiceRound, policy: Policy, report: Report) -> None:
    for _attempt in range(ATTEMPTS):
        table = read_table(found.cohort, policy, held=held_places(found.cohort))
        report({"step": "compiling", "people": len(table.people)})
        asked = private_requests(found.cohort, policy)
        compiled = compile_problem(policy, table.people, asked.requests)
        listed = list(listed_couples(compiled, table))
        if not listed:
            fail(found, [Fault("nobody", "")])
            return
        ids = (*compiled.problem.mentors, *compiled.problem.mentees)
        if open_round(found, listed, [table.enrollments[one] for one in ids]):
            return
    raise RuntimeError(f"people kept leaving cohort {found.cohort_id} while lists were made")


def listed_couples(compiled: Compiled, table: CohortTable) -> Iterator[Listed]:
    problem, at = compiled.problem, table.enrollments
    lists = short_lists(problem, solve(problem).pairs)
    for mentor, mentee in lists.pairs.tolist():
        shared = for_participants(reasons(compiled, mentor, mentee))
        yield Listed(
            at[problem.mentors[mentor]],
            at[problem.mentees[mentee]],
            json.loads(json.dumps([one.to_json() for one in shared])),
            uuid4(),
        )


def open_round(found: ChoiceRound, listed: Sequence[Listed], people: Sequence[UUID]) -> bool:
    """False where somebody was taken out meanwhile, so that all is to be done again.

    What was chosen before is kept until then: a round that fails takes nothing from anybody.
    """
    with transaction.atomic():
        program = Program.objects.select_for_update().get(pk=found.cohort.program_id)
        everybody = found.cohort.enrollments.select_related("person").in_bulk(people)
        if len(everybody) < len(people):
            return False
        if not ChoiceRound.objects.filter(pk=found.pk, state=State.PREPARING).update(
            state=State.OPEN
        ):
            return True
        found.cohort.choice_rounds.update(finished_at=None)  # what had ended goes on
        forget_choices(found.cohort)
        ListEntry.objects.bulk_create(entries(found, listed), batch_size=BATCH)
        keep_places(found.cohort.enrollments.all(), program.policy)  # no yes tells by making some
        sheets = new_sheets(found, [everybody[pk] for pk in people])
        ChoiceSheet.objects.bulk_create(sheets, batch_size=BATCH)
        post_many(messages_of_round(found, sheets))  # else who gets none would tell of a request
    return True


def new_sheets(found: ChoiceRound, people: Sequence[Enrollment]) -> list[ChoiceSheet]:
    """One for everybody, all alike."""
    sheets = [ChoiceSheet(round=found, enrollment=one, person=one.person) for one in people]
    return seal_choices(sheets, [[]] * len(sheets))


def entries(found: ChoiceRound, listed: Sequence[Listed]) -> Iterator[ListEntry]:
    in_order = sorted(listed, key=lambda one: one.merit)
    places: dict[UUID, int] = {}
    for one in in_order:
        for pk in (one.mentor, one.mentee):
            places[pk] = places.get(pk, 0) + 1
        yield ListEntry(
            id=one.id,
            round=found,
            mentor_id=one.mentor,
            mentee_id=one.mentee,
            mentor_place=places[one.mentor],
            mentee_place=places[one.mentee],
            reasons=one.reasons,
        )


def fail(found: ChoiceRound, faults: Sequence[Fault]) -> None:
    kept = [{**asdict(fault), "params": dict(fault.params)} for fault in faults]
    waiting = ChoiceRound.objects.filter(pk=found.pk, state=State.PREPARING)
    waiting.update(state=State.FAILED, faults=kept)
