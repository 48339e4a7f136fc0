"""How many people want and offer topics, as far as whoever asks may know it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from upwell.people.models import Person
from upwell.programs.models import Cohort, EnrollmentTopic, Topic

Kind = EnrollmentTopic.Kind


@dataclass(frozen=True)
class TopicUse:
    """How many people want a topic and offer it."""

    wanted: int = 0
    offered: int = 0

    @property
    def is_any(self) -> bool:
        return bool(self.wanted or self.offered)


def uses_of(topics: Iterable[Topic], *, by: Person) -> dict[int, TopicUse]:
    """In the cohorts that the user manages, of each topic that anybody has there. One query."""
    cohorts = Cohort.objects.managed_by(by)
    rows = EnrollmentTopic.objects.filter(topic__in=list(topics), enrollment__cohort__in=cohorts)
    counts = (
        rows.order_by()
        .values_list("topic")
        .annotate(
            wanted=Count("pk", filter=Q(kind=Kind.WANTED)),
            offered=Count("pk", filter=Q(kind=Kind.OFFERED)),
        )
    )
    return {topic: TopicUse(wanted, offered) for topic, wanted, offered in counts}
