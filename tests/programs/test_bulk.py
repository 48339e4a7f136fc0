"""What is done with those ticked on the list of participants: asked, taken in, taken out."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    make_cohort,
    make_enrollment,
    make_lines,
    make_manager,
    make_pair,
    make_person,
    make_run,
)
from upwell.audit.models import AuditEntry
from upwell.delivery.models import OutboxMessage
from upwell.pairs.models import Member
from upwell.programs import services
from upwell.programs.models import Enrollment, Place

pytestmark = pytest.mark.django_db
State = Enrollment.State


@pytest.fixture
def cohort(manager):
    return make_cohort(manager, name="Spring", starts_on=timezone.localdate() + timedelta(days=60))


def make_able(name="Ann", **fields):
    """Somebody who has signed in before."""
    address = f"{name.lower()}@example.com"
    at = {"sign_in_email": address, "contact_email": address, "last_login": timezone.now()}
    return make_person(name=name, **at | fields)


def make_in(cohort, state, **fields):
    return make_enrollment(cohort, state=state, person=fields.pop("person", None) or make_able())


def url(cohort, query=""):
    return reverse("programs:participant_bulk", args=[cohort.pk]) + query


def post(client, cohort, action, *rows, query=""):
    sent = {"action": action, "participant": [str(row.pk) for row in rows]}
    return client.post(url(cohort, query), sent)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def states(cohort):
    return dict(cohort.enrollments.values_list("person__name", "state"))


def mails():
    """To whom which messages are on their way."""
    rows = OutboxMessage.objects.order_by("template", "person__name")
    return [
        (template.rpartition("/")[2], name)
        for template, name in rows.values_list("template", "person__name")
    ]


def test_those_ticked_are_written_to_again_and_nobody_else(client, cohort):
    asked, other = (make_in(cohort, "asked", person=make_able(name)) for name in ("Ann", "Bea"))
    enrolled = make_in(cohort, "enrolled", person=make_able("Cem"))

    response = post(client, cohort, "ask", asked, enrolled)

    assert mails() == [("invitation", "Ann")]
    message = OutboxMessage.objects.get()
    assert cohort.program.name in message.text and asked.own_href in message.text
    assert said(response) == [
        "1 message is on its way.",
        "Not written to: 1. They have answered, cannot sign in, or their side is not open.",
    ]
    asked.refresh_from_db()
    other.refresh_from_db()
    assert asked.asked_at and other.asked_at is None
    assert AuditEntry.objects.get(event="programs.participants.invited").facts == {"people": 1}


def test_whoever_has_not_answered_or_waits_is_taken_in(client, cohort):
    kinds = {"Ann": "asked", "Bea": "waiting", "Cem": "out", "Dan": "enrolled", "Eve": "asked"}
    rows = [make_in(cohort, state, person=make_able(name)) for name, state in kinds.items()]

    response = post(client, cohort, "admit", *rows[:4])

    assert states(cohort) == kinds | {"Ann": "enrolled", "Bea": "enrolled"}
    assert [rows[at].places.exists() for at in range(3)] == [True, True, False]
    assert said(response) == [
        "2 people taken in.",
        "Not taken in: 2. They take part already, have said no, or have left.",
    ]
    assert AuditEntry.objects.get(event="programs.participants.admitted").facts == {"people": 2}


def test_whoever_waited_hears_that_they_are_in_and_who_never_answered_is_still_asked(
    client, cohort
):
    asked = make_in(cohort, "asked", person=make_able("Ann"))
    waiting = make_in(cohort, "waiting", person=make_able("Bea"))

    post(client, cohort, "admit", asked, waiting)
    post(client, cohort, "admit", asked, waiting)

    assert mails() == [("enrolled", "Bea")]
    message = OutboxMessage.objects.get()
    assert message.subject == f"You take part in {cohort.program.name}"
    assert waiting.own_href in message.text
    assert list(cohort.enrollments.unanswered()) == [asked]


@pytest.mark.parametrize("may_know", [True, False])
def test_the_line_manager_of_a_mentor_who_waited_is_told_where_they_may_know(
    client, cohort, may_know
):
    waiting = make_in(cohort, "waiting", person=make_able("Bea"))
    make_lines(waiting.person, make_able("Boss"))
    services.save_answers(waiting, {"tells_manager": may_know}, by=waiting.person)

    post(client, cohort, "admit", waiting)

    told = [("line_manager", "Boss")] if may_know else []
    assert mails() == [("enrolled", "Bea"), *told]


def test_the_line_manager_of_who_has_not_said_yes_is_told_once_they_do(client, cohort):
    asked = make_in(cohort, "asked")
    make_lines(asked.person, make_able("Boss"))
    services.save_answers(asked, {"tells_manager": True}, by=asked.person)

    post(client, cohort, "admit", asked)
    before = mails()
    asked.refresh_from_db()
    services.take_part(asked, pledge="shipped-1", language="en")

    assert before == []
    assert mails() == [("enrolled", "Ann"), ("line_manager", "Boss")]


def test_nobody_is_taken_in_who_has_left(client, cohort):
    gone = make_in(cohort, "waiting", person=make_able(is_active=False))

    response = post(client, cohort, "admit", gone)

    assert states(cohort) == {"Ann": "waiting"}
    assert "Not taken in: 1." in said(response)[1]
    assert mails() == []


def test_nobody_is_taken_into_a_cohort_that_has_ended(client, manager):
    cohort = make_cohort(
        manager, name="Spring", starts_on=timezone.localdate() - timedelta(days=800)
    )
    waiting = make_in(cohort, "waiting")

    response = post(client, cohort, "admit", waiting)

    assert said(response) == ["Spring has ended, so nobody is taken in any more."]
    assert states(cohort) == {"Ann": "waiting"}


def test_those_ticked_are_taken_out_but_for_those_in_a_pair(client, cohort):
    ann, bea, _cem = (
        make_in(cohort, "enrolled", person=make_able(n)) for n in ("Ann", "Bea", "Cem")
    )
    pair = make_pair(ann.person, run=make_run(cohort))
    place = Place.objects.create(enrollment=ann, number=1)
    Member.objects.create(pair=pair, place=place)

    response = post(client, cohort, "remove", ann, bea)

    assert states(cohort) == {"Ann": "enrolled", "Cem": "enrolled"}
    assert said(response) == [
        "1 person taken out.",
        "Ann is in a pair of this cohort, so they cannot be withdrawn.",
    ]


def test_the_list_says_what_goes_before_anybody_is_taken_out(client, cohort):
    make_in(cohort, "enrolled")

    html = client.get(reverse("programs:participant_list", args=[cohort.pk])).content.decode()

    warning = html.index("Their places, topics and answers in this cohort go.")
    opened = html.rindex("<details", 0, html.index('value="remove"'))
    assert opened < warning < html.index('value="remove"') < html.index("</details>", warning)


@pytest.mark.parametrize("action", ["ask", "admit", "remove", "nonsense"])
def test_the_list_is_as_it_was_afterwards(client, cohort, action):
    row = make_in(cohort, "asked")
    query = "?q=Ann&access=asked&page=2"
    page = client.get(reverse("programs:participant_list", args=[cohort.pk]) + query)

    response = post(client, cohort, action, row, query=query)

    assert f'action="{url(cohort, query)}"'.replace("&", "&amp;") in page.content.decode()
    assert response.url == reverse("programs:participant_list", args=[cohort.pk]) + query


@pytest.mark.parametrize("action", ["ask", "admit", "remove"])
def test_nothing_is_done_with_people_of_another_cohort(client, cohort, action):
    other = make_in(make_cohort(make_manager()), "asked")

    post(client, cohort, action, other)
    elsewhere = post(client, other.cohort, action, other)

    assert states(other.cohort) == {"Ann": "asked"}
    assert elsewhere.status_code == 404
    assert mails() == []
