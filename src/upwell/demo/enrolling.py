"""How people of the made-up organization enrolled: the first cohort wholly, the second half."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import cycle

from django.utils import timezone

from upwell.desk.services import open_gate
from upwell.people.models import Person
from upwell.people.sign_in import set_address
from upwell.programs import services
from upwell.programs.models import (
    Answers,
    Channel,
    Cohort,
    Enrollment,
    EnrollmentTopic,
    Opening,
    Signature,
)
from upwell.programs.queries.pledge import current_pledge, pledge_row
from upwell.sheets import Topic as Named
from upwell.vault.services import seal_all

CHOSEN = {"mentee": 12, "mentor": 20}
TALKING = 30  # mentees of the first cohort with a sentence, by name
SENTENCES = (
    "How people under 30 decide what they trust",
    "What makes somebody stay here after the second year",
    "How work looks when nobody sits in one room",
    "Which of our habits only make sense to us",
    "What they would do with our website tomorrow",
    "How they learn something new in an evening",
)
FALLBACK = "Generative AI at work"
BATCH = 500


def settle(cohort: Cohort) -> None:
    """Everybody of the first cohort has said yes and signed; mentees say what they hope for."""
    at = timezone.now() - timedelta(days=20)
    cohort.enrollments.update(asked_at=at - timedelta(days=9), answered_at=at)
    program = cohort.program
    pledge = pledge_row(program, current_pledge(program, "en"))
    people = cohort.enrollments.order_by("pk").values_list("person", flat=True)
    Signature.objects.bulk_create(
        [Signature(program=program, person_id=one, pledge=pledge, signed_at=at) for one in people],
        batch_size=BATCH,
    )
    say(cohort.enrollments.mentees().order_by("person__name", "pk")[:TALKING])


def say(enrollments: Iterable[Enrollment]) -> None:
    """A sentence each, and a telephone that nobody has."""
    some = list(enrollments)
    rows = [Answers(enrollment=one, person_id=one.person_id) for one in some]
    texts = [sentence for _row, sentence in zip(rows, cycle(SENTENCES), strict=False)]
    Answers.objects.bulk_create(seal_all(rows, "sentence", texts))
    Channel.objects.bulk_create(
        Channel(enrollment=one, kind=Channel.Kind.MOBILE, value=f"+1 202 555 01{number:02}")
        for number, one in enumerate(some)
    )


def half_enroll(cohort: Cohort, manager: Person, *, levels: dict[str, tuple[str, ...]]) -> None:
    """Of those who are asked half have answered: most with yes, a few not this time.

    Mentees first, since mentors are asked for what they want.
    """
    for role, gate in (("mentee", Opening.Gate.MENTEES), ("mentor", Opening.Gate.MENTORS)):
        open_gate(cohort, gate, by=manager)
        people = able(levels[role], CHOSEN[role])
        services.enroll_people(cohort, people, role=role, by=manager)
        asked = cohort.enrollments.filter(role=role).select_related("cohort__program", "person")
        services.ACTIONS["ask"](cohort, asked, by=manager)
        for number, enrollment in enumerate(asked.order_by("person__name", "pk")):
            answer(enrollment, number)
    cohort.enrollments.update(asked_at=timezone.now() - timedelta(days=7))


def answer(enrollment: Enrollment, number: int) -> None:
    if number % 2 == 0:
        say_yes(enrollment)
    elif number % 8 == 1:
        services.step_out(enrollment, asks_next=number % 16 == 1, by=enrollment.person)


def able(levels: tuple[str, ...], count: int) -> list[Person]:
    """People who sign in, evenly spaced by name; who holds a role watches and takes no part."""
    people = list(
        Person.objects.active().filter(level__name__in=levels, roles=None).exclude(contact_email="")
    )
    step = max(1, len(people) // count)
    some = people[::step][:count]
    for person in some:
        if not person.sign_in_email:
            set_address(person, person.contact_email)
    return some


def say_yes(enrollment: Enrollment) -> None:
    topics = list(named_elsewhere(enrollment))[:3] or [Named(FALLBACK)]
    services.save_answers(enrollment, {"topics": topics}, by=enrollment.person)
    pledge = current_pledge(enrollment.cohort.program, "en").code
    services.take_part(enrollment, pledge=pledge, language="en")


def named_elsewhere(enrollment: Enrollment) -> Iterator[Named]:
    """The topics that they named for another cohort, the strongest first."""
    kind = EnrollmentTopic.Kind.OFFERED if enrollment.is_mentor else EnrollmentTopic.Kind.WANTED
    rows = EnrollmentTopic.objects.filter(enrollment__person=enrollment.person, kind=kind)
    for one in rows.select_related("topic").order_by("-strength", "topic__name"):
        yield Named(one.topic.name, one.strength)
