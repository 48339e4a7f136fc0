"""Cohorts: when a program runs."""

import uuid
from datetime import date, timedelta
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Q
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


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    following = date(first.year + month // 11, (month + 1) % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))


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

    def ahead(self, on: date | None = None) -> Self:
        """Those for which people can still be asked, the next one first.

        They are confirmed, have not begun, and their pairs are not published.
        """
        day = on or timezone.localdate()
        found = self.filter(is_draft=False, starts_on__gt=day)
        return found.exclude(runs__published_at__isnull=False).order_by("starts_on", "pk")

    def dated(self) -> Self:
        """Those with every day on the way to the close settled."""
        names = ("mentees_from", "mentors_from", "enrolls_until", "matches_on", "midpoint_on")
        return self.filter(**{f"{name}__isnull": False for name in names})

    def with_counts(self) -> Self:
        """Add ``mentor_count`` and ``mentee_count``, of those who have said that they take part,
        and ``asked_count`` of those who have not answered.
        """
        counts = {
            f"{role}_count": Q(enrollments__role=role, enrollments__state="enrolled")
            for role in ("mentor", "mentee")
        } | {"asked_count": Q(enrollments__state="asked")}
        return self.annotate(
            **{
                name: Count("enrollments", filter=which, distinct=True)
                for name, which in counts.items()
            }
        ).order_by("-starts_on", "name")


def in_order(earlier: str, later: str, words: Any) -> models.CheckConstraint:
    """Two dates of a cohort that follow on each other, where both are given."""
    return models.CheckConstraint(
        condition=Q((f"{earlier}__isnull", True))
        | Q((f"{later}__isnull", True))
        | Q((f"{earlier}__lte", F(later))),
        name=f"cohort_{earlier}_before_{later}",
        violation_error_message=words,
    )


class Cohort(models.Model):
    """One run of a program over six or twelve months.

    Enrollment is open to mentees before it is open to mentors. A draft was prepared from the
    ``previous`` cohort, and nothing of it happens before somebody confirms it.
    """

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
    mentees_from = models.DateField(_("open to mentees from"), null=True, blank=True)
    mentors_from = models.DateField(_("open to mentors from"), null=True, blank=True)
    enrolls_until = models.DateField(_("enrollment until"), null=True, blank=True)
    matches_on = models.DateField(_("matching on"), null=True, blank=True)
    midpoint_on = models.DateField(_("midpoint on"), null=True, blank=True)
    is_draft = models.BooleanField(default=False)
    kicked_off_at = models.DateTimeField(null=True, blank=True)
    previous = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="following"
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
            models.UniqueConstraint(
                fields=["previous"],
                name="one_following_cohort",
                violation_error_message=_("The next cohort is prepared already."),
            ),
            in_order(
                "mentees_from",
                "mentors_from",
                _("Mentees are asked first: their date is not after that of the mentors."),
            ),
            in_order(
                "mentors_from", "enrolls_until", _("Enrollment ends after it is open to mentors.")
            ),
            in_order("enrolls_until", "matches_on", _("Matching comes after enrollment.")),
            in_order("matches_on", "starts_on", _("Matching comes before the start.")),
            in_order("starts_on", "midpoint_on", _("The midpoint comes after the start.")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programs:cohort_detail", args=[self.pk])

    @property
    def ends_on(self) -> date:
        """The first day after the cohort."""
        return months_later(self.starts_on, self.months)

    @property
    def is_dated(self) -> bool:
        """Whether every day on its way to the close is settled."""
        return None not in (
            *(self.mentees_from, self.mentors_from, self.enrolls_until, self.matches_on),
            self.midpoint_on,
        )

    @property
    def is_over(self) -> bool:
        return self.ends_on <= timezone.localdate()

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)


class Supervision(models.Model):
    """A session of a cohort's mentors alone, to share difficulties safely."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="supervisions")
    held_on = models.DateField(_("on"))

    class Meta:
        ordering = ["held_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "held_on"],
                name="supervision_unique",
                violation_error_message=_("There is a session on that day already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.held_on}"
