"""How the worker and the mail are doing; never what a message says."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from upwell.delivery.models import QUIET, Job, OutboxMessage
from upwell.delivery.worker import is_worker_running, worker_seen_at
from upwell.desk.queries.audit_log import LogState, state_of_log
from upwell.desk.queries.checks import Fault, faults_of_system

SHOWN = 100  # of jobs and of messages, the newest
KINDS: dict[str, Promise] = {
    "account": gettext_lazy("a message about signing in"),
    "learning/mail/lessons": gettext_lazy("a reminder of lessons"),
    "pairs/mail/published": gettext_lazy("who their counterpart is"),
    "pairs/mail/choosing": gettext_lazy("that they may choose from a short list"),
    "pairs/mail/conflict": gettext_lazy("that a pair of theirs breaks a rule now"),
    "pairs/mail/ended": gettext_lazy("that their pair has ended"),
    "pairs/mail/kickoff": gettext_lazy("that the cohort begins"),
    "pairs/mail/preview": gettext_lazy("whom a run has in mind for them"),
    "pairs/mail/preview_back": gettext_lazy("that nothing is settled yet"),
    "pairs/mail/preview_closed": gettext_lazy("that both sides have been asked"),
    "programs/mail/asked": gettext_lazy("that somebody is asked to answer for a program"),
    "programs/mail/assistant": gettext_lazy("that somebody names them as their assistant"),
    "programs/mail/enrolled": gettext_lazy("that they take part"),
    "programs/mail/line_manager": gettext_lazy("that somebody of theirs takes part"),
    "programs/mail/invitation": gettext_lazy("an invitation"),
    "programs/mail/leader_question": gettext_lazy("two questions to a leader"),
    "programs/mail/not_placed": gettext_lazy("that there is no counterpart this time"),
    "programs/mail/reminder": gettext_lazy("a reminder of an invitation"),
    "programs/mail/withdrawn": gettext_lazy("that somebody is no longer asked"),
    "people/mail/address_changed": gettext_lazy("that the sign-in address has changed"),
    "people/mail/invitation": gettext_lazy("an invitation"),
    "people/mail/login_code": gettext_lazy("a code to sign in with"),
    "people/mail/no_password": gettext_lazy("that there is no password to reset"),
    "people/mail/password_changed": gettext_lazy("that the password has changed"),
    "people/mail/password_reset": gettext_lazy("a link to a new password"),
    "people/mail/password_reset_code": gettext_lazy("a code for a new password"),
    "people/mail/password_set": gettext_lazy("that a password is set"),
    "people/mail/recovery_codes_generated": gettext_lazy("that there are new recovery codes"),
    "people/mail/second_factor_reset": gettext_lazy("that an authenticator is forgotten"),
    "people/mail/totp_activated": gettext_lazy("that an authenticator is set up"),
    "people/mail/totp_deactivated": gettext_lazy("that an authenticator is taken away"),
    "people/mail/unknown_account": gettext_lazy("that nobody signs in with this address"),
}
"""What each template tells, as the end of a sentence that begins with its reader."""


@dataclass(frozen=True)
class MessageRow:
    message: OutboxMessage
    kind: str | Promise
    reason: str
    can_be_sent_again: bool

    @property
    def is_tried_again(self) -> bool:
        """Whether a try has failed and there is another to come, of which one may know when."""
        is_waiting = self.message.state == OutboxMessage.State.WAITING
        return is_waiting and self.message.attempts > 0 and self.message.error != QUIET


@dataclass(frozen=True)
class SystemState:
    """``faults`` are what `upwell doctor` finds. Counts are of all; lists end after the newest 100.

    Of messages that failed, those of late: older ones can be sent no more.
    """

    faults: list[Fault]
    worker_seen_at: datetime | None
    is_worker_running: bool
    mail_server: str  # "" where none is set
    jobs: tuple[Job, ...]
    failed_job_count: int
    messages: tuple[MessageRow, ...]
    waiting_count: int
    failed_count: int
    log: LogState

    @property
    def news(self) -> str | Promise:
        """What matters most, in one sentence."""
        if self.faults and self.faults[0].is_grave:
            return self.faults[0].title
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
        return self.faults[0].title if self.faults else _("Everything runs by itself")


def state_of_system() -> SystemState:
    """A fixed number of queries, whatever has failed, and those of the checks."""
    jobs = Job.objects.failed().defer("progress")
    waiting = OutboxMessage.objects.under_way()
    failed = OutboxMessage.objects.unsent(timezone.now())
    newest = (failed | waiting).values_list("pk", flat=True)[:SHOWN]
    listed = OutboxMessage.objects.filter(pk__in=list(newest)).select_related("person")
    return SystemState(
        faults=faults_of_system(),
        worker_seen_at=worker_seen_at(),
        is_worker_running=is_worker_running(),
        mail_server=settings.EMAIL_HOST if settings.IS_MAIL_SET else "",
        jobs=tuple(jobs[:SHOWN]),
        failed_job_count=jobs.count(),
        messages=tuple(as_row(message) for message in listed.defer("html", "subject")),
        waiting_count=waiting.count(),
        failed_count=failed.count(),
        log=state_of_log(),
    )


def as_row(message: OutboxMessage) -> MessageRow:
    has_failed = message.state == OutboxMessage.State.FAILED
    reason = reason_of(message.error)
    if has_failed and message.has_secret and message.error != "left":
        reason += " " + _(
            "The link or code in it is forgotten: send a new one, such as a new invitation."
        )
    kind = KINDS.get(message.template, message.template)
    return MessageRow(message, kind, reason, has_failed and bool(message.text))


def reason_of(error: str) -> str:
    """What a kept code means."""
    if error == QUIET:  # not until when: that would tell when they are away
        return _("It waits for the reader's working day.")
    if error == "left":
        return _("They have left, so nothing is sent to them.")
    if error == "address":
        return _("This is not an address that mail can go to.")
    if error.isdigit():
        return _("The mail server answered %(code)s.") % {"code": error}
    return _("The mail server could not be reached (%(kind)s).") % {"kind": error} if error else ""
