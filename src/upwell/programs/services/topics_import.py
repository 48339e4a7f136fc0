"""Writing what a file of topics says, all of it or nothing."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F
from django.utils.translation import gettext as _

from upwell.people.models import Person
from upwell.policy import Policy
from upwell.programs.models import Cohort, Enrollment, EnrollmentTopic
from upwell.programs.queries import named_levels
from upwell.programs.services.enrollment import enroll_people
from upwell.programs.services.places import keep_places
from upwell.programs.services.rows import locked
from upwell.programs.services.topics import save_topics
from upwell.programs.services.topics_file import LeftOut, SheetRow, TopicsFile

Role = Enrollment.Role
CHUNK = 5_000


@dataclass(frozen=True)
class TopicsImported:
    """``updated`` counts people who took part already and whose topics or capacity changed."""

    added: int
    updated: int
    unchanged: int
    left_out: tuple[LeftOut, ...] = ()


@transaction.atomic
def import_topics(
    cohort: Cohort, file: TopicsFile, *, is_adding: bool = False, by: Person
) -> TopicsImported:
    """Set topics and capacities of those who take part; the same file again writes nothing.

    With ``is_adding``, people of the file who have a role there are enrolled first.
    """
    policy = locked(cohort.program_id).policy
    before = set(cohort.enrollments.values_list("person", flat=True))
    if is_adding:
        new = {one: row for one, row in file.rows.items() if one not in before}
        add_new(cohort, new, policy, by=by)
    there = {enrollment.person_id: enrollment for enrollment in cohort.enrollments.all()}
    reasons = {
        person: why
        for person, row in file.rows.items()
        if (why := why_left_out(row, there.get(person), is_adding=is_adding))
    }
    rows = {there[one]: row for one, row in file.rows.items() if one not in reasons}
    changed = set_capacities(rows) | set_all_topics(cohort, rows)
    if changed:
        keep_places(cohort.enrollments.all(), policy)
        check_capacities(cohort)
    updated = sum(one.pk in changed and one.person_id in before for one in rows)
    added = len(there.keys() - before)
    return TopicsImported(
        added=added,
        updated=updated,
        unchanged=len(rows) - updated - added,
        left_out=tuple(LeftOut(file.rows[one], why) for one, why in reasons.items()),
    )


def add_new(cohort: Cohort, rows: dict[UUID, SheetRow], policy: Policy, *, by: Person) -> None:
    """Enroll people by the role of the file; whoever can be both takes the side of their level."""
    of_role: dict[str, list[UUID]] = defaultdict(list)
    for person, row in rows.items():
        of_role[row.role].append(person)
    for role in Role:
        either = of_role["both"] if named_levels(policy, role) else []
        enroll_people(cohort, [*of_role[role], *either], role=role, by=by)


def why_left_out(row: SheetRow, enrollment: Enrollment | None, *, is_adding: bool) -> str:
    """The reason why a row changes nothing; "" where it counts."""
    if enrollment is None and is_adding and row.role in {*Role, "both"}:
        return _("Could not be added: the policy takes other levels for this role, or it is you.")
    if enrollment is None:
        return _("Does not take part in this cohort.")
    if row.role in Role and row.role != enrollment.role:
        return _("Takes part as a %(role)s already.") % {"role": enrollment.get_role_display()}
    return ""


def set_capacities(rows: dict[Enrollment, SheetRow]) -> set[UUID]:
    """Write the capacities that differ; return the enrollments that changed."""
    changed: dict[int, list[UUID]] = defaultdict(list)
    for enrollment, row in rows.items():
        if row.capacity is not None and row.capacity != enrollment.capacity:
            changed[row.capacity].append(enrollment.pk)
    for capacity, keys in changed.items():
        for start in range(0, len(keys), CHUNK):
            some = Enrollment.objects.filter(pk__in=keys[start : start + CHUNK])
            some.update(capacity=capacity)
    return {key for keys in changed.values() for key in keys}


def set_all_topics(cohort: Cohort, rows: dict[Enrollment, SheetRow]) -> set[UUID]:
    wishes = {enrollment.pk: row.topics for enrollment, row in rows.items()}
    return save_topics(wishes, EnrollmentTopic.objects.filter(enrollment__cohort=cohort))


def check_capacities(cohort: Cohort) -> None:
    """Refuse a capacity below what the pairs of somebody hold."""
    held = cohort.enrollments.annotate(held=Count("places")).filter(held__gt=F("capacity"))
    first = held.select_related("person").first()
    if first:
        raise ValidationError(
            _("%(name)s has more counterparts already than the file allows.")
            % {"name": first.person.name}
        )
