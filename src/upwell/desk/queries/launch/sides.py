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

    ``reached`` mentees can be reached in two ways or more. Of ``asked_mentors`` and
    ``asked_mentees`` there is no answer yet. ``asking`` mentees want something; for ``met`` of them
    a mentor offers something of it. Of ``wanted`` topics, ``offered`` are offered by somebody.
    """

    mentors: int = 0
    mentees: int = 0
    asking: int = 0
    met: int = 0
    wanted: int = 0
    offered: int = 0
    asked_mentors: int = 0
    asked_mentees: int = 0
    reached: int = 0

    @property
    def has_wishes(self) -> bool:
        """Whether every mentee has said what they want to learn."""
        return 0 < self.mentees == self.asking

    @property
    def is_met(self) -> bool:
        return self.has_wishes and self.met == self.mentees


def sides_of(cohorts: Sequence[Cohort]) -> dict[UUID, Sides]:
    """Of the cohorts in which anybody takes part or was asked. Two queries."""
    wanted = told().filter(enrollment=OuterRef("pk"), **WANTED)
    offered = told().filter(
        topic=OuterRef("topic"), enrollment__cohort=OuterRef("enrollment__cohort"), **OFFERED
    )
    is_met = Q(Exists(wanted.filter(Exists(offered))), role=MENTEE)
    people = Enrollment.objects.present().filter(cohort__in=cohorts, person__is_active=True)
    people = people.order_by()
    here, asked = Q(state=Enrollment.State.ENROLLED), Q(state=Enrollment.State.ASKED)
    counts = {
        "mentors": Q(here, role=MENTOR),
        "mentees": Q(here, role=MENTEE),
        "asking": Q(here, Exists(wanted), role=MENTEE),
        "met": Q(here, is_met),
        "reached": Q(here, role=MENTEE, pk__in=Enrollment.objects.reachable().values("pk")),
        "asked_mentors": Q(asked, role=MENTOR),
        "asked_mentees": Q(asked, role=MENTEE),
    }
    counted = people.values("cohort").annotate(
        **{name: Count("pk", filter=which) for name, which in counts.items()}
    )
    topics = topics_of(cohorts)
    found = {}
    for cohort, *numbers in counted.values_list("cohort", *counts):
        wanted_topics, offered_topics = topics[cohort]
        known = dict(zip(counts, numbers, strict=True))
        found[cohort] = Sides(**known, wanted=wanted_topics, offered=offered_topics)
    return found


def topics_of(cohorts: Sequence[Cohort]) -> dict[UUID, tuple[int, int]]:
    """How many topics the mentees of each cohort want, and how many of these mentors offer."""
    rows = (
        told()
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


def told() -> QuerySet[EnrollmentTopic]:
    """The topics of those who take part."""
    return EnrollmentTopic.objects.filter(
        enrollment__person__is_active=True, enrollment__state=Enrollment.State.ENROLLED
    ).order_by()
