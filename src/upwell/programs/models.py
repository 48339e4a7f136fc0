"""Programs with their policy, cohorts, and who takes part in them."""

import uuid
from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Coalesce
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
    name = models.CharField(_("name"), max_length=120, unique=True)
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


class TopicQuerySet(models.QuerySet["Topic"]):
    def of_cohort(self, cohort: "Cohort") -> Self:
        """What people of the cohort want and offer, most wanted first.

        With ``wanted_count`` and ``offered_count``.
        """
        here = Q(enrollments__enrollment__cohort=cohort)
        counts = {
            f"{kind}_count": Count("enrollments", filter=here & Q(enrollments__kind=kind))
            for kind in ("wanted", "offered")
        }
        return self.filter(here).annotate(**counts).order_by("-wanted_count", "name")


class Topic(models.Model):
    """A thing to learn or teach, from the catalog. ``key`` is the name without case or spacing."""

    name = models.CharField(_("name"), max_length=200)
    key = models.CharField(max_length=200, unique=True, editable=False)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CohortQuerySet(models.QuerySet["Cohort"]):
    def managed_by(self, user: Person) -> Self:
        """Cohorts of the user's programs, but for those that the user takes part in."""
        programs = Program.objects.managed_by(user)
        own = Enrollment.objects.filter(person=user)
        return self.filter(program__in=programs).exclude(enrollments__in=own)

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
    starts_on = models.DateField(_("starts on"))
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
            models.CheckConstraint(condition=Q(months__in=[6, 12]), name="cohort_months"),
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


class EnrollmentQuerySet(models.QuerySet["Enrollment"]):
    def mentors(self) -> Self:
        return self.filter(role=Enrollment.Role.MENTOR)

    def mentees(self) -> Self:
        return self.filter(role=Enrollment.Role.MENTEE)

    def managed_by(self, user: Person) -> Self:
        """Enrollments in the cohorts that the user manages and does not take part in."""
        return self.filter(cohort__in=Cohort.objects.managed_by(user))

    def searched(self, text: str) -> Self:
        """Of people with the text in their name, address or employee ID."""
        found = Person.objects.searched(text)
        return self.filter(person__in=found) if text.strip() else self

    def for_list(self) -> Self:
        """Bring the person and the topics along, and ``place_count``."""
        topics = EnrollmentTopic.objects.select_related("topic")
        places = Place.objects.filter(enrollment=models.OuterRef("pk")).values("enrollment")
        count = models.Subquery(places.annotate(count=Count("pk")).values("count"))
        people = self.select_related("person__level", "person__unit", "person__office")
        return (
            people.prefetch_related(models.Prefetch("topics", topics))
            .annotate(place_count=Coalesce(count, 0))
            .order_by("person__name", "pk")
        )


class Enrollment(models.Model):
    """A person's place in a cohort as mentor or mentee."""

    class Role(models.TextChoices):
        MENTOR = "mentor", _("mentor")
        MENTEE = "mentee", _("mentee")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="enrollments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="enrollments")
    role = models.CharField(_("role"), max_length=6, choices=Role.choices)
    capacity = models.PositiveSmallIntegerField(
        _("counterparts at most"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(50)],
        help_text=_("Empty: as the policy says."),
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = EnrollmentQuerySet.as_manager()

    class Meta:
        ordering = ["person__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "person"],
                name="enrolled_once",
                violation_error_message=_("This person already takes part in the cohort."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=["mentor", "mentee"]), name="enrollment_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"

    def get_absolute_url(self) -> str:
        return reverse("programs:participant_edit", args=[self.pk])


class EnrollmentTopic(models.Model):
    """A topic that somebody offers or wants: 1 a little, 2 well, 3 very much."""

    class Kind(models.TextChoices):
        OFFERED = "offered", _("offered")
        WANTED = "wanted", _("wanted")

    enrollment = models.ForeignKey(Enrollment, models.CASCADE, related_name="topics")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="enrollments")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    strength = models.PositiveSmallIntegerField(default=2)

    class Meta:
        ordering = ["topic__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "topic", "kind"], name="enrollment_topic_unique"
            ),
            models.CheckConstraint(
                condition=Q(strength__in=[1, 2, 3]), name="enrollment_topic_strength"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic}:{self.strength}"


class Place(models.Model):
    """One unit of an enrollment's capacity; an active member of a pair takes one."""

    enrollment = models.ForeignKey(Enrollment, models.CASCADE, related_name="places")
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "number"], name="place_unique")
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id} {self.number}"
