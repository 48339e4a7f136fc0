"""Ways to mend the pairs of a cohort after somebody has left or a pair has ended."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upwell.delivery.models import Job
from upwell.people.models import Person
from upwell.programs.models import Cohort


class RepairQuerySet(models.QuerySet["Repair"]):
    def managed_by(self, user: Person) -> Self:
        """Repairs of the cohorts that the user manages and does not take part in."""
        return self.filter(cohort__in=Cohort.objects.managed_by(user))

    def for_pages(self) -> Self:
        """Bring what a page names along."""
        return self.select_related("cohort__program", "job", "started_by", "applied_by")


class Repair(models.Model):
    """What can be done for the people of a cohort who have no counterpart, computed once.

    ``policy_json`` is what it was computed under and ``standing`` the keys of the couples that were
    under way, so that it is used only while both are what they were. Of ``options``, the first is
    the one that is advised; their people are kept by their enrollments, and the pairs that end by
    their couples.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        APPLIED = "applied", _("used")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="repairs")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="repairs")
    policy_json = models.TextField(blank=True)
    standing = models.JSONField(default=list, blank=True)
    options = models.JSONField(default=list, blank=True)
    faults = models.JSONField(default=list, blank=True)
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="repairs_started")
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="repairs_applied"
    )
    applied_option = models.PositiveIntegerField(null=True, blank=True)

    objects = RepairQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort"], condition=Q(state="waiting"), name="one_waiting_repair"
            ),
            models.CheckConstraint(
                condition=Q(state="applied", applied_option__isnull=False)
                | ~Q(state="applied") & Q(applied_option__isnull=True),
                name="repair_applied_by_option",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("pairs:repair_detail", args=[self.pk])

    @property
    def was_given_up(self) -> bool:
        """Whether it waits for a job that will not be tried again. Reads the job."""
        return bool(self.job and self.job.state == Job.State.FAILED)

    @property
    def is_under_way(self) -> bool:
        """Reads the job."""
        return self.state == self.State.WAITING and not self.was_given_up
