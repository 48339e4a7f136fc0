"""The open call of the second made-up program, and who has answered it."""

from collections.abc import Iterable

from upwell.people.models import Person
from upwell.programs import services
from upwell.programs.models import Cohort, EnrollmentTopic, OpenCall, Topic, Willing

ANSWERS = {"mentor": 30, "mentee": 34}
"""How many say that they are willing, where there are so many people."""
TOPICS = 2
WHEN = (Willing.When.NEXT, Willing.When.ANY, Willing.When.NEXT)


def call_for(cohort: Cohort, manager: Person, *, levels: dict[str, tuple[str, ...]]) -> None:
    """Open the call, let some dozens answer it, and work out whether they are enough."""
    call = services.open_call(cohort.program, takes_mentors=True, takes_mentees=True, by=manager)
    for role, names in levels.items():
        people = list(Person.objects.active().filter(level__name__in=names, roles=None))
        for number, person in enumerate(some_of(people, ANSWERS[role])):
            answer(call, person, role, number)
    services.work_out(cohort)


def some_of(people: list[Person], count: int) -> Iterable[Person]:
    """At most a third of them, evenly spaced by name."""
    step = max(3, len(people) // count)
    return people[step - 1 :: step][:count]


def answer(call: OpenCall, person: Person, role: str, number: int) -> None:
    """With the topics that they named elsewhere."""
    kind = EnrollmentTopic.Kind.OFFERED if role == "mentor" else EnrollmentTopic.Kind.WANTED
    named = EnrollmentTopic.objects.filter(enrollment__person=person, kind=kind)
    topics: dict[Topic, int] = {
        one.topic: one.strength
        for one in named.select_related("topic").order_by("-strength", "topic__name")[:TOPICS]
    }
    services.say_willing(call, person, role=role, when=WHEN[number % len(WHEN)], topics=topics)
