"""Messages waiting to be sent, and work for the worker."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FAILED_LATELY = timedelta(days=14)
"""How long a message that failed can be sent again; then its content goes."""
BLANK = {"subject": "", "text": "", "html": ""}
"""What is left of a message's content once nobody needs it."""
QUIET, UNWANTED = "quiet", "unwanted"
"""Kept beside a message: why it still waits, and why it was not sent."""


class Category(models.TextChoices):
    """What a message is to its reader; all but what is essential can be stopped by them."""

    ESSENTIAL = "essential", _("essential")
    REMINDER = "reminder", _("reminders")
    NEWS = "news", _("news")


class OutboxMessageQuerySet(models.QuerySet["OutboxMessage"]):
    def due(self, at: datetime | None = None) -> Self:
        """Messages to be sent now: waiting, or left behind by a worker that died."""
        now = at or timezone.now()
        waiting = Q(state=OutboxMessage.State.WAITING, next_attempt_at__lte=now)
        abandoned = Q(state=OutboxMessage.State.SENDING, leased_until__lt=now)
        return self.filter(waiting | abandoned)

    def under_way(self) -> Self:
        """Messages that are still to be sent, or being sent."""
        return self.filter(state__in=[OutboxMessage.State.WAITING, OutboxMessage.State.SENDING])

    def unsent(self, at: datetime) -> Self:
        """Messages that failed lately, to people who are still here: somebody may have to act."""
        lately = self.filter(state=OutboxMessage.State.FAILED, created_at__gt=at - FAILED_LATELY)
        return lately.exclude(error="left")

    def outdated(self, at: datetime) -> Self:
        """Messages that nobody is sending and that are of no use any more."""
        free = Q(state=OutboxMessage.State.WAITING)
        abandoned = Q(state=OutboxMessage.State.SENDING, leased_until__lt=at)
        return self.filter(free | abandoned, useful_until__lte=at)


class OutboxMessage(models.Model):
    """One e-mail, written in the transaction of what it tells about and sent by a worker."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        EXPIRED = "expired", _("expired")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="messages",
        help_text=_("Whom it is for; empty where only an address is known."),
    )
    address = models.EmailField(_("address"), max_length=254)
    is_bound = models.BooleanField(
        default=False, help_text=_("Goes to this address, whatever the person's is by then.")
    )
    template = models.CharField(max_length=100)
    category = models.CharField(max_length=10, choices=Category.choices, default=Category.ESSENTIAL)
    is_urgent = models.BooleanField(
        default=False, help_text=_("Goes at any hour: its reader waits for it, or must know.")
    )
    once_key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    message_id = models.CharField(max_length=200, unique=True)
    useful_until = models.DateTimeField(
        null=True, blank=True, help_text=_("Not sent any later; empty where it is never too late.")
    )
    has_secret = models.BooleanField(
        default=False, help_text=_("Its link or code opens something: it goes as soon as it fails.")
    )
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    leased_by = models.CharField(max_length=100, blank=True)
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OutboxMessageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "next_attempt_at"])]

    def __str__(self) -> str:
        return f"{self.template} ({self.get_state_display()})"

    @property
    def is_wanted(self) -> bool:
        """Whether its reader has not stopped such messages."""
        return self.person is None or self.person.accepts(self.category)

    @property
    def stop_href(self) -> str:
        """Where its reader can stop such messages; "" where nobody can."""
        if self.person is None or self.category == Category.ESSENTIAL:
            return ""
        return self.person.stop_href(self.category)

    @property
    def is_outdated(self) -> bool:
        return self.useful_until is not None and self.useful_until <= timezone.now()


class JobQuerySet(models.QuerySet["Job"]):
    def failed(self) -> Self:
        """Jobs that will not be tried again."""
        return self.filter(state=Job.State.FAILED)

    def stale(self, at: datetime) -> Self:
        """Jobs whose worker has shown no sign of life for JOB_STALE_SECONDS."""
        last = at - timedelta(seconds=settings.JOB_STALE_SECONDS)
        return self.filter(state=Job.State.RUNNING, heartbeat_at__lt=last)

    def due(self, at: datetime) -> Self:
        """Jobs that a worker may take now: waiting, or left behind by one that died."""
        now = Q(retry_at__isnull=True) | Q(retry_at__lte=at)
        return self.filter(now, state=Job.State.WAITING) | self.stale(at)


class Job(models.Model):
    """One piece of work for the worker. A claim with a heartbeat keeps others from doing it too."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.CharField(max_length=200)
    target = models.CharField(max_length=64)
    cluster = models.CharField(max_length=10, default="short")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.CharField(max_length=100, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    retry_at = models.DateTimeField(
        null=True, blank=True, help_text=_("Not to be tried before; empty on the first attempt.")
    )
    queue_row = models.BigIntegerField(
        null=True, blank=True, help_text=_("The row of the queue that brings it to a worker.")
    )
    progress = models.JSONField(default=dict, blank=True)
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "heartbeat_at"])]

    def __str__(self) -> str:
        return f"{self.service} {self.target}"

    @property
    def is_open(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}


class Worker(models.Model):
    """A worker and when it was last seen at work."""

    name = models.CharField(max_length=100, unique=True)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return self.name
