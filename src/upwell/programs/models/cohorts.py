"""Cohorts: when a program runs."""

import uuid
from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from upwell.people.models import Person
from upwell.programs.models.programs import Program

EARLIEST = date(2000, 1, 1)
NEVER_FROM = date(2100, 1, 1)
YEARS_AHEAD = 10


def latest_start(today: date) -> date:
    """The last day on which a cohort can start that is planned today."""
    return date(today.year + YEARS_AHEAD, today.month, min(today.day, 28))


def check_start(day: date) -> None:
    """Refuse a day that can only be a slip of the hand."""
    latest = latest_start(timezone.localdate())
    if not EARLIEST <= day <= latest:
        ends = {"first": date_format(EARLIEST), "last": date_format(latest)}
        raise ValidationError(_t("Please choose a day from %(first)s to %(last)s."), params=ends)


class CohortQuerySet(models.QuerySet["Cohort"]):
    def managed_by(self, user: Person) -> Self:
        """Cohorts of the user's programs, but for those that the user takes part in."""
        programs = Program.objects.managed_by(user)
        return self.filter(program__in=programs).exclude(enrollments__person=user)

    def with_counts(self) -> Self:
        """Add ``mentor_count`` and ``mentee_count``."""
        return self.annotate(
            mentor_count=Count("enrollments", filter=Q(enrollments__role="mentor"), distinct=True),
            mentee_count=Count("enrollments", filter=Q(enrollments__role="mentee"), distinct=True),
        ).order_by("-starts_on", "name")


class Cohort(models.Model):
    """One run of a program over six or twelve months."""

    class Length(models.IntegerChoices):
        SIX = 6, _("six months")
        TWELVE = 12, _("twelve months")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="cohorts")
    name = models.CharField(_("name"), max_length=120)
    starts_on = models.DateField(_("starts on"), validators=[check_start])
    months = models.PositiveSmallIntegerField(
        _("length"), choices=Length.choices, default=Length.SIX
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "name"],
                name="cohort_name_unique",
                violation_error_message=_("This program already has a cohort of that name."),
            ),
            models.CheckConstraint(
                condition=Q(months__in=[6, 12]),
                name="cohort_months",
                violation_error_message=_("A cohort takes six or twelve months."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__gte=EARLIEST, starts_on__lt=NEVER_FROM),
                name="cohort_starts_on",
                violation_error_message=_("A cohort starts in this century."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programs:cohort_detail", args=[self.pk])

    @property
    def ends_on(self) -> date:
        """The first day after the cohort."""
        years, month = divmod(self.starts_on.month - 1 + self.months, 12)
        first = date(self.starts_on.year + years, month + 1, 1)
        following = date(first.year + month // 11, (month + 1) % 12 + 1, 1)
        return first.replace(day=min(self.starts_on.day, (following - first).days))
