"""Critical mass of a cohort: worked out from the roster, and kept with the time."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from upwell.audit.services import record
from upwell.matching.mass import Mass, critical_mass
from upwell.people.models import OrgUnit, Person
from upwell.policy import PolicyError
from upwell.policy.mass import Compared, compare_roster
from upwell.programs.models import Assumption, Cohort, Enrollment, Estimate, Program, Willing
from upwell.programs.queries.mass import rates_of
from upwell.programs.queries.mass_inputs import inputs_of
from upwell.programs.services.lines import ids_of
from upwell.programs.services.rows import change, locked
from upwell.programs.services.supply import free_mentors
from upwell.programs.services.table import people_of

MOST_PARTS = 8
State = Estimate.State


def work_out(cohort: Cohort) -> Estimate:
    """Work the critical mass of a cohort out, and keep it in place of the former.

    A constant number of queries; a second or so for a thousand people, outside any transaction.
    What is changed meanwhile makes it outdated.
    """
    inputs = inputs_of([cohort])[cohort.pk]
    found = estimated(cohort)
    values = {
        name: getattr(found, name)
        for name in ("state", "least", "most", "chance", "best", "figures", "made_at")
    }
    kept, _ = Estimate.objects.update_or_create(
        cohort=cohort, defaults={**values, "inputs": inputs}
    )
    return kept


def estimated(cohort: Cohort) -> Estimate:
    if cohort.runs.filter(published_at__isnull=False).exists():
        return Estimate(cohort=cohort, state=State.PUBLISHED, chance=1)
    rates = rates_of(cohort.program)
    try:
        compared, parts = compared_of(cohort)
    except PolicyError:  # nobody is there, or the policy names what is not there
        return Estimate(cohort=cohort, state=State.NO_MENTEES)
    if not compared.mentees:
        state = State.UNCLEAR if compared.alone else State.NO_MENTEES
        return Estimate(cohort=cohort, state=state, figures={"alone": len(compared.alone)})
    found = told(cohort, compared, critical_mass(compared.roster, rates.rates), parts)
    found.figures["comes"] = rates.rates.comes
    return found


def compared_of(cohort: Cohort) -> tuple[Compared, dict[str, list[str]]]:
    """The roster of a cohort, and who else could be asked by part of the organization.

    Raises PolicyError.
    """
    policy = cohort.program.policy
    everyone = list(Person.objects.order_by("employee_id", "pk").values_list("pk", "employee_id"))
    ids = ids_of(everyone)
    present = cohort.enrollments.present().values_list("person", "role", "state")
    inside = {ids[person]: role for person, role, _ in present}
    rows = Willing.objects.for_cohort(cohort).values_list("person", "role")
    willing = {ids[person]: role for person, role in rows}
    parts = parts_of(cohort, ids, frozenset(willing))
    compared = compare_roster(
        policy,
        people_of(cohort, policy),
        roles=willing | inside,
        enrolled=frozenset(
            ids[person] for person, _, state in present if state == Enrollment.State.ENROLLED
        ),
        others=parts,
    )
    return compared, parts


def parts_of(
    cohort: Cohort, ids: Mapping[UUID, str], taken: frozenset[str]
) -> dict[str, list[str]]:
    """Who could be a mentor and is not on the roster, by part of the organization, largest first.

    What goes beyond eight parts is together in one without a name.
    """
    part = part_names()
    found: dict[str, list[str]] = defaultdict(list)
    for person, unit in free_mentors(cohort).order_by("pk").values_list("pk", "unit"):
        if ids[person] not in taken:
            found[part.get(unit, "")].append(ids[person])
    named = sorted(found, key=lambda name: (not name, -len(found[name]), name))
    kept = {name: found[name] for name in named[:MOST_PARTS]}
    rest = [one for name in named[MOST_PARTS:] for one in found[name]]
    return kept | {"": kept.get("", []) + rest} if rest else kept


def part_names() -> dict[int | None, str]:
    """The part of the organization that each unit is in: the highest below the one at the top.

    Where several units are at the top, these are the parts. One query.
    """
    rows = {
        pk: (name, above) for pk, name, above in OrgUnit.objects.values_list("pk", "name", "parent")
    }
    tops = [pk for pk, (_, above) in rows.items() if above is None]
    heads = {pk for pk, (_, above) in rows.items() if above == tops[0]} if len(tops) == 1 else set()
    heads = heads or set(tops)
    found: dict[int | None, str] = {}
    for unit in rows:
        at, seen = unit, {unit}
        while at not in heads and (above := rows[at][1]) is not None and above not in seen:
            seen.add(above)
            at = above
        found[unit] = rows[at][0]
    return found


def told(
    cohort: Cohort, compared: Compared, mass: Mass, parts: Mapping[str, list[str]]
) -> Estimate:
    state = State.ENOUGH if mass.is_enough else State.MORE if mass.is_reached else State.TOO_FEW
    roster = compared.roster
    figures: dict[str, Any] = {
        "mentees": [int(roster.mentee_enrolled.sum()), len(compared.mentees)],
        "mentors": [int(roster.mentor_enrolled.sum()), len(compared.mentors)],
        "alone": len(compared.alone),
        "chance_usual": mass.chance_usual,
        "where": mass.where,
        "parts": {name: len(ids) for name, ids in parts.items()},
        "spans": [asdict(one) for one in (mass.mentees, mass.places, mass.places_then)],
    }
    return Estimate(
        cohort=cohort,
        state=state,
        least=mass.least,
        most=mass.most,
        chance=mass.chance,
        best=[name for name in mass.best if name],
        figures=figures,
        made_at=timezone.now(),
    )


@transaction.atomic
def set_assumption(program: Program, *, by: Person, **percents: int) -> None:
    """Say what the program assumes. Raises ValidationError where low is above high."""
    locked(program.pk)
    found, _ = Assumption.objects.get_or_create(program=program)
    for name, value in percents.items():
        setattr(found, name, value)
    change(found, *percents)
    record("programs.mass.assumed", by=by, on=program)
