"""Messages that wait until their readers are at work."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import make_person
from upwell.delivery import deliver as delivery
from upwell.delivery.models import Job, OutboxMessage
from upwell.delivery.services import post
from upwell.delivery.tend import tend

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def in_two_days(person, at, *, latest):
    return min(at + 2 * DAY, max(at, latest))


def at_once(person, at, *, latest):
    return at


def never(person, at, *, latest):
    raise AssertionError("nobody's clock is to be asked for")


@pytest.fixture(autouse=True)
def say(settings):
    """Say when readers are there."""

    def chosen(when):
        settings.NEXT_GOOD_MOMENT = f"{__name__}.{when.__name__}"

    chosen(in_two_days)
    return chosen


@pytest.fixture
def reader():
    return make_person(contact_email="ana@example.com")


def deliver():
    delivery.deliver("", report=None)


def make_due():
    OutboxMessage.objects.update(next_attempt_at=timezone.now())


def test_a_message_waits_and_then_goes(make_message, mailoutbox, reader, say):
    message = make_message(person=reader)

    deliver()
    message.refresh_from_db()

    wait = message.next_attempt_at - timezone.now()
    assert (message.state, message.error, message.attempts) == ("waiting", "quiet", 0)
    assert (message.leased_by, message.leased_until, mailoutbox) == ("", None, [])
    assert DAY - HOUR < wait <= DAY

    say(at_once)
    make_due()
    deliver()
    message.refresh_from_db()
    assert (message.state, message.error, message.attempts) == ("sent", "", 1)
    assert len(mailoutbox) == 1


def test_it_is_looked_at_once_for_each_wait(make_message, reader, say):
    make_message(person=reader)
    deliver()
    say(never)
    Job.objects.all().delete()

    deliver()
    tend()

    assert not Job.objects.exists()


@pytest.mark.parametrize("fields", [{"is_urgent": True}, {"person": None}])
def test_what_is_urgent_or_for_an_address_alone_goes_at_once(
    make_message, mailoutbox, reader, say, fields
):
    say(never)
    make_message(**{"person": reader} | fields)

    deliver()

    assert len(mailoutbox) == 1


@pytest.mark.parametrize(("age", "is_sent"), [(2 * DAY - HOUR, False), (2 * DAY + HOUR, True)])
def test_waiting_takes_half_of_the_time_of_use_at_most(
    make_message, mailoutbox, reader, age, is_sent
):
    written = timezone.now() - age
    make_message(person=reader, created_at=written, useful_until=written + 4 * DAY)

    deliver()

    assert bool(mailoutbox) == is_sent


@pytest.mark.parametrize(("age", "state"), [(13 * DAY, "waiting"), (14 * DAY, "sent")])
def test_nothing_waits_for_more_than_two_weeks_in_all(make_message, reader, age, state):
    message = make_message(person=reader, created_at=timezone.now() - age)

    deliver()
    message.refresh_from_db()

    assert message.state == state
    assert message.next_attempt_at <= message.created_at + 14 * DAY + HOUR


def test_whoever_lost_the_lease_puts_nothing_off(make_message, reader):
    message = make_message(person=reader)
    lease = delivery.take(message)
    OutboxMessage.objects.update(leased_by="another")

    assert delivery.is_settled(message, lease)

    message.refresh_from_db()
    assert (message.state, message.attempts) == ("sending", 1)


def test_a_message_costs_two_queries_more(make_message, reader, settings, say):
    def queries():
        make_message(person=reader)
        with CaptureQueriesContext(
            connection,
        ) as found:
            deliver()
        return len(found)

    say(at_once)
    plain = queries()
    settings.NEXT_GOOD_MOMENT = "upwell.people.quiet.next_good_moment"
    settings.QUIET_HOURS = (timezone.now() - HOUR).time(), (timezone.now() + HOUR).time()

    assert queries() <= plain + 2


def test_post_says_what_is_urgent(reader):
    urgent = post("people/mail/second_factor_reset", to=reader, is_urgent=True)
    other = post("people/mail/second_factor_reset", to=reader)

    found = {row.pk: row.is_urgent for row in OutboxMessage.objects.all()}
    assert found == {urgent.pk: True, other.pk: False}
