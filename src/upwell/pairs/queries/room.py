"""Who of a cohort still has a place for a counterpart, beside pairs that continue."""

from collections import Counter
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from upwell.policy import Policy
from upwell.programs.models import Cohort, Enrollment
from upwell.programs.queries import default_capacity

HELD = Count("places__members", filter=Q(places__members__is_active=True))


def held_places(cohort: Cohort) -> Counter[UUID]:
    """How many places pairs under way hold, of each enrollment with any. One query."""
    rows = cohort.enrollments.order_by().annotate(held=HELD).filter(held__gt=0)
    return Counter(dict(rows.values_list("pk", "held")))


def full_enrollments(cohort: Cohort, policy: Policy) -> QuerySet[Enrollment]:
    """Those whose pairs under way hold all their places."""
    defaults = {role: Value(default_capacity(policy, role)) for role in Enrollment.Role}
    most = Case(*(When(role=role, then=places) for role, places in defaults.items()))
    rows = cohort.enrollments.order_by().annotate(held=HELD, most=Coalesce("capacity", most))
    found: QuerySet[Enrollment] = rows.filter(held__gt=0, held__gte=F("most"))
    return found
