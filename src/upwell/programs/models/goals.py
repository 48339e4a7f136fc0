"""How a program's goal is measured."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upwell.people.models import Person
from upwell.programs.models.programs import Program


class MeasureQuerySet(models.QuerySet["Measure"]):
    def managed_by(self, user: Person) -> Self:
        """Of the programs that the user manages."""
        return self.filter(program__in=Program.objects.managed_by(user))

    def with_readings(self) -> Self:
        """Bring program and readings along, the earliest first."""
        return self.select_related("program").prefetch_related("readings")


class ReadingQuerySet(models.QuerySet["Reading"]):
    def managed_by(self, user: Person) -> Self:
        """Of the programs that the user manages."""
        return self.filter(measure__program__in=Program.objects.managed_by(user))


class Measure(models.Model):
    """A figure that the program is to move from ``baseline`` to ``target``, in ``unit``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="measures")
    name = models.CharField(_("measure"), max_length=120)
    unit = models.CharField(_("unit"), max_length=40)
    baseline = models.DecimalField(_("baseline"), max_digits=14, decimal_places=2)
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=2)
    due_on = models.DateField(_("to be reached by"))
    created_at = models.DateTimeField(default=timezone.now)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "name"],
                name="measure_name_unique",
                violation_error_message=_("This program already has a measure of that name."),
            ),
            models.CheckConstraint(
                condition=~Q(baseline=F("target")),
                name="measure_moves",
                violation_error_message=_("The target is another number than the baseline."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Reading(models.Model):
    """What a measure stood at on a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="readings")
    taken_on = models.DateField(_("on"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    recorded_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["taken_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "taken_on"],
                name="one_reading_a_day",
                violation_error_message=_("There is a reading of that day already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.taken_on}"
