"""Django's own way to send an e-mail, and so allauth's, ends in the outbox."""

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from upwell.delivery import services
from upwell.delivery.models import OutboxMessage


class OutboxBackend(BaseEmailBackend):
    """Writes one message for each recipient in the current transaction; sends nothing."""

    @transaction.atomic
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for email in email_messages:
            for address in email.recipients():
                services.put(as_message(email, address))
        return len(email_messages)


def as_message(email: EmailMessage, address: str) -> OutboxMessage:
    alternatives = email.alternatives if isinstance(email, EmailMultiAlternatives) else []
    html = [str(content) for content, kind in alternatives if kind == "text/html"]
    return OutboxMessage(
        address=address,
        is_bound=True,
        is_urgent=True,
        template="account",
        subject=services.one_line(str(email.subject)),
        text=str(email.body),
        html=html[0] if html else "",
    )
