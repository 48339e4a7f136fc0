"""Who is willing to take part: saying it, taking it back, and being asked."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.people.models import Person
from upwell.programs.models import (
    Cohort,
    Enrollment,
    EnrollmentQuerySet,
    OpenCall,
    Topic,
    Willing,
    WillingQuerySet,
    WillingTopic,
)
from upwell.programs.services.enrollment import enroll_people
from upwell.programs.services.invitations import ask_some
from upwell.programs.services.rows import locked


@transaction.atomic
def say_willing(
    call: OpenCall,
    person: Person,
    *,
    role: str,
    when: str,
    cohort: Cohort | None = None,
    topics: Mapping[Topic, int],
) -> Willing:
    """Put somebody on the roster, or change what they said; twice the same is once.

    Whoever changes their role gives up the other one. ``topics`` come with their strengths. Raises
    ValidationError where the call is closed or does not take the role.
    """
    program = locked(call.program_id)
    call.refresh_from_db()
    if not call.is_open():
        raise ValidationError(_("The call has been closed meanwhile."))
    if role not in call.roles:
        raise ValidationError(_("The call does not look for this role."))
    named = cohort if when == Willing.When.NAMED else None
    rows = Willing.objects.filter(program=program, person=person)
    rows.exclude(role=role).filter(taken_back_at=None).update(taken_back_at=timezone.now())
    willing, is_new = Willing.objects.get_or_create(
        program=program,
        person=person,
        role=role,
        defaults={"when": when, "cohort": named},
    )
    is_back = willing.taken_back_at is not None
    kept = {"when": when, "cohort": named, "taken_back_at": None}
    Willing.objects.filter(pk=willing.pk).update(
        **kept, said_at=timezone.now() if is_back else willing.said_at
    )
    set_willing_topics(willing, topics)
    if is_new or is_back:
        record("programs.willing.said", by=person, on=program, facts={"role": str(role)})
    willing.refresh_from_db()
    return willing


def set_willing_topics(willing: Willing, topics: Mapping[Topic, int]) -> None:
    willing.topics.exclude(topic__in=[topic.pk for topic in topics]).delete()
    rows = [
        WillingTopic(willing=willing, topic=topic, strength=strength)
        for topic, strength in topics.items()
    ]
    WillingTopic.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["willing", "topic"],
        update_fields=["strength"],
    )


@transaction.atomic
def take_back(call: OpenCall, person: Person) -> bool:
    """Take somebody off the roster; tell whether they were on it."""
    program = locked(call.program_id)
    standing = Willing.objects.filter(program=program, person=person, taken_back_at=None)
    count = standing.update(taken_back_at=timezone.now())
    if count:
        record("programs.willing.taken_back", by=person, on=program)
    return bool(count)


def keep_on_roster(enrollment: Enrollment) -> None:
    """Somebody who would like to be asked for the next cohort stands on the roster for it.

    In the role and with the topics that they had. What they have said themselves stays as it is.
    """
    program, person = enrollment.cohort.program, enrollment.person
    if Willing.objects.filter(program=program, person=person, taken_back_at=None).exists():
        return
    willing, _is_new = Willing.objects.update_or_create(
        program=program,
        person=person,
        role=enrollment.role,
        defaults={
            "when": Willing.When.NEXT,
            "cohort": None,
            "taken_back_at": None,
            "said_at": timezone.now(),
        },
    )
    topics = enrollment.topics.select_related("topic")
    set_willing_topics(willing, {one.topic: one.strength for one in topics})
    record("programs.willing.said", by=person, on=program, facts={"role": enrollment.role})


@dataclass(frozen=True)
class Asked:
    """What became of those who were ticked, in numbers.

    ``asked`` were written to. ``waiting`` are in the cohort and not asked yet: they cannot sign in,
    or their side is not open. The others are left out.
    """

    asked: int = 0
    waiting: int = 0
    elsewhere: int = 0
    already: int = 0
    wrong_level: int = 0
    is_oneself_left_out: bool = False


@transaction.atomic
def ask_willing(cohort: Cohort, willing: WillingQuerySet, *, by: Person) -> Asked:
    """Ask people of the roster to take part in a cohort, each in the role that they named.

    Those who are willing for another cohort are left out. Raises ValidationError as
    ``enroll_people`` does.
    """
    locked(cohort.program_id)
    chosen = willing.standing().filter(program=cohort.program_id)
    inside = cohort.enrollments.values("person")
    meant = chosen.filter(Q(pk__in=Willing.objects.for_cohort(cohort)) | Q(person__in=inside))
    people: dict[str, list[Person]] = defaultdict(list)
    for one in meant.select_related("person"):
        people[one.role].append(one.person)
    told = [enroll_people(cohort, some, role=role, by=by) for role, some in sorted(people.items())]
    new = unasked(cohort).filter(person__in=[one for some in people.values() for one in some])
    asked = ask_some(cohort, new.filter(cohort__is_draft=False), by=by)
    return Asked(
        asked,
        new.count(),
        chosen.count() - sum(map(len, people.values())),
        sum(one.already for one in told),
        sum(one.wrong_level for one in told),
        any(one.is_oneself_left_out for one in told),
    )


def unasked(cohort: Cohort) -> EnrollmentQuerySet:
    return cohort.enrollments.filter(state=Enrollment.State.ASKED, asked_at=None)
