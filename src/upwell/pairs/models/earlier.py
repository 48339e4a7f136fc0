"""Pairs of a program from before it came to Upwell, and the files that tell of them."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upwell.people.models import FileImport, FileImportQuerySet, Person
from upwell.programs.models import Cohort, Program


class EarlierPairQuerySet(models.QuerySet["EarlierPair"]):
    def among(self, cohort: Cohort) -> Self:
        """Those of two who both take part in the cohort, whichever program they are of."""
        inside = cohort.enrollments.order_by().values("person")
        return self.filter(mentor__in=inside, mentee__in=inside)

    def for_list(self) -> Self:
        """Bring both people along, by the mentor's name."""
        people = self.select_related("mentor", "mentee")
        return people.order_by("mentor__name", "mentee__name", "pk")

    def naming(self, text: str) -> Self:
        """Those with a person whose name has the text in it; all for an empty text."""
        named = Q(mentor__name__icontains=text) | Q(mentee__name__icontains=text)
        return self.filter(named) if text else self


class EarlierPair(models.Model):
    """Two who were a pair of the program before, and are kept apart in every run of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="earlier_pairs")
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="earlier_as_mentor")
    mentee = models.ForeignKey(Person, models.PROTECT, related_name="earlier_as_mentee")
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = EarlierPairQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "mentor", "mentee"], name="earlier_pair_unique"
            ),
            models.CheckConstraint(
                condition=~Q(mentor=models.F("mentee")), name="earlier_pair_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} → {self.mentee_id}"


class PairsImportQuerySet(FileImportQuerySet["PairsImport"]):
    def managed_by(self, user: Person) -> Self:
        """One's own, while one manages the cohort and does not take part in it."""
        return self.filter(cohort__in=Cohort.objects.managed_by(user), created_by=user)


class PairsImport(FileImport):
    """A file of pairs on its way into a cohort, and its former ones to the program."""

    FOLDER = "pairs"

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="pairs_imports")

    objects = PairsImportQuerySet.as_manager()

    def get_absolute_url(self) -> str:
        return reverse("pairs:pairs_preview", args=[self.pk])
