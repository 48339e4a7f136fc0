"""Sending what is due. No transaction is open while the mail server is spoken to."""

import os
import socket
import time
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string

from upwell.delivery import services
from upwell.delivery.models import BLANK, QUIET, UNWANTED, OutboxMessage, OutboxMessageQuerySet
from upwell.delivery.refusals import Refusal, refusal_of

BATCH = 50
LONGEST_SECONDS = 30
BACK_OFF_MINUTES = (1, 2, 5, 15, 30, 60)
LONGEST_WAIT = timedelta(days=14)
LOOKED_AT_EVERY = timedelta(days=1)
MOST_ATTEMPTS = 77  # with these waits, three days


def deliver(target: str, *, report: object) -> None:
    """Send the messages that are due, for half a minute at most; another job goes on from there."""
    if not settings.IS_MAIL_SET:
        return
    until = time.monotonic() + LONGEST_SECONDS
    connection = get_connection(settings.DELIVERY_BACKEND)
    try:
        while batch := list(
            OutboxMessage.objects.due().order_by("-is_urgent", "created_at")[:BATCH]
        ):
            for message in batch:
                if time.monotonic() > until:
                    services.ask_for_delivery()
                    return
                if not send(message, connection):
                    return
    finally:
        close(connection)


def send(message: OutboxMessage, connection: BaseEmailBackend) -> bool:
    """Send one message if it is still to be had; False where the server takes none now."""
    lease = take(message)
    if lease is None or is_settled(message, lease):
        return True
    try:
        connection.open()  # and so stays open for the next message
        connection.send_messages([as_email(message)])
    except Exception as error:
        refusal = refusal_of(error)
        close(connection)
        write_down(message, lease, refusal)
        if refusal.is_fault:
            raise
        return not refusal.is_of_server
    settle(lease, state=OutboxMessage.State.SENT, error="", sent_at=timezone.now(), **BLANK)
    return True


def take(message: OutboxMessage) -> OutboxMessageQuerySet | None:
    """Lease a due message by one conditional update; its content is read anew."""
    now = timezone.now()
    by = f"{socket.gethostname()[:50]}:{os.getpid()}:{uuid.uuid4().hex[:12]}"
    row = OutboxMessage.objects.filter(pk=message.pk)
    taken = (row & OutboxMessage.objects.due(now)).update(
        state=OutboxMessage.State.SENDING,
        leased_by=by,
        leased_until=now + timedelta(seconds=settings.MAIL_LEASE_SECONDS),
        attempts=F("attempts") + 1,
    )
    if not taken:
        return None
    message.refresh_from_db()
    return row.filter(state=OutboxMessage.State.SENDING, leased_by=by)


def settle(lease: OutboxMessageQuerySet, **fields: Any) -> None:
    """Write what became of a message, unless the lease was lost meanwhile."""
    lease.update(leased_until=None, leased_by="", **fields)


def is_settled(message: OutboxMessage, lease: OutboxMessageQuerySet) -> bool:
    """Whether a message is not to be sent now, or never; what becomes of it is written down."""
    state = OutboxMessage.State
    if message.is_outdated:
        settle(lease, state=state.EXPIRED, **BLANK)
    elif reason := reason_not_to_send(message):
        settle(lease, state=state.FAILED, error=reason, **BLANK)
    elif not message.is_wanted:
        settle(lease, state=state.EXPIRED, error=UNWANTED, **BLANK)
    elif again := waits_until(message, timezone.now()):
        none = F("attempts") - 1  # looking at the clock of its reader is no attempt
        settle(lease, state=state.WAITING, error=QUIET, next_attempt_at=again, attempts=none)
    else:
        return False
    return True


def waits_until(message: OutboxMessage, now: datetime) -> datetime | None:
    """When a message is to be looked at again, as its reader should have quiet; else None.

    It does not wait for long, nor for more than half of the time in which it is of use; after that
    for the end of the night alone. It is looked at each day: days away come and go.
    """
    if message.is_urgent or message.person is None:
        return None
    latest = message.created_at + LONGEST_WAIT
    if message.useful_until:
        latest = min(latest, message.created_at + (message.useful_until - message.created_at) / 2)
    good: datetime = import_string(settings.NEXT_GOOD_MOMENT)(message.person, now, latest=latest)
    return None if good <= now else min(good, now + LOOKED_AT_EVERY)


def reason_not_to_send(message: OutboxMessage) -> str:
    """Why a message must not go out; else "", with the address taken anew where it may change."""
    if message.person and not message.person.is_active:
        return "left"
    if message.person and not message.is_bound:
        message.address = services.address_for(message.person) or message.address
    try:
        validate_email(message.address)
    except ValidationError:
        return "address"
    return ""


def as_email(message: OutboxMessage) -> EmailMultiAlternatives:
    headers = {"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"}
    headers |= headers_to_stop(message)
    email = EmailMultiAlternatives(
        message.subject, message.text, to=[message.address], headers=headers
    )
    if message.html:
        email.attach_alternative(message.html, "text/html")
    return email


def headers_to_stop(message: OutboxMessage) -> dict[str, str]:
    """What lets a mail program offer to stop such messages, by one click (RFC 8058)."""
    href = message.stop_href
    if not href:
        return {}
    return {"List-Unsubscribe": f"<{href}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def write_down(message: OutboxMessage, lease: OutboxMessageQuerySet, refusal: Refusal) -> None:
    if refusal.is_final or message.attempts >= MOST_ATTEMPTS:
        content = BLANK if message.has_secret else {}
        settle(lease, state=OutboxMessage.State.FAILED, error=refusal.code, **content)
        return
    minutes = BACK_OFF_MINUTES[min(message.attempts, len(BACK_OFF_MINUTES)) - 1]
    again = timezone.now() + timedelta(minutes=minutes)
    settle(lease, state=OutboxMessage.State.WAITING, error=refusal.code, next_attempt_at=again)


def close(connection: BaseEmailBackend) -> None:
    """Forget the connection; what goes wrong in saying goodbye changes nothing."""
    try:
        connection.close()
    except OSError:  # SMTPException is one
        connection.connection = None  # type: ignore[attr-defined]  # -- of the SMTP backend
