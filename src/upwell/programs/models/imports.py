"""Files of topics on their way into a cohort."""

from typing import Self

from django.db import models
from django.urls import reverse

from upwell.people.models import FileImport, FileImportQuerySet, Person
from upwell.programs.models.cohorts import Cohort


class TopicsImportQuerySet(FileImportQuerySet["TopicsImport"]):
    def managed_by(self, user: Person) -> Self:
        """One's own, while one manages the cohort and does not take part in it."""
        return self.filter(cohort__in=Cohort.objects.managed_by(user), created_by=user)


class TopicsImport(FileImport):
    """A file of topics, roles and capacities on its way into a cohort."""

    FOLDER = "topics"

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="topics_imports")
    is_adding = models.BooleanField(default=False)

    objects = TopicsImportQuerySet.as_manager()

    def get_absolute_url(self) -> str:
        return reverse("programs:topics_preview", args=[self.pk])
