"""How far the people of a cohort have come: the list, its filters, the picture, the workbook."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_cohort, make_enrollment, make_manager, make_person
from upwell.delivery.models import OutboxMessage
from upwell.programs.services.bulk import ask_again

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(manager):
    return make_cohort(manager, starts_on=timezone.localdate() + timedelta(days=60))


def make_able(name, **fields):
    """Somebody who has signed in before."""
    address = f"{name.lower()}@example.com"
    return make_person(
        name=name, **{"sign_in_email": address, "last_login": timezone.now()} | fields
    )


def make_asked(cohort, name, *, days=None, **fields):
    """Somebody who has not answered; ``days`` since they were asked, None where they were not."""
    at = None if days is None else timezone.now() - timedelta(days=days)
    person = fields.pop("person", None) or make_able(name)
    return make_enrollment(cohort, person=person, state="asked", asked_at=at, **fields)


def shown(client, cohort, **query):
    """The names on the list of participants, in order."""
    page = client.get(reverse("programs:participant_list", args=[cohort.pk]), query).context["page"]
    return [row.person.name for row in page]


def test_a_message_of_another_program_says_nothing_of_this_one(client, cohort):
    ann = make_asked(cohort, "Ann").person
    other = make_cohort(make_manager())
    there = make_asked(other, "Ann", person=ann)

    ask_again(other, [there], by=make_manager())
    OutboxMessage.objects.update(state="failed")

    assert other.enrollments.for_list().get().mail == "failed"
    assert cohort.enrollments.for_list().get().mail is None
    assert shown(client, cohort, access="unsent") == []


def test_of_two_programs_each_sees_its_own_message(cohort):
    here = make_asked(cohort, "Ann")
    there = make_asked(make_cohort(make_manager()), "Ann", person=here.person)

    ask_again(cohort, [here], by=make_manager())
    OutboxMessage.objects.update(state="sent")
    ask_again(there.cohort, [there], by=make_manager())

    assert cohort.enrollments.for_list().get().mail == "sent"
    assert there.cohort.enrollments.for_list().get().mail == "waiting"
