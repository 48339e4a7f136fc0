"""Who has done which lesson."""

import uuid

from django.db import models
from django.utils import timezone

from upwell.learning.models.own_texts import LONGEST_KEY
from upwell.people.models import Person
from upwell.programs.models import Program


class Completion(models.Model):
    """That somebody has done a version of a lesson. What they answered is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="completions")
    person = models.ForeignKey(Person, models.CASCADE, related_name="completions")
    key = models.CharField(max_length=LONGEST_KEY)
    version = models.PositiveSmallIntegerField()
    done_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["done_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "program", "key", "version"], name="lesson_done_once"
            ),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="lesson_version"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"
