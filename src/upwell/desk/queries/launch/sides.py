"""Supply against demand: how what mentees want and mentors offer meets."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from upwell.programs.models import Cohort, Enrollment, EnrollmentTopic

MENTEE, MENTOR = Enrollment.Role.MENTEE, Enrollment.Role.MENTOR
WANTED = {"kind": EnrollmentTopic.Kind.WANTED, "enrollment__role": MENTEE}
OFFERED = {"kind": EnrollmentTopic.Kind.OFFERED, "enrollment__role": MENTOR}


@dataclass(frozen=True)
class Sides:
    """How many take part in a cohort. People who have left do not count.

    ``asking`` mentees want something; for ``met`` of them a mentor offers something of it. Of
    ``wanted`` topics, ``offered`` are offered by somebody.
    """

    mentors: int = 0
    mentees: int = 0
    asking: int = 0
    met: int = 0
    wanted: int = 0
    offered: int = 0

    @property
    def has_wishes(self) -> bool:
        """Whether every mentee has said what they want to learn."""
        return 0 < self.mentees == self.asking

    @property
    def is_met(self) -> bool:
        return self.has_wishes and self.met == self.mentees


def sides_of(cohorts: Sequence[Cohort]) -> dict[UUID, Sides]:
    """Of the cohorts in which anybody takes part. Two queries."""
    wanted = present().filter(enrollment=OuterRef("pk"), **WANTED)
    offered = present().filter(
        topic=OuterRef("topic"), enrollment__cohort=OuterRef("enrollment__cohort"), **OFFERED
    )
    is_met = Q(Exists(wanted.filter(Exists(offered))), role=MENTEE)
    people = Enrollment.objects.filter(cohort__in=cohorts, person__is_active=True).order_by()
    rows = people.values("cohort").annotate(
        mentors=Count("pk", filter=Q(role=MENTOR)),
        mentees=Count("pk", filter=Q(role=MENTEE)),
        asking=Count("pk", filter=Q(Exists(wanted), role=MENTEE)),
        met=Count("pk", filter=is_met),
    )
    topics = topics_of(cohorts)
    counted = rows.values_list("cohort", "mentors", "mentees", "asking", "met")
    return {row[0]: Sides(*row[1:], *topics[row[0]]) for row in counted}


def topics_of(cohorts: Sequence[Cohort]) -> dict[UUID, tuple[int, int]]:
    """How many topics the mentees of each cohort want, and how many of these mentors offer."""
    rows = (
        present()
        .filter(enrollment__cohort__in=cohorts)
        .values_list("enrollment__cohort", "topic")
        .annotate(wanted=Count("pk", filter=Q(**WANTED)), offered=Count("pk", filter=Q(**OFFERED)))
    )
    found: dict[UUID, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for cohort, _topic, wanted, offered in rows:
        if wanted:
            total, met = found[cohort]
            found[cohort] = (total + 1, met + bool(offered))
    return found


def present() -> QuerySet[EnrollmentTopic]:
    return EnrollmentTopic.objects.filter(enrollment__person__is_active=True).order_by()
