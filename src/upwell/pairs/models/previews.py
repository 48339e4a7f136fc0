"""Previews: the pairs of a run, shown to the people in them before anything is settled."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upwell.pairs.models.runs import MatchRun, Proposal
from upwell.people.models import Person
from upwell.programs.models import Cohort


class PreviewQuerySet(models.QuerySet["Preview"]):
    def open(self) -> Self:
        """Those that nobody has closed; their time may be over all the same."""
        return self.filter(state=Preview.State.OPEN)

    def of(self, user: Person) -> Self:
        """Those that show the user a counterpart, or did."""
        return self.filter(run__in=Proposal.objects.of_person(user).order_by().values("run"))


class Preview(models.Model):
    """The time in which either side of each pair of a run may say "someone else, please".

    It keeps nothing of what anybody has said: that is on their own private list alone.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("over")
        TAKEN_BACK = "taken_back", _("taken back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="previews")
    run = models.OneToOneField(MatchRun, models.CASCADE, related_name="preview")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="previews_opened")
    opened_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField()

    objects = PreviewQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort"], condition=Q(state="open"), name="one_open_preview"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("pairs:preview_own", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether somebody may still say something."""
        return self.state == self.State.OPEN and self.closes_at > timezone.now()
