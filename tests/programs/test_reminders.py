"""Reminding those who were invited and have not come, in the words of the program."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_cohort, make_enrollment, make_person
from upwell.audit.models import AuditEntry
from upwell.delivery.models import Job, OutboxMessage
from upwell.people.invitations import invite
from upwell.people.models import Invitation
from upwell.programs import services
from upwell.programs.models import MessageText, Sponsor
from upwell.programs.queries import INVITE, REMIND
from upwell.programs.services.invitations import write_invitations, write_reminders

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(manager):
    return make_cohort(manager, name="Spring")


def make_invited(cohort, manager, name="Ann", *, days=6, **fields):
    """Somebody of the cohort who was invited some days ago."""
    address = f"{name.lower()}@example.com"
    person = make_person(name=name, sign_in_email=address, **fields)
    make_enrollment(cohort, person=person, state="asked")
    if person.is_active:
        invite(person, by=manager)
    OutboxMessage.objects.update(state=OutboxMessage.State.SENT)
    Invitation.objects.filter(person=person).update(
        created_at=timezone.now() - timedelta(days=days)
    )
    return person


def silent(progress):
    pass


def write():
    """What the worker does with the reminders, before it sends them."""
    job = Job.objects.get(service=REMIND)
    write_reminders(job.target, report=silent)
    job.delete()


def url(cohort):
    return reverse("programs:participant_remind", args=[cohort.pk])


def test_whoever_was_invited_days_ago_and_has_not_come_is_reminded_once(client, cohort, manager):
    ann = make_invited(cohort, manager)
    make_invited(cohort, manager, "New", days=1)
    here = make_invited(cohort, manager, "Here", last_login=timezone.now())
    here.enrollments.update(answered_at=timezone.now())
    make_invited(cohort, manager, "Gone", is_active=False)
    make_enrollment(cohort)

    page = client.get(url(cohort)).content.decode()
    said = client.post(url(cohort), follow=True).content.decode()
    write()
    again = client.post(url(cohort), follow=True).content.decode()

    message = OutboxMessage.objects.get(template="programs/mail/reminder")
    assert ("Remind 1 person?" in page, "1 reminder is on its way." in said) == (True, True)
    assert message.person == ann
    assert message.subject == f"Your place in {cohort.program} is waiting"
    assert "There is nobody to remind" in again
    assert AuditEntry.objects.filter(event="programs.participants.reminded").count() == 1


def test_the_reminder_brings_a_link_that_works(client, cohort, manager):
    ann = make_invited(cohort, manager)
    client.post(url(cohort))
    write()

    text = OutboxMessage.objects.get(template="programs/mail/reminder").text
    link = next(line for line in text.split() if "/invitation" in line)

    client.logout()
    assert ann.name in client.get(link, follow=True).content.decode()


def test_whoever_is_still_to_get_their_invitation_is_not_reminded_of_it(cohort, manager):
    make_invited(cohort, manager)
    OutboxMessage.objects.update(state=OutboxMessage.State.WAITING)

    with pytest.raises(ValidationError, match="nobody to remind"):
        services.remind_participants(cohort, by=manager)


def test_an_expired_invitation_is_no_reason_for_a_reminder(cohort, manager):
    make_invited(cohort, manager)
    Invitation.objects.update(expires_at=timezone.now())

    with pytest.raises(ValidationError, match="nobody to remind"):
        services.remind_participants(cohort, by=manager)


def test_without_anybody_to_remind_the_page_leads_back(client, cohort):
    answer = client.get(url(cohort))

    assert answer.headers["Location"] == reverse("programs:participant_list", args=[cohort.pk])


def test_the_invitation_is_in_the_words_of_the_program_and_names_the_sponsor(cohort, manager):
    boss = make_person(name="Vera Vale")
    Sponsor.objects.create(program=cohort.program, person=boss, state=Sponsor.State.COMMITTED)
    ann = make_person(name="Ann <b>", sign_in_email="ann@example.com")
    make_enrollment(cohort, person=ann, state="asked")
    services.save_message(
        cohort.program,
        MessageText.Kind.INVITATION,
        language="en",
        subject="{name}, join {program}",
        body="Dear {name},\n\n{sponsor} counts on you.\nReally.",
        by=manager,
    )

    services.invite_participants(cohort, by=manager)
    write_invitations(Job.objects.get(service=INVITE).target, report=silent)

    message = OutboxMessage.objects.get(template="programs/mail/invitation")
    assert message.subject == f"Ann <b>, join {cohort.program}"
    assert "Dear Ann <b>,\n\nVera Vale counts on you.\nReally." in message.text
    assert "<p>Dear Ann &lt;b&gt;,</p>" in message.html
    assert "<p>Vera Vale counts on you.<br>Really.</p>" in message.html
