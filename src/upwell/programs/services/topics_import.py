"""Writing what a file of topics says, all that counts of it or nothing."""

from collections import defaultdict
from uuid import UUID

from django.db import transaction

from upwell.audit.services import record
from upwell.people.models import Person
from upwell.programs.models import Cohort, Enrollment, EnrollmentTopic
from upwell.programs.services.enrollment import enroll_people
from upwell.programs.services.places import keep_places
from upwell.programs.services.rows import locked
from upwell.programs.services.topics import save_topics
from upwell.programs.services.topics_file import SheetRow, TopicsFile
from upwell.programs.services.topics_plan import Role, TopicsPlan, plan_topics

CHUNK = 5_000


@transaction.atomic
def import_topics(
    cohort: Cohort, file: TopicsFile, *, is_adding: bool = False, by: Person
) -> TopicsPlan:
    """Set topics and capacities of those who take part; the same file again writes nothing.

    With ``is_adding``, people of the file who have a role there are enrolled first. Returns what
    was done. Rows that are left out change nothing; all the others are written, or none of them.
    """
    policy = locked(cohort.program_id).policy
    plan = plan_topics(cohort, file, policy, is_adding=is_adding, by=by)
    for role in Role:
        added = [person for person, as_what in plan.new.items() if as_what == role]
        enroll_people(cohort, added, role=role, by=by)
    enrollments = cohort.enrollments.all()
    rows = {one: plan.rows[one.person_id] for one in enrollments if one.person_id in plan.rows}
    if changed := set_capacities(rows) | set_all_topics(cohort, rows):
        keep_places(cohort.enrollments.all(), policy)
        told = {"people": len(changed)}
        record("programs.topics.imported", by=by, on=cohort, facts=told)
    return plan


def set_capacities(rows: dict[Enrollment, SheetRow]) -> set[UUID]:
    """Write the capacities that differ; return the enrollments that changed."""
    changed: dict[int, list[UUID]] = defaultdict(list)
    for enrollment, row in rows.items():
        most = row.capacity_as(enrollment.role)
        if most is not None and most != enrollment.capacity:
            changed[most].append(enrollment.pk)
    for capacity, keys in changed.items():
        for start in range(0, len(keys), CHUNK):
            some = Enrollment.objects.filter(pk__in=keys[start : start + CHUNK])
            some.update(capacity=capacity)
    return {key for keys in changed.values() for key in keys}


def set_all_topics(cohort: Cohort, rows: dict[Enrollment, SheetRow]) -> set[UUID]:
    wishes = {enrollment.pk: row.topics for enrollment, row in rows.items()}
    return save_topics(wishes, EnrollmentTopic.objects.filter(enrollment__cohort=cohort))
