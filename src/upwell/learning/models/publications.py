"""That a program has published its guidelines, or its lessons."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upwell.people.models import Person
from upwell.programs.models import Program


class TextKind(models.TextChoices):
    GUIDELINES = "guidelines", _("guidelines")
    LESSONS = "lessons", _("lessons")


class Publication(models.Model):
    """All texts of one kind, open to those who take part in the program; gone once taken back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="publications")
    kind = models.CharField(max_length=10, choices=TextKind.choices)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(Person, models.PROTECT, related_name="learning_published")

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "kind"],
                name="learning_published_once",
                violation_error_message=_("Somebody has published this already."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=TextKind.values), name="learning_publication_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
