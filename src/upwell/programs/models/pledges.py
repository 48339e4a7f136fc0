"""What each participant signs, and who has signed which text of it."""

import uuid

from django.db import models
from django.utils import timezone

from upwell.people.models import Person
from upwell.programs.models.programs import Program


class Pledge(models.Model):
    """One text of the pledge in one language, kept for ever once somebody has signed it.

    Without a ``program`` it is a text that ships. Texts of one version ask the same of people,
    whatever their language.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(
        Program, models.CASCADE, null=True, blank=True, related_name="pledges"
    )
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=10)
    text = models.TextField(max_length=10_000)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-version", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "version", "language"], name="own_pledge_once"
            ),
            models.UniqueConstraint(
                fields=["version", "language"],
                condition=models.Q(program=None),
                name="shipped_pledge_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.language})"


class Signature(models.Model):
    """That somebody has signed a text of the pledge in a program. It stands until the text changes.

    It stays when they leave a cohort: what they have heard in it is still confidential.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="signatures")
    person = models.ForeignKey(Person, models.PROTECT, related_name="signatures")
    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="signatures")
    signed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-signed_at"]
        constraints = [
            models.UniqueConstraint(fields=["program", "person", "pledge"], name="signed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.pledge_id}"
