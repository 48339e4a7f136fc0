"""Whether what the critical mass of cohorts was worked out from is still as it was."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, Sum

from upwell.people.models import Person
from upwell.programs.models import Assumption, Cohort, Enrollment, Estimate, Willing

ENROLLED = {
    "people": Count("pk"),
    "with_capacity": Count("capacity"),
    "capacity": Sum("capacity"),
    "last": Max("created_at"),
    "answered": Max("answered_at"),
}


def outdated(estimates: Iterable[Estimate], cohorts: Sequence[Cohort]) -> set[UUID]:
    """The cohorts of which something has changed since they were worked out.

    Five queries, or none where nothing was worked out.
    """
    known = {one.cohort_id: one.inputs for one in estimates}
    found = inputs_of([one for one in cohorts if one.pk in known])
    return {pk for pk, inputs in found.items() if known[pk] != inputs}


def inputs_of(cohorts: Sequence[Cohort]) -> dict[UUID, str]:
    """A digest of each, from counts and times: who is in it or willing, who else there is by level
    and unit, the policy, and what is assumed. Five queries.

    What people asked in private does not enter, so that nobody learns of it by a change.
    """
    if not cohorts:
        return {}
    matched = Count("runs", filter=Q(runs__published_at__isnull=False))
    known = {
        pk: (policy, runs)
        for pk, policy, runs in Cohort.objects.filter(pk__in=[one.pk for one in cohorts])
        .order_by()
        .annotate(matched=matched)
        .values_list("pk", "program__policy_json", "matched")
    }
    programs = {one.program_id for one in cohorts}
    inside = inside_of(cohorts)
    willing = willing_of(programs)
    assumptions = Assumption.objects.filter(program__in=programs).values()
    assumed = {one["program_id"]: one for one in assumptions}
    others = list(
        Person.objects.active()
        .order_by("level", "unit")
        .values_list("level", "unit")
        .annotate(people=Count("pk"))
    )
    return {
        one.pk: digest(
            "matched"
            if known[one.pk][1]
            else [
                inside[one.pk],
                [row for row in willing[one.program_id] if row[0] in (None, one.pk)],
                assumed.get(one.program_id),
                known[one.pk][0],
                others,
            ]
        )
        for one in cohorts
    }


def inside_of(cohorts: Sequence[Cohort]) -> dict[UUID, list[Any]]:
    names = ("role", "state", "person__level", "person__unit")
    counts = (
        Enrollment.objects.present()
        .filter(cohort__in=cohorts, person__is_active=True)
        .order_by("cohort", *names)
        .values_list("cohort", *names)
        .annotate(**ENROLLED)
    )
    return grouped(counts)


def willing_of(programs: Iterable[UUID]) -> dict[UUID, list[Any]]:
    names = ("cohort", "role")
    counts = (
        Willing.objects.standing()
        .filter(program__in=programs)
        .order_by("program", *names)
        .values_list("program", *names)
        .annotate(people=Count("pk"), last=Max("said_at"))
    )
    return grouped(counts)


def grouped(found: Iterable[Sequence[Any]]) -> dict[UUID, list[Any]]:
    """By the first value of each row."""
    groups: dict[UUID, list[Any]] = defaultdict(list)
    for first, *rest in found:
        groups[first].append(rest)
    return groups


def digest(values: Any) -> str:
    """Hexadecimal, of 64 digits."""
    return sha256(json.dumps(values, default=str, sort_keys=True).encode()).hexdigest()
