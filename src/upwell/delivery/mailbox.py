"""A mail server that keeps what it receives in a folder, for the demo and for tests.

It listens on this machine only and hands nothing on.
"""

import mailbox
from asyncio import Server
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True)
class Received:
    """An e-mail as its reader sees it."""

    key: str
    message_id: str
    to: str
    sender: str
    subject: str
    sent_at: datetime | None
    text: str
    html: str


class Keeper:
    """Writes each message to a Maildir before the server says 250."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(  # noqa: N802 -- the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        kept = mailbox.Maildir(self.folder, create=True)
        message = mailbox.MaildirMessage(message_from_bytes(envelope.original_content or b""))
        message["X-Original-To"] = ", ".join(envelope.rcpt_tos)
        kept.add(message)
        kept.close()
        return "250 Kept"


class Listener(Controller):
    """Listens on a free port of this machine, which ``port`` names once it has started."""

    def __init__(self, handler: object) -> None:
        super().__init__(handler, hostname="127.0.0.1", port=0)

    def _trigger_server(self) -> None:
        self.port = cast("Server", self.server).sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # -- of aiosmtpd


@contextmanager
def serve(folder: Path) -> Iterator[int]:
    """Receive mail on 127.0.0.1 into a folder while open; gives the port."""
    controller = Listener(Keeper(folder))
    controller.start()
    try:
        yield int(controller.port)
    finally:
        controller.stop()


def messages(folder: Path) -> list[Received]:
    """All messages of a folder, the newest first; [] where none has come yet."""
    if not (folder / "cur").is_dir():
        return []
    kept = mailbox.Maildir(folder, create=False)
    found = [as_received(key, kept.get_bytes(key)) for key in kept.iterkeys()]
    oldest = datetime.min.replace(tzinfo=UTC)
    return sorted(found, key=lambda mail: (mail.sent_at or oldest, mail.key), reverse=True)


def read(folder: Path, key: str) -> Received | None:
    """One message by its key, which is looked up and never used as a path of its own."""
    return next((mail for mail in messages(folder) if mail.key == key), None)


def as_received(key: str, content: bytes) -> Received:
    message = message_from_bytes(content, EmailMessage, policy=modern)
    sent = message["Date"]
    return Received(
        key=key,
        message_id=str(message["Message-ID"] or ""),
        to=str(message["X-Original-To"] or message["To"] or ""),
        sender=str(message["From"] or ""),
        subject=str(message["Subject"] or ""),
        sent_at=moment(str(sent)) if sent else None,
        text=body(message, "plain"),
        html=body(message, "html"),
    )


def moment(date: str) -> datetime:
    """The time of a Date header; "-0000" means UTC without a place."""
    at = parsedate_to_datetime(date)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""
