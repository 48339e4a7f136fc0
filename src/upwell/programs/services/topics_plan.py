"""What a file of topics would change in a cohort, before anything is written."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from upwell.people.models import Person
from upwell.policy import Policy
from upwell.policy.values import same_name
from upwell.programs.models import Cohort, Enrollment, EnrollmentTopic, Place
from upwell.programs.models.topics import LONGEST_NAME
from upwell.programs.queries import level_ids, named_levels
from upwell.programs.services.topics import keys_of, strongest
from upwell.programs.services.topics_file import Kind, LeftOut, SheetRow, TopicsFile
from upwell.programs.services.topics_filed import Filed, filed_names
from upwell.sheets import Topic

Role = Enrollment.Role
Held = Mapping[UUID, Mapping[Kind, Mapping[int | str, int]]]
"""Of each enrollment, the strength of each topic by the key of its row."""


@dataclass(frozen=True)
class TopicsPlan:
    """Whom a file of topics would add or change.

    ``new`` says as what people would be enrolled; ``rows`` are those that count, theirs included;
    ``changed`` take part already, and what the file says of them differs. ``filed`` are the names
    of topics that have another name in the catalog.
    """

    new: dict[UUID, str]
    rows: dict[UUID, SheetRow]
    changed: frozenset[UUID]
    left_out: tuple[LeftOut, ...]
    filed: tuple[Filed, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        added, updated = len(self.new), len(self.changed)
        return {
            "added": added,
            "updated": updated,
            "unchanged": len(self.rows) - added - updated,
            "left_out": len(self.left_out),
        }


def plan_topics(
    cohort: Cohort, file: TopicsFile, policy: Policy, *, is_adding: bool, by: Person
) -> TopicsPlan:
    """Compare a file with the cohort. Writes nothing.

    Seven queries whatever its size, and two for every 500 names of topics.
    """
    there = {enrollment.person_id: enrollment for enrollment in cohort.enrollments.all()}
    others = [one for one in file.rows if one not in there] if is_adding else []
    held = held_places(cohort)
    roles = new_roles({one: file.rows[one] for one in others if one != by.pk}, policy)
    reasons = {
        person: why
        for person, row in file.rows.items()
        if (why := why_left_out(row, there.get(person), roles.get(person), held))
    }
    for person in reasons:
        if person in others:
            reasons[person] = why_not_added(file.rows[person], is_oneself=person == by.pk)
    rows = {person: row for person, row in file.rows.items() if person not in reasons}
    names = topic_names(rows.values())
    left_out = [*file.strangers, *(LeftOut(file.rows[one], why) for one, why in reasons.items())]
    return TopicsPlan(
        new={person: role for person, role in roles.items() if person in rows},
        rows=rows,
        changed=frozenset(differing(cohort, there, rows, keys_of(names))),
        left_out=tuple(sorted(left_out, key=lambda one: one.row.number)),
        filed=tuple(filed_names(names)),
    )


def new_roles(rows: Mapping[UUID, SheetRow], policy: Policy) -> dict[UUID, str]:
    """As what people can be enrolled; whoever can be both takes the side of their level."""
    sides = {role: named_levels(policy, role) for role in Role}
    levels = {role: level_ids(names) for role, names in sides.items()}
    level_of = dict(Person.objects.active().values_list("pk", "level")) if rows else {}
    found: dict[UUID, str] = {}
    for person, row in rows.items():
        for role, names in sides.items():
            is_meant = row.role == role or (row.role == "both" and names)
            if is_meant and (not names or level_of.get(person) in levels[role]):
                found.setdefault(person, str(role))
    return found


def held_places(cohort: Cohort) -> dict[UUID, int]:
    """How many places pairs under way hold, of each enrollment with any."""
    rows = Place.objects.filter(enrollment__cohort=cohort).taken()
    return Counter(rows.values_list("enrollment", flat=True))


def why_left_out(
    row: SheetRow, enrollment: Enrollment | None, role: str | None, held: Mapping[UUID, int]
) -> str:
    """The code of why a row changes nothing; "" where it counts."""
    if enrollment is None and role is None:
        return "outside"
    if enrollment is not None and row.role in Role and row.role != enrollment.role:
        return "other_role"
    most = row.capacity_as(enrollment.role) if enrollment else None
    if enrollment is not None and most is not None and held.get(enrollment.pk, 0) > most:
        return "held"
    return "topic" if any(map(is_too_long, (*row.offered, *row.wanted))) else ""


def why_not_added(row: SheetRow, *, is_oneself: bool) -> str:
    """The code of why somebody who does not take part stays out though people are added."""
    if any(map(is_too_long, (*row.offered, *row.wanted))):
        return "topic"
    if row.role not in {*Role, "both"}:
        return "no_role"
    return "oneself" if is_oneself else "level"


def is_too_long(topic: Topic) -> bool:
    return max(len(topic.name), len(same_name(topic.name))) > LONGEST_NAME


def topic_names(rows: Iterable[SheetRow]) -> set[str]:
    """The keys of the names of all topics that the rows name."""
    return {same_name(one.name) for row in rows for one in (*row.offered, *row.wanted)}


def differing(
    cohort: Cohort,
    there: Mapping[UUID, Enrollment],
    rows: Mapping[UUID, SheetRow],
    known: Mapping[str, int],
) -> Iterable[UUID]:
    """Those who take part and of whom the file says something else."""
    held = held_topics(cohort)
    for person, row in rows.items():
        enrollment = there.get(person)
        if enrollment is None:
            continue
        given = {kind: strengths(topics, known) for kind, topics in row.topics.items()}
        own = held.get(enrollment.pk, {})
        is_same = all(own.get(kind, {}) == topics for kind, topics in given.items())
        if not is_same or row.capacity_as(enrollment.role) not in (None, enrollment.capacity):
            yield person


def strengths(topics: Iterable[Topic], known: Mapping[str, int]) -> dict[int | str, int]:
    """By the row of each topic, or the name of one that is not in the catalog yet."""
    named = ((same_name(topic.name), topic.strength) for topic in topics)
    return strongest((known.get(key, key), strength) for key, strength in named)


def held_topics(cohort: Cohort) -> Held:
    held: dict[UUID, dict[Kind, dict[int | str, int]]] = defaultdict(lambda: defaultdict(dict))
    rows = EnrollmentTopic.objects.filter(enrollment__cohort=cohort).order_by()
    for enrollment, kind, topic, strength in rows.values_list(
        "enrollment", "kind", "topic", "strength"
    ):
        held[enrollment][Kind(kind)][topic] = strength
    return held
