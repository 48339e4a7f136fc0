"""What a program may cost, who approved it, and what it has cost."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from upwell.people.models import Person
from upwell.programs.models.programs import Program


class Funding(models.Model):
    """The money that was approved for a program; ``currency`` is an ISO 4217 code."""

    program = models.OneToOneField(Program, models.CASCADE, related_name="funding")
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    approved_by = models.ForeignKey(
        Person,
        models.PROTECT,
        related_name="+",
        verbose_name=_("approved by"),
    )
    approved_on = models.DateField(_("approved on"))
    basis = models.TextField(_("where the estimate came from"), max_length=1000)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="funding_amount",
                violation_error_message=_("An amount is not below 0."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class Expense(models.Model):
    """Money of the funding that was spent, in its currency; below 0 where some came back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    funding = models.ForeignKey(Funding, models.CASCADE, related_name="expenses")
    spent_on = models.DateField(_("on"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    what = models.CharField(_("for what"), max_length=200)
    recorded_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-spent_on", "id"]

    def __str__(self) -> str:
        return self.what
