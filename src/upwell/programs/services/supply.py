"""What the mentees of a cohort want to learn, who offers it, and who else could."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from time import monotonic

from django.db.models import Q

from upwell.matching.recruiting import Worth
from upwell.matching.solve import solve
from upwell.people.models import Person, PersonQuerySet
from upwell.policy.compile import compile_problem
from upwell.policy.faults import PolicyError
from upwell.policy.supply import supply_and_demand
from upwell.policy.values import same_name
from upwell.programs.models import Cohort, EnrollmentTopic
from upwell.programs.queries import TopicCount, level_ids, named_levels, topic_counts
from upwell.programs.services.table import people_of

SECONDS = 8.0
"""So long may counting take on a page; then it is left to the terminal."""
MOST_GAPS = 6
MOST_PEOPLE = 4
SHORTEST_WORD = 5
COMMON = frozenset(
    ("about", "after", "before", "better", "early", "first", "small", "people", "their", "under")
    + ("where", "which", "while", "working", "inside", "without", "choose", "decides")
)
"""Words of topics that say nothing about who knows something of it."""


@dataclass(frozen=True)
class Gap:
    """A topic that more people want than offer, and people of the directory who could fill it.

    ``known`` have offered it before; ``likely`` have a word of it in their job title, team or unit.
    """

    topic: TopicCount
    known: list[Person] = field(default_factory=list)
    likely: list[Person] = field(default_factory=list)

    @property
    def short(self) -> int:
        return self.topic.wanted - self.topic.offered


def gaps_of(cohort: Cohort) -> list[Gap]:
    """The topics that are shortest, with who could fill them. A constant number of queries."""
    counts = [topic for topic in topic_counts(cohort) if topic.offered < topic.wanted]
    counts.sort(key=lambda topic: (topic.offered - topic.wanted, topic.name))
    counts = counts[:MOST_GAPS]
    free = free_mentors(cohort)
    known, likely = known_for(counts, free), likely_for(counts, free)
    return [Gap(topic, known[topic.name], likely[topic.name]) for topic in counts]


def free_mentors(cohort: Cohort) -> PersonQuerySet:
    """People at the level of mentors who take no part in the cohort."""
    names = named_levels(cohort.program.policy, "mentor")
    everybody: PersonQuerySet = Person.objects.active().with_places()
    people = everybody.exclude(enrollments__cohort=cohort)
    return people.filter(level__in=level_ids(names)) if names else people


def known_for(topics: Iterable[TopicCount], free: PersonQuerySet) -> Mapping[str, list[Person]]:
    """Who has offered each topic in another cohort."""
    names = [topic.name for topic in topics]
    offers = EnrollmentTopic.objects.filter(
        kind=EnrollmentTopic.Kind.OFFERED, topic__name__in=names, enrollment__person__in=free
    ).order_by("-strength", "enrollment__person__name")
    people = free.in_bulk(offers.values_list("enrollment__person", flat=True))
    found: dict[str, list[Person]] = defaultdict(list)
    for name, person in offers.values_list("topic__name", "enrollment__person"):
        if people[person] not in found[name] and len(found[name]) < MOST_PEOPLE:
            found[name].append(people[person])
    return found


def likely_for(topics: Iterable[TopicCount], free: PersonQuerySet) -> Mapping[str, list[Person]]:
    """Who has a word of each topic where the directory says what they do."""
    words = {topic.name: words_of(topic.name) for topic in topics}
    found: dict[str, list[Person]] = defaultdict(list)
    asked = Q()
    for word in {word for some in words.values() for word in some}:
        for name in ("title", "team", "unit__name"):
            asked |= Q((f"{name}__icontains", word))
    if not asked:
        return found
    for person in free.filter(asked).order_by("name", "pk")[: MOST_GAPS * 50]:
        unit = person.unit.name if person.unit else ""
        said = same_name(f"{person.title} {person.team} {unit}")
        for name, some in words.items():
            if len(found[name]) < MOST_PEOPLE and any(word in said for word in some):
                found[name].append(person)
    return found


def words_of(name: str) -> set[str]:
    words = re.findall(r"[^\W\d_]+", same_name(name))
    return {word for word in words if len(word) >= SHORTEST_WORD} - COMMON


def worths_of(cohort: Cohort) -> Mapping[str, Worth]:
    """What one more mentor with each topic would bring, by the topic's key; {} where unknown.

    Whom people asked in private not to be paired with does not count here, so that nothing about
    it can be read from the figures.
    """
    until = monotonic() + SECONDS
    try:
        people = people_of(cohort, cohort.program.policy)
        compiled = compile_problem(cohort.program.policy, people)
    except PolicyError:  # a side is empty, or the policy names what is not there
        return {}
    result = solve(compiled.problem, should_stop=lambda: monotonic() > until)
    if not result.is_optimal or monotonic() > until:
        return {}
    return {same_name(topic.name): topic.worth for topic in supply_and_demand(compiled, result)}
