"""The lessons of the made-up organization: published, and done by most."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from upwell.learning.models import Completion, TextKind
from upwell.learning.services import publish_texts
from upwell.learning.texts import lessons
from upwell.people.models import Person
from upwell.programs.models import Cohort

EVERY = 8  # of so many people one has not come to the end
DAYS = 25


def publish(cohort: Cohort, manager: Person) -> None:
    for kind in TextKind:
        publish_texts(cohort.program, kind, by=manager)


def learn(cohort: Cohort, today: date) -> None:
    """Nearly everybody who can sign in does the lessons of their role in the weeks before.

    A few only begin.
    """
    first = min(today, cohort.starts_on) - timedelta(days=DAYS + 3)
    able = cohort.enrollments.filter(person__sign_in_email__isnull=False)
    people = able.order_by("person__employee_id").values_list("person", "role")
    rows = []
    for number, (person, role) in enumerate(people):
        mine = [one for one in lessons() if one.audience == role]
        if number % EVERY == EVERY - 1:
            mine = mine[:-1]
        for place, lesson in enumerate(mine):
            day = first + timedelta(days=number % DAYS + place)
            done_at = timezone.make_aware(datetime.combine(day, time(9 + number % 8, 12)))
            rows.append(
                Completion(
                    program=cohort.program,
                    person_id=person,
                    key=lesson.key,
                    version=lesson.version,
                    done_at=done_at,
                )
            )
    Completion.objects.bulk_create(rows, batch_size=500)
