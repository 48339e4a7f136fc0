"""The kick-off: one message to everybody in a pair, once, and kind words to everybody else."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from tests.databases import at_once
from tests.factories import (
    make_cohort,
    make_enrollment,
    make_manager,
    make_pair,
    make_person,
    make_run,
)
from tests.pairs.organizations import manager_of
from tests.pairs.test_runs import computed, make_sides
from upwell.audit.models import AuditEntry
from upwell.delivery.models import OutboxMessage
from upwell.desk.queries.home import home_of
from upwell.pairs.models import Pair, Proposal
from upwell.pairs.services import publish_run, send_kickoff
from upwell.people.models import Person
from upwell.programs.models import MessageText, Program
from upwell.programs.services import save_message

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client):
    person = make_manager()
    client.force_login(person)
    return person


def make_paired(manager, *, starts_in=7, names=("Ann", "Ben")):
    """A published cohort of one pair that begins in some days."""
    day = timezone.localdate() + timedelta(days=starts_in)
    cohort = make_cohort(manager, name="Spring", starts_on=day)
    people = [make_person(name=one, sign_in_email=f"{one.lower()}@example.com") for one in names]
    mentor = make_enrollment(cohort, person=people[0])
    mentee = make_enrollment(cohort, "mentee", person=people[1])
    run = make_run(cohort, published_at=timezone.now(), by=manager)
    Proposal.objects.create(run=run, mentor=mentor, mentee=mentee, score=1, quality="good")
    make_pair(*people, run=run)
    return cohort


def url(cohort):
    return reverse("pairs:kickoff_send", args=[cohort.pk])


def test_everybody_in_a_pair_is_told_once(client, manager):
    cohort = make_paired(manager)
    make_enrollment(cohort, person=make_person(contact_email="alone@example.com"))

    page = client.get(url(cohort)).content.decode()
    said = client.post(url(cohort), follow=True).content.decode()
    again = client.post(url(cohort), follow=True).content.decode()

    assert "Tell 2 people that Spring begins?" in page
    assert "The kick-off is on its way to 2 people." in said
    assert "The kick-off of this cohort has been sent." in again
    told = OutboxMessage.objects.order_by("person__name").values_list("person__name", flat=True)
    assert list(told) == ["Ann", "Ben"]
    assert AuditEntry.objects.filter(event="pairs.kickoff.sent").count() == 1


def test_the_kickoff_is_in_the_words_of_the_program_and_each_language(manager):
    cohort = make_paired(manager)
    Person.objects.filter(name="Ben").update(own_language="de")
    save_message(
        cohort.program,
        MessageText.Kind.KICKOFF,
        language="en",
        subject="{name}, here we go",
        body="See www.example.com/room <now>.",
        by=manager,
    )

    send_kickoff(cohort, by=manager)

    ann, ben = OutboxMessage.objects.order_by("person__name")
    assert ann.subject == "Ann, here we go"
    assert 'href="http://www.example.com/room"' in ann.html.replace("https", "http")
    assert "&lt;now&gt;" in ann.html
    assert ben.subject.startswith("Spring beginnt am")


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("{name} in {program}: {name} {name} {name} {name} {name} {name}", "Come."),
        ("Come", "See https://intranet.example.com/{name} (https://a.example/{name})."),
    ],
)
def test_long_subjects_and_addresses_with_names_go_out_whole(subject, body, manager):
    cohort = make_paired(manager)
    Program.objects.update(name="P" * 118)
    cohort.refresh_from_db()
    kind = MessageText.Kind.KICKOFF
    words = {"language": "en", "subject": subject, "body": body}
    save_message(cohort.program, kind, by=manager, **words)

    send_kickoff(cohort, by=manager)

    ann, ben = OutboxMessage.objects.order_by("person__name")
    assert ann.subject.count("Ann") == subject.count("{name}")
    assert ben.text.count("Ben") == body.count("{name}")
    assert not re.search("[0-9a-f]{16}", ann.subject + ann.text + re.sub("/c/.*", "", ann.html))


@pytest.mark.parametrize("state", ["nobody", "ended", "left"])
def test_without_anybody_in_a_pair_nothing_is_sent(state, client, manager):
    cohort = make_cohort(manager) if state == "nobody" else make_paired(manager)
    if state == "ended":
        Pair.objects.update(state=Pair.State.ENDED)
    if state == "left":
        Person.objects.exclude(pk=manager.pk).update(is_active=False)

    with pytest.raises(ValidationError, match="Nobody who can be written to"):
        send_kickoff(cohort, by=manager)

    cohort.refresh_from_db()
    assert cohort.kicked_off_at is None
    assert client.get(url(cohort)).status_code == 302


def test_two_who_send_it_at_once_send_it_once(own_database):
    manager = make_manager()
    cohort = make_paired(manager)

    results = at_once(*[partial(send_kickoff, cohort, by=manager)] * 4)

    refused = [one for one in results if isinstance(one, ValidationError)]
    assert len(refused) == 3
    assert OutboxMessage.objects.count() == 2


@pytest.mark.parametrize(
    ("starts_in", "is_asked"), [(30, False), (14, True), (-13, True), (-15, False)]
)
def test_home_asks_for_the_kickoff_around_the_first_day(starts_in, is_asked, manager):
    make_paired(manager, starts_in=starts_in)

    step = home_of(manager).tasks[0].step

    assert (step.to == "pairs:kickoff_send") == is_asked


def test_whoever_has_no_counterpart_gets_kind_words_with_the_publication():
    cohort = make_sides(2, 1)
    Person.objects.filter(enrollments__cohort=cohort).update(contact_email="one@example.com")
    run = computed(cohort)
    alone = run.unplaced.get().enrollment.person

    publish_run(run, reason="Everybody was asked in person.", by=manager_of(cohort))

    message = OutboxMessage.objects.get(template="programs/mail/not_placed")
    assert message.person == alone
    assert message.subject == f"{cohort.program}: no counterpart for you this time"
    assert OutboxMessage.objects.exclude(pk=message.pk).filter(person=alone).count() == 0
