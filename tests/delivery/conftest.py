"""A real mail server whose answers a test decides."""

from email import message_from_bytes
from email.policy import default

import pytest

from upwell.delivery.mailbox import Listener
from upwell.delivery.models import OutboxMessage


class Post:
    """A server that keeps what it takes; ``answers`` holds what it says next to each step."""

    def __init__(self):
        self.received = []
        self.answers = {"RCPT": [], "DATA": []}
        self.listener = None

    def start(self):
        self.listener = Listener(self)
        self.listener.start()

    def stop(self):
        if self.listener:
            self.listener.stop()
        self.listener = None

    @property
    def port(self):
        return self.listener.port

    async def handle_RCPT(  # noqa: N802 -- the name that aiosmtpd calls
        self, server, session, envelope, address, options
    ):
        answer = self.answers["RCPT"].pop(0) if self.answers["RCPT"] else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- as above
        answer = self.answers["DATA"].pop(0) if self.answers["DATA"] else "250 OK"
        if answer.startswith(("250", "drop")):
            self.received.append(message_from_bytes(envelope.original_content, policy=default))
        if answer == "drop":
            server.transport.abort()
        return answer

    @property
    def message_ids(self):
        return [email["Message-ID"] for email in self.received]


@pytest.fixture
def post_office(settings):
    """The real server, up, and the settings that lead to it."""
    server = Post()
    server.start()
    settings.DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = False
    yield server
    server.stop()


@pytest.fixture
def make_message(db):
    """One message waiting in the outbox."""

    def make(**fields):
        message = OutboxMessage(
            **{"address": "ana@example.com", "template": "t/mail", "subject": "Hello"}
            | {"text": "Dear Ana\n", "html": "<p>Dear Ana</p>"}
            | fields
        )
        message.message_id = f"<{message.pk}@upwell.example>"
        message.save()
        return message

    return make
