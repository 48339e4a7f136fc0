"""Writing what a file of pairs says, all that counts of it or nothing."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from upwell.audit.services import record
from upwell.delivery.jobs import enqueue
from upwell.pairs.models import Couple, EarlierPair, Member, Pair
from upwell.pairs.services.acting import check_acting
from upwell.pairs.services.guard import GUARD
from upwell.pairs.services.import_plan import PairsPlan, Planned, plan_pairs
from upwell.pairs.services.publication import BATCH, changing, free_places, take
from upwell.people.models import Directory, Person
from upwell.people.services import raise_revision
from upwell.policy import Policy
from upwell.programs.models import Cohort, Enrollment
from upwell.programs.services import enroll
from upwell.programs.services.rows import locked
from upwell.sheets.pairs import PairsReading


class OutdatedPlanError(Exception):
    """People have changed since the plan was shown, and what would be written with them."""

    def __init__(self, plan: PairsPlan) -> None:
        super().__init__()
        self.plan = plan


def import_pairs(
    cohort: Cohort, reading: PairsReading, *, shown: str = "", by: Person
) -> PairsPlan:
    """Let current pairs continue in the cohort and keep former ones apart in its program.

    Nobody is told by mail. The same file again writes nothing. Returns what was done; raises
    ValidationError where who acts may not, or people have moved meanwhile, and OutdatedPlanError
    where it would do something else than the plan of the digest ``shown``.
    """
    try:
        with transaction.atomic():
            return write(cohort, reading, shown, by)
    except IntegrityError:  # a couple of another program, taken at the same moment
        raise changing() from None


def write(cohort: Cohort, reading: PairsReading, shown: str, by: Person) -> PairsPlan:
    """The directory is held still first: nobody comes to report to somebody while it is read."""
    policy = locked(cohort.program_id).policy
    Directory.objects.select_for_update().get(pk=Directory.current().pk)
    check_acting(cohort, by)
    plan = plan_pairs(cohort, reading, policy, by=by)
    if shown and shown != plan.digest:
        raise OutdatedPlanError(plan)
    if plan.earlier:
        write_earlier(cohort, plan.earlier, by)
    if plan.continuing:
        write_continuing(cohort, plan.continuing, policy, by)
    if plan.earlier or plan.continuing:
        raise_revision()  # whoever is publishing looks again
    return plan


def write_earlier(cohort: Cohort, earlier: Sequence[Planned], by: Person) -> None:
    rows = [
        EarlierPair(
            program_id=cohort.program_id,
            mentor_id=one.mentor.pk,
            mentee_id=one.mentee.pk,
            ended_on=one.row.until,
        )
        for one in earlier
    ]
    EarlierPair.objects.bulk_create(rows, batch_size=BATCH)
    record("pairs.earlier.imported", by=by, on=cohort, facts={"pairs": len(rows)})


def write_continuing(
    cohort: Cohort, continuing: Sequence[Planned], policy: Policy, by: Person
) -> None:
    """Enroll who does not take part yet, then give everybody a place in their pair."""
    for role in ("mentor", "mentee"):
        people = [getattr(one, role).pk for one in continuing]
        enroll(cohort, people, role=role, by=by)
        here = cohort.enrollments.filter(person__in=people, role=role)
        here.update(state=Enrollment.State.ENROLLED)
    enrollments = {
        (one.person_id, one.role): one for one in cohort.enrollments.select_related("person")
    }
    free = free_places(cohort, policy)
    pairs = [Pair(cohort=cohort, origin=Pair.Origin.BEFORE) for _one in continuing]
    members = []
    for pair, one in zip(pairs, continuing, strict=True):
        for side in ((one.mentor.pk, "mentor"), (one.mentee.pk, "mentee")):
            if side not in enrollments:
                raise changing()
            members.append(Member(pair=pair, place_id=take(free, enrollments[side])))
    Pair.objects.bulk_create(pairs, batch_size=BATCH)
    Couple.objects.bulk_create(map(couple, pairs, continuing), batch_size=BATCH)
    Member.objects.bulk_create(members, batch_size=BATCH)
    record("pairs.pairs.continued", by=by, on=cohort, facts={"pairs": len(pairs)})
    enqueue(GUARD, "")


def couple(pair: Pair, one: Planned) -> Couple:
    return Couple(pair=pair, mentor_id=one.mentor.pk, mentee_id=one.mentee.pk)
