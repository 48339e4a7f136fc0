"""Earlier pairs of a program: kept apart in every run of it, and openly, as its policy says."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.pairs.models import Couple, EarlierPair
from upwell.pairs.services.acting import check_acting
from upwell.people.models import Person
from upwell.policy import Policy
from upwell.programs.models import Cohort
from upwell.programs.services.lines import ids_of

Two = tuple[UUID, UUID]


def with_earlier(cohort: Cohort, policy: Policy) -> tuple[Policy, int]:
    """The policy with the earlier pairs of those who take part, and how many they are.

    They come after the policy's own, each couple once and in the order of ids, so that the same
    people always give the same text.
    """
    couples = earlier_couples(cohort)
    if not couples:
        return policy, 0
    ids = ids_of(Person.objects.order_by("pk").values_list("pk", "employee_id"))
    own = policy.pairs.former
    known = {frozenset(couple) for couple in own}
    added = []
    for couple in sorted((ids[mentor], ids[mentee]) for mentor, mentee in couples):
        if is_usable(couple) and frozenset(couple) not in known:
            known.add(frozenset(couple))
            added.append(couple)
    pairs = policy.pairs.model_copy(update={"former": (*own, *added)})
    return policy.model_copy(update={"pairs": pairs}), len(added)


def is_usable(couple: tuple[str, str]) -> bool:
    """Whether a policy can name these ids: not blank ones, kept apart with the private requests."""
    return all(name.strip() for name in couple)


def earlier_couples(cohort: Cohort) -> set[Two]:
    """Former pairs of whom both take part: those that the program was told of, and ended ones here.

    Those of other cohorts go with what is private: who runs this one may not watch all of them.
    Two queries.
    """
    present = Q(mentor__is_active=True, mentee__is_active=True)
    inside = cohort.enrollments.order_by().values("person")
    told = EarlierPair.objects.among(cohort).filter(present, program=cohort.program_id)
    own = Couple.objects.filter(present, mentor__in=inside, mentee__in=inside)
    own = own.filter(pair__cohort=cohort, is_active=False)
    return {one for rows in (told, own) for one in rows.order_by().values_list("mentor", "mentee")}


@transaction.atomic
def remove_earlier_pair(pair: EarlierPair, *, cohort: Cohort, by: Person) -> None:
    """Forget a pair that never was, so that the two may be brought together.

    Raises ValidationError for whoever may not run the cohort, or once it is gone.
    """
    check_acting(cohort, by)
    found = EarlierPair.objects.filter(pk=pair.pk, program=cohort.program_id)
    record("pairs.earlier.removed", by=by, on=pair)
    if not found.delete()[0]:
        raise ValidationError(_("This pair has been removed already."))


def merge_earlier(kept: Person, gone: Person) -> None:
    """Drop what two people who become one cannot both have, in the transaction that merges them."""
    rows = EarlierPair.objects.all()
    rows.filter(Q(mentor=kept, mentee=gone) | Q(mentor=gone, mentee=kept)).delete()
    for side, other in (("mentor", "mentee"), ("mentee", "mentor")):
        have = set(rows.filter(**{side: kept}).values_list("program", other))
        for row in rows.filter(**{side: gone}).values("pk", "program", other):
            if (row["program"], row[other]) in have:
                rows.filter(pk=row["pk"]).delete()
