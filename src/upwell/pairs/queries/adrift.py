"""Who had a counterpart in a cohort and has none any more, and who has waited for one since."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Count, DateTimeField, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from upwell.pairs.models import Couple, CoupleQuerySet, Repair
from upwell.programs.models import Cohort, Enrollment, EnrollmentQuerySet

LONG_AGO = Value(datetime(2000, 1, 1, tzinfo=UTC), output_field=DateTimeField())


def own_couples() -> CoupleQuerySet:
    """Those of an outer enrollment's person in its cohort."""
    person = OuterRef("person")
    couples = Couple.objects.filter(pair__cohort=OuterRef("cohort"))
    return couples.filter(Q(mentor=person) | Q(mentee=person))


def lost_couples() -> CoupleQuerySet:
    """The same, of those that are to be replaced: not what was over when a repair was used last."""
    repairs = Repair.objects.filter(cohort=OuterRef("pair__cohort"), applied_at__isnull=False)
    last = Coalesce(Subquery(repairs.order_by("-applied_at").values("applied_at")[:1]), LONG_AGO)
    return own_couples().filter(Q(is_active=True) | Q(pair__ended_at__gt=last))


def present() -> EnrollmentQuerySet:
    """Of people who take part, are here and are in no pair of their cohort under way."""
    found: EnrollmentQuerySet = Enrollment.objects.enrolled().filter(person__is_active=True)
    return found.exclude(Exists(own_couples().active()))


def adrift_in(cohort: Cohort) -> EnrollmentQuerySet:
    """Who was in a pair of the cohort and is in none any more, by name."""
    found = present().filter(Exists(own_couples()), cohort=cohort)
    places = ("person__level", "person__unit", "person__office")
    return found.select_related(*places).order_by("person__name", "pk")


def reserve_of(cohort: Cohort) -> EnrollmentQuerySet:
    """Who takes part in the cohort and never was in a pair of it."""
    return present().filter(~Exists(own_couples()), cohort=cohort)


def adrift_counts(cohorts: Iterable[Cohort]) -> Counter[UUID]:
    """How many people of each cohort lost theirs since it was last repaired. One query."""
    found = present().filter(Exists(lost_couples()), cohort__in=cohorts).order_by()
    return Counter(dict(found.values_list("cohort").annotate(Count("pk"))))
