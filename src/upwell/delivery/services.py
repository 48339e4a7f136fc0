"""Writing messages into the outbox, in the transaction of what they tell about."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from upwell.delivery import jobs
from upwell.delivery.models import Category, Job, OutboxMessage

if TYPE_CHECKING:
    from upwell.people.models import Person

DELIVER = "upwell.delivery.deliver.deliver"
LONGEST_SUBJECT = 300
BATCH = 1_000


def address_for(person: "Person") -> str:
    """Where somebody's mail goes; "" where no address is known."""
    return person.contact_email or person.sign_in_email or ""


@transaction.atomic
def post(
    template: str,
    *,
    to: "Person | None" = None,
    address: str = "",
    context: dict[str, Any] | None = None,
    once: str = "",
    language: str = "",
    has_secret: bool = False,
    useful_until: datetime | None = None,
    category: Category = Category.ESSENTIAL,
    is_urgent: bool = False,
) -> OutboxMessage | None:
    """Write an e-mail from ``<template>.subject.txt``, ``.txt`` and ``.html`` into the outbox.

    It goes to ``address`` where one is given, else to the address that the person has when it is
    sent. It is written in ``language`` where that is given, else in the person's.
    None where there is no address, or where ``once`` was written before.
    ``has_secret``: its link or code opens something, so it is not kept once sending has failed.
    After ``useful_until`` it is not sent any more. ``category`` is what the reader may stop.
    Unless it ``is_urgent``, it waits until its reader is likely to be at work.
    """
    if once and OutboxMessage.objects.filter(once_key=once).exists():
        return None
    message = compose(
        template,
        to=to,
        address=address,
        context=context,
        once=once,
        language=language,
        category=category,
    )
    if message is None:
        return None
    message.has_secret, message.useful_until = has_secret, useful_until
    message.is_urgent = is_urgent
    return put(message)


def compose(
    template: str,
    *,
    to: "Person | None" = None,
    address: str = "",
    context: dict[str, Any] | None = None,
    once: str = "",
    language: str = "",
    category: Category = Category.ESSENTIAL,
) -> OutboxMessage | None:
    """Write an e-mail out as ``post`` does, without storing it; None where there is no address."""
    goes_to = address or (address_for(to) if to else "")
    if not goes_to:
        return None
    message = OutboxMessage(
        person=to,
        address=goes_to,
        is_bound=bool(address),
        template=template,
        category=category,
        once_key=once or None,
    )
    with translation.override(language or (to.language if to else settings.LANGUAGE_CODE)):
        fill(message, {"person": to, "stop_href": message.stop_href, **(context or {})})
    return message


@transaction.atomic
def post_many(messages: Sequence[OutboxMessage], *, not_before: datetime | None = None) -> None:
    """Store messages that ``compose`` made; those whose key was written before stay away.

    None of them is sent ``not_before``.
    """
    for message in messages:
        finish(message)
        message.next_attempt_at = not_before or message.next_attempt_at
    OutboxMessage.objects.bulk_create(messages, batch_size=BATCH, ignore_conflicts=True)
    if messages:
        ask_for_delivery()


def put(message: OutboxMessage) -> OutboxMessage | None:
    """Store a message and see to its delivery; None where its key was written meanwhile."""
    finish(message)
    if message.once_key:
        OutboxMessage.objects.bulk_create([message], ignore_conflicts=True)
        if not OutboxMessage.objects.filter(pk=message.pk).exists():
            return None
    else:
        message.save(force_insert=True)
    ask_for_delivery()
    return message


def finish(message: OutboxMessage) -> None:
    """What a message needs once its words are in: only now is it known how long they are."""
    message.message_id = f"<{message.pk}@{host()}>"
    message.subject = one_line(message.subject)


def fill(message: OutboxMessage, context: dict[str, Any]) -> None:
    """Render subject and both bodies in the language that is active."""
    context = {"organization": settings.ORGANIZATION, "site": settings.BASE_URL} | context
    subject = render(f"{message.template}.subject.txt", context, escape=False)
    message.text = render(f"{message.template}.txt", context, escape=False).strip() + "\n"
    message.html = render(f"{message.template}.html", context, escape=True)
    message.subject = subject


def render(name: str, context: dict[str, Any], *, escape: bool) -> str:
    """PostgreSQL keeps no NUL, and no mail needs one."""
    template: Any = get_template(name)
    return str(template.template.render(Context(context, autoescape=escape))).replace("\0", "")


def one_line(text: str) -> str:
    """A subject that cannot become a second header."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split())[:LONGEST_SUBJECT]


def host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"


@transaction.atomic
def ask_for_delivery() -> None:
    """Have a worker send what is due, by one job for all messages of a transaction.

    A job that waits already will see them, too: its row is locked here, so that it starts after
    this transaction has ended. One that somebody else has locked may start too early.
    """
    waiting = Job.objects.select_for_update(skip_locked=True).filter(
        service=DELIVER, state=Job.State.WAITING, attempts=0
    )
    if not waiting.first():
        jobs.enqueue(DELIVER, "")


@transaction.atomic
def withdraw(once: str) -> int:
    """Send no message any more whose ``once`` begins like this; tell how many still waited.

    The same may be written anew then. One that a worker is sending at this moment goes out.
    """
    waiting = OutboxMessage.objects.filter(
        once_key__startswith=once, state=OutboxMessage.State.WAITING
    )
    return waiting.update(useful_until=timezone.now(), once_key=None)


@transaction.atomic
def withdraw_all(once: str) -> bool:
    """The same; False where one of them is being sent or was, or has failed: to be rolled back.

    A worker that is about to take one waits for the end of this transaction, or took it before.
    """
    withdraw(once)
    return not OutboxMessage.objects.filter(once_key__startswith=once).exists()


@transaction.atomic
def send_again(message: OutboxMessage) -> None:
    """Put a message that failed back into line, with all its attempts before it."""
    changed = (
        OutboxMessage.objects.filter(pk=message.pk, state=OutboxMessage.State.FAILED)
        .exclude(text="")
        .update(
            state=OutboxMessage.State.WAITING,
            attempts=0,
            error="",
            next_attempt_at=timezone.now(),
        )
    )
    if not changed:
        raise ValidationError(_("This message cannot be sent again."))
    ask_for_delivery()


@transaction.atomic
def retry_job(job: Job) -> None:
    """Put a job that failed back into line, with all its attempts before it."""
    failed = Job.objects.failed().filter(pk=job.pk)
    fields = {"attempts": 0, "error": "", "retry_at": None, "finished_at": None}
    if not failed.update(state=Job.State.WAITING, queue_row=jobs.put_in_line(job), **fields):
        raise ValidationError(_("This job is not waiting to be tried again."))
