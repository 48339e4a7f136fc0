"""Reminding those whose lessons are open, at most once a week and nobody else."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from tests.desk.launching import make_done
from tests.factories import make_enrollment, make_person
from upwell.audit.models import AuditEntry
from upwell.delivery.models import OutboxMessage
from upwell.learning.models import TextKind
from upwell.learning.queries import behind_of
from upwell.learning.services import remind_of_lessons, retract_texts

pytestmark = pytest.mark.django_db


def make_able(cohort, name, role="mentor", **fields):
    address = f"{name.lower()}@example.com"
    person = make_person(name=name, **{"sign_in_email": address} | fields)
    return make_enrollment(cohort, role, person=person)


@pytest.fixture
def ann(cohort):
    """A mentor with lessons open, beside four people who are not reminded."""
    make_done(make_able(cohort, "Done"))
    make_able(cohort, "Gone", is_active=False)
    make_able(cohort, "Unable", sign_in_email=None)
    make_enrollment(cohort, person=make_person(sign_in_email="x@example.com"), state="asked")
    return make_able(cohort, "Ann")


def url(cohort):
    return reverse("learning:lessons_remind", args=[cohort.pk])


def test_whoever_has_a_lesson_open_and_can_do_it_is_reminded(client, cohort, manager, ann):
    vera = make_able(cohort, "Vera", "mentee")
    client.force_login(manager)

    page = client.get(url(cohort)).content.decode()
    said = client.post(url(cohort), follow=True).content.decode()

    texts = {one.person: " ".join(one.text.split()) for one in OutboxMessage.objects.all()}
    assert ("Remind 2 people of their lessons?" in page) is True
    assert "2 reminders are on their way." in said
    assert texts.keys() == {ann.person, vera.person}
    assert "three short lessons make the first hour easier" in texts[ann.person]
    assert "It takes three minutes." in texts[vera.person]
    assert reverse("learning:lesson_list", args=[cohort.program_id]) in texts[ann.person]
    assert AuditEntry.objects.get(event="learning.lessons.reminded").facts == {"people": 2}


def test_nobody_is_reminded_twice_in_a_week(cohort, manager, ann, monkeypatch):
    remind_of_lessons(cohort, by=manager)
    with pytest.raises(ValidationError, match="Nobody is left to remind"):
        remind_of_lessons(cohort, by=manager)
    later = timezone.localdate() + timedelta(days=7)
    monkeypatch.setattr("upwell.learning.services.reminding.timezone.localdate", lambda: later)

    assert remind_of_lessons(cohort, by=manager) == 1
    assert OutboxMessage.objects.filter(person=ann.person).count() == 2


def test_lessons_that_are_not_published_remind_nobody(cohort, manager, ann):
    retract_texts(cohort.program, TextKind.LESSONS, by=manager)

    with pytest.raises(ValidationError, match="Publish the lessons first"):
        remind_of_lessons(cohort, by=manager)

    assert not OutboxMessage.objects.exists()


def test_where_everybody_has_done_them_there_is_nothing_to_send(client, cohort, manager):
    make_done(make_able(cohort, "Done"))
    client.force_login(manager)
    back = reverse("learning:text_list", args=[cohort.program_id])

    assert client.get(url(cohort)).headers["Location"] == back
    assert "Remind those with lessons open" not in client.get(back).content.decode()
    assert behind_of(cohort) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_makes_the_same_queries_for_any_number_of_people(
    client, cohort, manager, count, django_assert_num_queries
):
    for number in range(count):
        make_able(cohort, f"Ann{number}")
    client.force_login(manager)
    client.get(url(cohort))

    with django_assert_num_queries(10):
        client.get(url(cohort))
