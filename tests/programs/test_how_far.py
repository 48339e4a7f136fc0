"""How far the people of a cohort have come: the list, its filters, the picture, the workbook."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests.factories import (
    make_cohort,
    make_enrollment,
    make_manager,
    make_person,
    make_program,
)
from upwell.delivery.models import OutboxMessage
from upwell.programs import services
from upwell.programs.queries.funnel import Funnel, funnel_of
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


@pytest.fixture
def people(cohort):
    """Somebody at every point of the way, by name; of each kind one."""
    make_asked(cohort, "Asked", days=1)
    make_asked(cohort, "Stuck", days=9)
    make_asked(cohort, "New")
    make_asked(cohort, "Nowhere", person=make_person(name="Nowhere"))
    for name, state in (("In", "enrolled"), ("Waiting", "waiting"), ("Out", "out")):
        make_enrollment(cohort, person=make_able(name), state=state)
    make_enrollment(cohort, "mentee", person=make_able("Signed"))
    make_asked(cohort, "Gone", days=9, person=make_able("Gone", is_active=False))
    signed = cohort.enrollments.get(person__name="Signed").person
    services.sign(cohort.program, signed, code="shipped-1", language="en")
    elsewhere = cohort.enrollments.get(person__name="In").person
    services.sign(make_program(), elsewhere, code="shipped-1", language="en")
    return cohort


@pytest.mark.parametrize(
    ("access", "names"),
    [
        ("", ["Asked", "Gone", "In", "New", "Nowhere", "Out", "Signed", "Stuck", "Waiting"]),
        ("without", ["Nowhere"]),
        ("uninvited", ["New"]),
        ("stuck", ["Stuck"]),
        ("unsent", ["Asked"]),
        ("asked", ["Asked", "Gone", "New", "Nowhere", "Stuck"]),
        ("enrolled", ["In", "Signed"]),
        ("waiting", ["Waiting"]),
        ("out", ["Out"]),
    ],
)
def test_each_filter_finds_just_those_who_are_so_far(client, people, access, names):
    """Two were written to: one message went out, the other did not."""
    for name, state in (("Asked", "failed"), ("Stuck", "sent")):
        write(people.enrollments.get(person__name=name), state)

    assert shown(client, people, access=access) == names


def write(enrollment, state):
    """The message that asked somebody, a second before it was written down that it did."""
    OutboxMessage.objects.create(
        person=enrollment.person,
        address="a@example.com",
        template="programs/mail/invitation",
        subject="s",
        text="x",
        message_id=f"<{enrollment.pk}>",
        state=state,
        created_at=enrollment.asked_at - timedelta(seconds=1),
    )


def test_the_funnel_counts_those_who_are_here_at_each_step(people):
    assert funnel_of(people) == Funnel(
        chosen=8, asked=6, enrolled=2, signed=1, waiting=1, out=1, stuck=1
    )


def test_the_funnel_is_shown_until_everybody_has_signed(client, people):
    url = reverse("programs:participant_list", args=[people.pk])
    before = client.get(url).content.decode()

    people.enrollments.exclude(state__in=["waiting", "out"]).exclude(person__name="Signed").delete()
    after = client.get(url).content.decode()

    assert "2 of 8 who were chosen take part." in before
    assert "How far people have come" not in after


def test_the_workbook_says_how_far_everybody_has_come(client, people):
    url = reverse("programs:participant_table", args=[people.pk])
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(url + "?as=xlsx").content))

    header, *rows = book.get_sheet_by_name("Enrollment").to_python()
    found = {row[1]: row[3:] for row in rows}

    today, days = timezone.localdate(), timedelta(days=9)
    assert header[3:] == ["Role", "State", "Asked on", "Answered on", "Pledge signed"]
    assert len(found) == 9
    assert found["Stuck"] == ["mentor", "has not answered", (today - days).isoformat(), "", "no"]
    assert found["New"] == ["mentor", "has not answered", "", "", "no"]
    assert found["Signed"] == ["mentee", "takes part", "", today.isoformat(), "yes"]
    assert found["In"][-1] == "no"
    assert found["Out"][1:] == ["not this time", "", today.isoformat(), "no"]
