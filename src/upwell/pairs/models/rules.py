"""Couples whom a program manager keeps together or apart by hand."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upwell.people.models import Person
from upwell.programs.models import Cohort, Enrollment


class CoupleRuleQuerySet(models.QuerySet["CoupleRule"]):
    def pins(self) -> Self:
        return self.filter(kind=CoupleRule.Kind.PIN)

    def standing(self) -> Self:
        """Those of two who both take part and have not left the directory."""
        said, found = Enrollment.State.ENROLLED, self.filter(mentor__person__is_active=True)
        return found.filter(mentee__person__is_active=True, mentor__state=said, mentee__state=said)

    def naming(self, text: str) -> Self:
        """Those with a person whose name has the text in it; all for an empty text."""
        mentor, mentee = (
            Q(mentor__person__name__icontains=text),
            Q(mentee__person__name__icontains=text),
        )
        return self.filter(mentor | mentee) if text else self

    def for_list(self) -> Self:
        """Bring the people along, pins first and by the mentor's name."""
        people = self.select_related("mentor__person", "mentee__person", "set_by")
        return people.order_by("-kind", "mentor__person__name", "mentee__person__name", "pk")


class CoupleRule(models.Model):
    """A mentor and a mentee of a cohort who are to be a pair in its next runs, or not to be one."""

    class Kind(models.TextChoices):
        PIN = "pin", _("kept together")
        BAN = "ban", _("kept apart")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="couple_rules")
    mentor = models.ForeignKey(Enrollment, models.CASCADE, related_name="rules_as_mentor")
    mentee = models.ForeignKey(Enrollment, models.CASCADE, related_name="rules_as_mentee")
    kind = models.CharField(max_length=3, choices=Kind.choices)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="couple_rules_set")
    created_at = models.DateTimeField(default=timezone.now)

    objects = CoupleRuleQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["mentor", "mentee"], name="couple_rule_once"),
            models.CheckConstraint(condition=Q(kind__in=["pin", "ban"]), name="couple_rule_kind"),
            models.CheckConstraint(
                condition=~Q(mentor=models.F("mentee")), name="couple_rule_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.mentor_id} → {self.mentee_id}"

    @property
    def is_pin(self) -> bool:
        return self.kind == self.Kind.PIN
