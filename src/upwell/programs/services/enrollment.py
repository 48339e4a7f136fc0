"""Who takes part in a cohort."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.audit.services import record
from upwell.people.models import Person
from upwell.programs.models import Answers, Channel, Cohort, Enrollment, EnrollmentTopic
from upwell.programs.queries import level_ids, named_levels
from upwell.programs.queries.enrolling import why_not_now
from upwell.programs.services.background import fill_for_newcomers, forget_answers
from upwell.programs.services.managers import check_watched
from upwell.programs.services.places import keep_places
from upwell.programs.services.rows import locked

CHUNK = 5_000


@dataclass(frozen=True)
class Enrolled:
    """What became of the people given, in numbers. ``added`` take part now and did not before."""

    added: int = 0
    already: int = 0
    wrong_level: int = 0
    gone: int = 0
    is_oneself_left_out: bool = False


def enroll(
    cohort: Cohort,
    people: "QuerySet[Person] | Iterable[Person | UUID]",
    *,
    role: str,
    by: Person,
    state: Enrollment.State = Enrollment.State.ENROLLED,
) -> int:
    """Enroll people who have agreed; return how many were added. See ``enroll_people``."""
    return enroll_people(cohort, people, role=role, by=by, state=state).added


@transaction.atomic
def enroll_people(
    cohort: Cohort,
    people: "QuerySet[Person] | Iterable[Person | UUID]",
    *,
    role: str,
    by: Person,
    state: Enrollment.State = Enrollment.State.ASKED,
    is_oneself_meant: bool = False,
) -> Enrolled:
    """Take in those who are active, not in the cohort yet, and at a level the policy names.

    They are to be asked whether they take part, or have agreed already, as ``state`` says.
    Nobody enrolls themselves by the way: who acts is left out unless ``is_oneself_meant``.
    Raises ValidationError where no manager would be left who does not take part.
    """
    program = locked(cohort.program_id)
    names = named_levels(program.policy, role)
    levels = level_ids(names)
    inside = set(cohort.enrollments.values_list("person", flat=True))
    new, already, wrong_level, gone, oneself = [], 0, 0, 0, False
    for pk, level, is_active in facts(people):
        if not is_active:
            gone += 1
        elif pk in inside:
            already += 1
        elif names and level not in levels:
            wrong_level += 1
        elif pk == by.pk and not is_oneself_meant:
            oneself = True
        else:
            new.append(pk)
    added = insert_enrollments(cohort, new, role, state)
    keep_places(cohort.enrollments.filter(places__isnull=True), program.policy)
    fill_for_newcomers(cohort)
    if not set(new).isdisjoint(program.staff.managers().values_list("person", flat=True)):
        check_watched(program)
    if added:
        told = {"role": str(role), "people": added}
        record("programs.participants.enrolled", by=by, on=cohort, facts=told)
    return Enrolled(added, already + len(new) - added, wrong_level, gone, oneself)


def facts(
    people: "QuerySet[Person] | Iterable[Person | UUID]",
) -> Iterator[tuple[UUID, int | None, bool]]:
    """Key, level and whether active, of everybody once."""
    if isinstance(people, QuerySet):
        rows = people.order_by().values_list("pk", "level", "is_active")
        yield from dict.fromkeys(rows)
        return
    keys = iter(dict.fromkeys(one.pk if isinstance(one, Person) else one for one in people))
    while chunk := list(islice(keys, CHUNK)):
        rows = Person.objects.filter(pk__in=chunk).order_by()
        yield from rows.values_list("pk", "level", "is_active")


def insert_enrollments(
    cohort: Cohort, people: list[UUID], role: str, state: Enrollment.State
) -> int:
    """Insert, and count what is really there: somebody else may have been faster."""
    rows = [
        Enrollment(cohort=cohort, person_id=person, role=role, state=state) for person in people
    ]
    Enrollment.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)
    there = set(cohort.enrollments.values_list("pk", flat=True)) if rows else set()
    return sum(row.pk in there for row in rows)


@transaction.atomic
def set_capacity(enrollment: Enrollment, capacity: int | None, *, by: Person) -> None:
    """Let somebody take this many counterparts; None: as the policy says.

    Raises ValidationError where pairs under way hold more places than that, and for any change
    while the cohort's pairs are published and nobody is told.
    """
    program = locked(enrollment.cohort.program_id)
    rows = Enrollment.objects.filter(pk=enrollment.pk)
    is_changed = rows.exclude(capacity=capacity).exists()
    if is_changed and (why_not := why_not_now(enrollment.cohort)):
        raise ValidationError(why_not)
    enrollment.capacity = capacity
    enrollment.clean_fields(exclude=["cohort", "person", "role"])
    rows.update(capacity=capacity)
    keep_places(rows, program.policy)
    check_places(enrollment, capacity)


def check_places(enrollment: Enrollment, capacity: int | None) -> None:
    held = enrollment.places.taken().count()
    if capacity is not None and held > capacity:
        raise ValidationError(
            ngettext(
                "%(name)s has %(count)s counterpart already.",
                "%(name)s has %(count)s counterparts already.",
                held,
            )
            % {"name": enrollment.person.name, "count": held}
        )


@transaction.atomic
def withdraw(enrollment: Enrollment, *, by: Person) -> None:
    """Take somebody out of the cohort, with their topics.

    Of whoever was in a pair that has ended, it stays that they took part. Raises ValidationError
    for whoever is in a pair.
    """
    locked(enrollment.cohort.program_id)
    if enrollment.places.taken().exists():
        raise ValidationError(
            _("%(name)s is in a pair of this cohort, so they cannot be withdrawn.")
            % {"name": enrollment.person.name}
        )
    try:
        Enrollment.objects.filter(pk=enrollment.pk).delete()
    except ProtectedError:
        leave_out(enrollment)
    record("programs.participant.withdrawn", by=by, on=enrollment)


def leave_out(enrollment: Enrollment) -> None:
    """Keep no more of somebody than that they took part and do not any more."""
    forget_answers(enrollment)
    for model in (Answers, Channel, EnrollmentTopic):
        model.objects.filter(enrollment=enrollment).delete()
    state = Enrollment.State.OUT
    Enrollment.objects.filter(pk=enrollment.pk).update(
        state=state, asks_next=False, answered_at=None, has_left=True
    )
