"""Messages on their way to a real mail server."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from tests.factories import make_person
from upwell.delivery import deliver as delivery
from upwell.delivery.models import Category, Job, OutboxMessage
from upwell.delivery.refusals import refusal_of

pytestmark = pytest.mark.django_db


def deliver():
    delivery.deliver("", report=None)


def make_due():
    OutboxMessage.objects.update(next_attempt_at=timezone.now())


def state_of(message):
    message.refresh_from_db()
    return message.state, message.error


def test_deliver_sends_both_parts_and_the_fixed_headers(post_office, make_message, settings):
    settings.DEFAULT_FROM_EMAIL = "Upwell <upwell@example.com>"
    message = make_message()

    deliver()

    [email] = post_office.received
    assert email.get_content_type() == "multipart/alternative"
    assert email.get_body(("plain",)).get_content() == "Dear Ana\r\n"
    assert email.get_body(("html",)).get_content() == "<p>Dear Ana</p>"
    assert (email["From"], email["To"]) == ("Upwell <upwell@example.com>", "ana@example.com")
    assert (email["Subject"], email["Auto-Submitted"]) == ("Hello", "auto-generated")
    assert email["Message-ID"] == message.message_id
    assert email["Date"].datetime


def test_deliver_blanks_what_was_sent_and_keeps_when(post_office, make_message):
    message = make_message()

    deliver()

    assert state_of(message) == ("sent", "")
    assert (message.subject, message.text, message.html) == ("", "", "")
    assert (message.template, message.attempts) == ("t/mail", 1)
    assert message.sent_at and message.leased_until is None and message.leased_by == ""


def test_deliver_uses_one_connection_for_many(post_office, make_message):
    for number in range(3):
        make_message(address=f"p{number}@example.com")
    sessions = set()
    taken = post_office.handle_DATA

    async def remember(server, session, envelope):
        sessions.add(session.peer)
        return await taken(server, session, envelope)

    post_office.handle_DATA = remember

    deliver()

    assert len(post_office.received) == 3
    assert len(sessions) == 1


def test_a_server_that_is_down_loses_nothing(post_office, make_message):
    first, second = make_message(), make_message()
    post_office.stop()

    deliver()
    assert state_of(first) == ("waiting", "ConnectionRefusedError")
    assert state_of(second) == ("waiting", "")  # not asked for while the server is down

    post_office.start()
    make_due()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.EMAIL_PORT", post_office.port)
        deliver()
    assert sorted(post_office.message_ids) == sorted([first.message_id, second.message_id])


def test_a_temporary_refusal_waits_longer_each_time(post_office, make_message):
    message = make_message()
    post_office.answers["RCPT"] = ["451 later"] * 7
    waits = []
    for _attempt in range(7):
        deliver()
        assert state_of(message) == ("waiting", "451")
        waits.append(round((message.next_attempt_at - timezone.now()).total_seconds() / 60))
        make_due()

    deliver()

    assert waits == [1, 2, 5, 15, 30, 60, 60]
    assert post_office.message_ids == [message.message_id]


def test_one_refused_recipient_does_not_hold_up_the_others(post_office, make_message):
    first, second = make_message(), make_message()
    post_office.answers["RCPT"] = ["451 later"]

    deliver()

    assert [state_of(first)[0], state_of(second)[0]] == ["waiting", "sent"]


def test_a_server_that_closes_is_left_alone(post_office, make_message):
    first, second = make_message(), make_message()
    post_office.answers["DATA"] = ["421 closing"]

    deliver()

    assert state_of(first) == ("waiting", "421")
    assert state_of(second) == ("waiting", "")


def test_a_secret_is_gone_as_soon_as_it_failed_for_good(post_office, make_message):
    message = make_message(has_secret=True)
    post_office.answers["RCPT"] = ["451 later", "550 nobody"]

    deliver()
    assert (state_of(message), message.text) == (("waiting", "451"), "Dear Ana\n")
    make_due()
    deliver()

    assert state_of(message) == ("failed", "550")
    assert (message.subject, message.text, message.html) == ("", "", "")


@pytest.mark.parametrize("state", ["waiting", "sending"])
def test_what_is_of_no_use_any_more_is_not_sent(post_office, make_message, state):
    earlier = timezone.now() - timedelta(seconds=1)
    message = make_message(useful_until=earlier, state=state, leased_until=earlier)
    timely = make_message(useful_until=timezone.now() + timedelta(minutes=1))

    deliver()

    assert state_of(message) == ("expired", "")
    assert (message.subject, message.text, message.html) == ("", "", "")
    assert post_office.message_ids == [timely.message_id]


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_a_final_refusal_fails_with_its_code_only(post_office, make_message, step):
    message = make_message()
    post_office.answers[step] = ["550 no ana@example.com here"]

    deliver()

    assert state_of(message) == ("failed", "550")
    assert message.text == "Dear Ana\n"  # so that it can be sent again


def test_after_three_days_of_refusals_a_message_fails(post_office, make_message):
    message = make_message(attempts=delivery.MOST_ATTEMPTS - 1)
    post_office.answers["RCPT"] = ["451 later"]

    deliver()

    assert state_of(message) == ("failed", "451")


def test_a_connection_dropped_after_the_data_repeats_with_the_same_message_id(
    post_office, make_message
):
    message = make_message()
    post_office.answers["DATA"] = ["drop"]

    deliver()
    assert state_of(message) == ("waiting", "SMTPServerDisconnected")
    make_due()
    deliver()

    assert state_of(message)[0] == "sent"
    assert post_office.message_ids == [message.message_id] * 2


def test_whoever_has_left_gets_nothing(post_office, make_message):
    message = make_message(person=make_person(is_active=False))

    deliver()

    assert state_of(message) == ("failed", "left")
    assert (message.text, post_office.received) == ("", [])


def test_what_its_reader_has_stopped_is_not_sent(post_office, make_message):
    reader = make_person(contact_email="ana@example.com", unwanted_mail=["news"])
    unwanted = make_message(person=reader, category=Category.NEWS)
    wanted = make_message(person=reader, category=Category.REMINDER)
    essential = make_message(person=reader)

    deliver()

    assert state_of(unwanted) == ("expired", "unwanted")
    assert (unwanted.subject, unwanted.text, unwanted.html) == ("", "", "")
    assert sorted(post_office.message_ids) == sorted([wanted.message_id, essential.message_id])


def test_what_is_essential_comes_whatever_somebody_has_stopped(post_office, make_message):
    everything = [*Category.values, "essential"]
    make_message(person=make_person(contact_email="a@example.com", unwanted_mail=everything))

    deliver()

    assert len(post_office.received) == 1


@pytest.mark.parametrize("category", [Category.REMINDER, Category.NEWS])
def test_mail_programs_are_told_how_such_messages_are_stopped(
    post_office, make_message, category, settings
):
    settings.BASE_URL = "https://mentoring.example.com"
    ana = make_person(contact_email="ana@example.com")
    make_message(person=ana, category=category)

    deliver()

    [email] = post_office.received
    link = ana.stop_href(category)
    assert email["List-Unsubscribe"].strip() == f"<{link}>"  # it stands on a line of its own
    assert link.startswith("https://mentoring.example.com/people/mail/stop/")
    assert email["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("fields", [{}, {"category": Category.NEWS, "person": None}])
def test_what_nobody_can_stop_has_no_such_headers(post_office, make_message, fields):
    make_message(**{"person": make_person(contact_email="ana@example.com")} | fields)

    deliver()

    [email] = post_office.received
    assert not [name for name in email if name.startswith("List-")]


@pytest.mark.parametrize(
    ("is_bound", "expected"), [(False, "new@example.com"), (True, "ana@example.com")]
)
def test_the_address_is_the_one_of_the_person_by_then(
    post_office, make_message, is_bound, expected
):
    make_message(person=make_person(contact_email="new@example.com"), is_bound=is_bound)

    deliver()

    assert [email["To"] for email in post_office.received] == [expected]


@pytest.mark.parametrize("address", ["a@example.com\r\nBcc: b@example.com", "nobody", "a@b\n.com"])
def test_an_address_that_is_none_is_reported(post_office, make_message, address):
    message = make_message(address=address)

    deliver()

    assert state_of(message) == ("failed", "address")
    assert post_office.received == []


def test_a_mistake_of_ours_fails_the_message_and_the_job(post_office, make_message):
    message, other = make_message(subject="two\nlines"), make_message()

    with pytest.raises(mail.BadHeaderError):
        deliver()
    deliver()

    assert state_of(message) == ("failed", "BadHeaderError")
    assert state_of(other)[0] == "sent"


def test_a_leased_message_is_left_to_whoever_has_it(post_office, make_message):
    later = timezone.now() + timedelta(minutes=1)
    message = make_message(state="sending", leased_by="another", leased_until=later)

    deliver()

    assert state_of(message)[0] == "sending"
    assert post_office.received == []


def test_an_expired_lease_is_taken_over(post_office, make_message):
    earlier = timezone.now() - timedelta(seconds=1)
    message = make_message(state="sending", leased_by="dead", leased_until=earlier)

    deliver()

    assert state_of(message)[0] == "sent"


def test_whoever_lost_the_lease_writes_nothing(make_message):
    message = make_message()
    lease = delivery.take(message)
    OutboxMessage.objects.update(leased_by="another")

    delivery.settle(lease, state="failed")

    assert state_of(message)[0] == "sending"


def test_a_second_taker_gets_nothing(make_message):
    message = make_message()

    assert delivery.take(message) is not None
    assert delivery.take(message) is None


def test_without_a_mail_server_messages_wait(settings, make_message):
    settings.IS_MAIL_SET = False
    message = make_message()

    deliver()

    assert state_of(message) == ("waiting", "")


@pytest.mark.django_db(transaction=True)
def test_a_long_queue_goes_on_in_another_job(post_office, make_message, monkeypatch):
    message = make_message()
    monkeypatch.setattr(delivery, "LONGEST_SECONDS", -1)

    deliver()

    assert state_of(message) == ("waiting", "")
    assert Job.objects.get().service == "upwell.delivery.deliver.deliver"


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (smtplib.SMTPSenderRefused(550, b"who are you", "u@example.com"), ("550", False, True)),
        (smtplib.SMTPAuthenticationError(535, b"wrong"), ("535", False, True)),
        (smtplib.SMTPNotSupportedError("SMTPUTF8"), ("SMTPNotSupportedError", True, False)),
        (TimeoutError("secret"), ("TimeoutError", False, True)),
    ],
)
def test_whose_fault_a_refusal_is(error, expected):
    refusal = refusal_of(error)

    assert (refusal.code, refusal.is_final, refusal.is_of_server) == expected
    assert not refusal.is_fault
