"""How the worker and the mail are doing; never what a message says."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.delivery.models import Job, OutboxMessage
from upwell.delivery.worker import is_worker_running, worker_seen_at

SHOWN = 100  # of jobs and of messages, the newest


@dataclass(frozen=True)
class MessageRow:
    message: OutboxMessage
    reason: str
    can_be_sent_again: bool


@dataclass(frozen=True)
class SystemState:
    """Counts are of all; the lists end after the newest hundred.

    Of messages that failed, those of late: older ones can be sent no more.
    """

    worker_seen_at: datetime | None
    is_worker_running: bool
    mail_server: str  # "" where none is set
    jobs: tuple[Job, ...]
    failed_job_count: int
    messages: tuple[MessageRow, ...]
    waiting_count: int
    failed_count: int

    @property
    def news(self) -> str:
        """What matters most, in one sentence."""
        if not self.is_worker_running:
            return _("No worker is running")
        if not self.mail_server:
            return _("No mail server is set")
        if self.failed_job_count:
            return ngettext(
                "%(count)d job has failed", "%(count)d jobs have failed", self.failed_job_count
            ) % {"count": self.failed_job_count}
        if self.failed_count:
            return ngettext(
                "%(count)d message could not be sent",
                "%(count)d messages could not be sent",
                self.failed_count,
            ) % {"count": self.failed_count}
        return _("Everything runs by itself")


def state_of_system() -> SystemState:
    """Eight queries, whatever has failed."""
    jobs = Job.objects.failed().defer("progress")
    under_way = [OutboxMessage.State.WAITING, OutboxMessage.State.SENDING]
    waiting = OutboxMessage.objects.filter(state__in=under_way)
    failed = OutboxMessage.objects.unsent(timezone.now())
    newest = (failed | waiting).values_list("pk", flat=True)[:SHOWN]
    listed = OutboxMessage.objects.filter(pk__in=list(newest)).select_related("person")
    return SystemState(
        worker_seen_at=worker_seen_at(),
        is_worker_running=is_worker_running(),
        mail_server=settings.EMAIL_HOST if settings.IS_MAIL_SET else "",
        jobs=tuple(jobs[:SHOWN]),
        failed_job_count=jobs.count(),
        messages=tuple(as_row(message) for message in listed.defer("html", "subject")),
        waiting_count=waiting.count(),
        failed_count=failed.count(),
    )


def as_row(message: OutboxMessage) -> MessageRow:
    has_failed = message.state == OutboxMessage.State.FAILED
    reason = reason_of(message.error)
    if has_failed and message.has_secret and message.error != "left":
        reason += " " + _(
            "The link or code in it is forgotten: send a new one, such as a new invitation."
        )
    return MessageRow(message, reason, has_failed and bool(message.text))


def reason_of(error: str) -> str:
    """What a kept code means."""
    if error == "left":
        return _("They have left, so nothing is sent to them.")
    if error == "address":
        return _("This is not an address that mail can go to.")
    if error.isdigit():
        return _("The mail server answered %(code)s.") % {"code": error}
    return _("The mail server could not be reached (%(kind)s).") % {"kind": error} if error else ""
