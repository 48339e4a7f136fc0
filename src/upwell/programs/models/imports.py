"""Files of topics on their way into a cohort."""

import uuid
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upwell.people.models import Person
from upwell.programs.models.cohorts import Cohort


class TopicsImportQuerySet(models.QuerySet["TopicsImport"]):
    def managed_by(self, user: Person) -> Self:
        """One's own, while one manages the cohort and does not take part in it."""
        return self.filter(cohort__in=Cohort.objects.managed_by(user), created_by=user)

    def with_file(self) -> Self:
        """Those whose file is still kept."""
        return self.exclude(state__in=TopicsImport.ENDED)


class TopicsImport(models.Model):
    """A file of topics, roles and capacities on its way into a cohort.

    The file lies in a private folder under this row's id, and only until the import ends one way
    or the other. ``mapping`` is what a person laid down about it, ``preview`` what was read of it
    (it holds samples, so it goes when the file goes), ``counts`` what would change or has changed.
    """

    class State(models.TextChoices):
        READING = "reading", _("being read")
        READY = "ready", _("read")
        REFUSED = "refused", _("not usable")
        APPLYING = "applying", _("being written")
        DONE = "done", _("written")
        DISCARDED = "discarded", _("discarded")

    ENDED = (State.DONE, State.DISCARDED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="topics_imports")
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    file_name = models.CharField(max_length=200)
    is_adding = models.BooleanField(default=False)
    mapping = models.TextField(blank=True)
    preview = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    created_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="topics_imports"
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    objects = TopicsImportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "expires_at"])]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("programs:topics_preview", args=[self.pk])

    @property
    def is_working(self) -> bool:
        return self.state in {self.State.READING, self.State.APPLYING}
