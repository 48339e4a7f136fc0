"""Ending a pair: its places are free again, and both are told, kindly and without blame."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.delivery.services import post_many, withdraw
from upwell.pairs.models import Couple, Member, Pair
from upwell.pairs.services.acting import check_acting, check_told
from upwell.pairs.services.farewells import CHANGED, farewells_of
from upwell.pairs.services.messages import key_of_pair
from upwell.people.models import Person
from upwell.programs.models import Program

BATCH = 1_000


@transaction.atomic
def end_pair(pair: Pair, *, by: Person, why: str = CHANGED) -> None:
    """End a pair that is under way, and tell both; ``why`` is one of the reasons of farewells.

    The two are kept apart from then on. Raises ValidationError where who acts may not, or the pair
    has ended already.
    """
    Program.objects.select_for_update().get(pk=pair.cohort.program_id)
    check_acting(pair.cohort, by)
    check_told(pair.cohort)
    couples = list(pair.couples.filter(is_active=True).select_related("mentor", "mentee", "pair"))
    end_pairs([pair.pk])
    post_many(farewells_of(pair.cohort, couples, by=by, why=why))
    record("pairs.pair.ended", by=by, on=pair)


def end_pairs(pairs: Iterable[UUID]) -> None:
    """End these, in the transaction of the caller, who has locked the program.

    What still waits to tell of them, as for somebody who is away, goes to nobody any more.
    Raises ValidationError where one of them has ended already.
    """
    keys = list(pairs)
    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        under_way = Pair.objects.filter(pk__in=some, state=Pair.State.ACTIVE)
        if under_way.update(state=Pair.State.ENDED, ended_at=timezone.now()) < len(some):
            raise ValidationError(_("This pair has ended already."))
        Couple.objects.filter(pair__in=some).update(is_active=False)
        Member.objects.filter(pair__in=some).update(is_active=False)
        for pair in Pair.objects.filter(pk__in=some).only("run"):
            withdraw(key_of_pair(pair))
