"""The gates that a cohort goes through on its way to a match."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upwell.people.models import Person
from upwell.programs.models.cohorts import Cohort
from upwell.vault.fields import SealedTextField


class Opening(models.Model):
    """A gate that somebody opened; nobody did for cohorts that are older than gates.

    ``missing`` names the steps of the launch that were not done at the time; for these there is a
    ``reason``.
    """

    class Gate(models.TextChoices):
        MENTEES = "mentees", _("open to mentees")
        MENTORS = "mentors", _("open to mentors")
        MATCH = "match", _("ready to match")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="openings")
    gate = models.CharField(max_length=7, choices=Gate.choices)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="gates_opened"
    )
    missing = models.JSONField(default=list, blank=True)
    reason = SealedTextField(
        _("why opened all the same"),
        label="programs.opening.reason",
        scope=("program", "cohort.program_id"),
        null=True,
        blank=True,
    )

    class Meta:
        ordering = ["opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "gate"],
                name="gate_opened_once",
                violation_error_message=_("Somebody has opened this already."),
            )
        ]

    def __str__(self) -> str:
        return self.get_gate_display()
