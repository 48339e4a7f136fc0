"""Who reports to whom."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from upwell.people.models.person import Person


class ReportingLine(models.Model):
    """To whom someone reports. Without a manager, ``named`` is what the source said."""

    class Kind(models.TextChoices):
        SOLID = "solid", _("solid")
        DOTTED = "dotted", _("dotted")

    person = models.ForeignKey(Person, models.CASCADE, related_name="lines")
    manager = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="lines_below"
    )
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.SOLID)
    named = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(kind="solid"), name="one_solid_line"
            ),
            models.UniqueConstraint(
                fields=["person", "manager"],
                condition=Q(kind="dotted", manager__isnull=False),
                name="dotted_line_unique",
            ),
            models.CheckConstraint(
                condition=~Q(person=F("manager")),
                name="nobody_reports_to_themselves",
            ),
            models.CheckConstraint(
                condition=Q(manager__isnull=False) | ~Q(named=""), name="line_names_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.manager_id or self.named}"
