"""Programs with their policy, and who is accountable for them."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upwell.people.models import Person, Role
from upwell.policy import Policy


def shipped_policy() -> str:
    return Policy().to_json()


class ProgramQuerySet(models.QuerySet["Program"]):
    def with_counts(self) -> Self:
        """Add ``cohort_count`` and ``participant_count``."""
        return self.annotate(
            cohort_count=Count("cohorts", distinct=True),
            participant_count=Count("cohorts__enrollments", distinct=True),
        ).order_by("name")

    def managed_by(self, user: Person) -> Self:
        """Programs that the user manages, while they hold the organization's role for it."""
        return self.filter(staff__in=Staff.objects.managers().active().filter(person=user))


class Program(models.Model):
    """A standing reverse mentoring program."""

    class Mode(models.TextChoices):
        REVERSE = "reverse", _("reverse: juniors mentor seniors")
        RECIPROCAL = "reciprocal", _("reciprocal: both learn")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(
        _("name"),
        max_length=120,
        unique=True,
        error_messages={"unique": _("There is a program of this name already.")},
    )
    purpose = models.TextField(_("what it is for"), max_length=1000, blank=True)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices, default=Mode.REVERSE)
    policy_json = models.TextField(_("policy"), default=shipped_policy)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ProgramQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programs:program_detail", args=[self.pk])

    @property
    def policy(self) -> Policy:
        return Policy.from_json(self.policy_json)


class StaffQuerySet(models.QuerySet["Staff"]):
    def managers(self) -> Self:
        return self.filter(role=Staff.Role.PROGRAM_MANAGER)

    def active(self) -> Self:
        """Of people who have not left, and still hold the organization's role."""
        holders = Person.objects.holding(Role.Kind.PROGRAM_MANAGER)
        return self.filter(person__in=holders)


class Staff(models.Model):
    """Who is accountable for a program, and as what."""

    class Role(models.TextChoices):
        PROGRAM_MANAGER = "program_manager", _("program manager")

    program = models.ForeignKey(Program, models.CASCADE, related_name="staff")
    person = models.ForeignKey(Person, models.CASCADE, related_name="staffed")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)

    objects = StaffQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "person", "role"], name="staff_unique")
        ]

    def __str__(self) -> str:
        return self.get_role_display()
