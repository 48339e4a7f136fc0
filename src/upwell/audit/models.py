"""The audit log: who did what, when, on which object. Never content."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def sealed(self) -> Self:
        """Entries of the chain, in its order."""
        return self.filter(sequence__isnull=False).order_by("sequence")

    def unsealed(self) -> Self:
        """Entries that wait to be sealed, in the order in which they will be."""
        return self.filter(sequence=None).order_by("at", "pk")

    def newest(self) -> Self:
        return self.order_by("-at", "-pk")

    def of_kind(self, prefix: str) -> Self:
        """Events whose code is this, or begins with it: ``people`` or ``people.sign_in``."""
        return self.filter(Q(event=prefix) | Q(event__startswith=f"{prefix.rstrip('.')}."))

    def concerning(self, people: Iterable[str]) -> Self:
        """What these people did, and what was done about them; by the text of their ids."""
        ids = list(people)
        return self.filter(Q(by__in=ids) | Q(object_id__in=ids) | Q(facts__person__in=ids))

    def between(self, since: date | None, until: date | None = None) -> Self:
        """From the beginning of a day to the end of one, in the current time zone."""
        found = self
        if since:
            found = found.filter(at__gte=midnight(since))
        if until:
            found = found.filter(at__lt=midnight(until + timedelta(days=1)))
        return found


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


class AuditEntry(models.Model):
    """One event. The worker seals it into the chain; the database refuses every other change.

    The refusals are triggers of migration 0003: a migration that makes this table anew, as
    SQLite's do, has to make them anew, too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(_("time"), default=timezone.now)
    by = models.CharField(_("by"), max_length=36)
    event = models.CharField(_("event"), max_length=80)
    object_kind = models.CharField(_("kind of object"), max_length=80)
    object_id = models.CharField(_("object"), max_length=64)
    facts = models.JSONField(_("facts"), default=dict)
    sequence = models.PositiveBigIntegerField(_("number"), null=True, unique=True)
    mac = models.CharField(_("seal"), max_length=64, default="", blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        ordering = ["sequence", "at", "pk"]
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["object_kind", "object_id"], name="audit_by_object"),
            models.Index(fields=["at"], name="audit_unsealed", condition=Q(sequence=None)),
            models.Index(fields=["-at", "-id"], name="audit_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sequence=None, mac="") | (Q(sequence__gte=1) & ~Q(mac="")),
                name="audit_sealed_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.object_kind} {self.object_id}"
