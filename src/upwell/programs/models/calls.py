"""The open call of a program, and the roster of everybody who said that they are willing."""

import secrets
import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from upwell.people.models import Person
from upwell.programs.models.cohorts import Cohort
from upwell.programs.models.enrollments import Enrollment
from upwell.programs.models.programs import Program
from upwell.programs.models.topics import Topic

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are read for one another on a poster."""
TOKEN_LENGTH = 8
LOTS = 2**31 - 1


def new_token() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(TOKEN_LENGTH))


def new_lot() -> int:
    return secrets.randbelow(LOTS)


class OpenCall(models.Model):
    """Where everybody who can sign in may say that they are willing, at a short address.

    ``how_chosen`` is "" where the shipped words stand.
    """

    program = models.OneToOneField(Program, models.CASCADE, related_name="open_call")
    token = models.CharField(max_length=TOKEN_LENGTH, unique=True, default=new_token)
    opened_at = models.DateTimeField(default=timezone.now)
    closes_on = models.DateField(
        _("open until"), null=True, blank=True, help_text=_("Empty: until you close it.")
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    takes_mentors = models.BooleanField(_("mentors"), default=True)
    takes_mentees = models.BooleanField(_("mentees"), default=True)
    how_chosen = models.TextField(_("how people are chosen"), max_length=1200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(takes_mentors=True) | Q(takes_mentees=True),
                name="call_takes_somebody",
                violation_error_message=_("Please choose at least one role."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.program}"

    def get_absolute_url(self) -> str:
        return reverse("call_answer", args=[self.token])

    def is_open(self, on: date | None = None) -> bool:
        """Whether people can say that they are willing, today if no day is given."""
        day = on or timezone.localdate()
        return self.closed_at is None and (self.closes_on is None or day <= self.closes_on)

    @property
    def roles(self) -> list[str]:
        """Which roles are looked for, by value."""
        taken = {"mentor": self.takes_mentors, "mentee": self.takes_mentees}
        return [role for role, is_taken in taken.items() if is_taken]


class WillingQuerySet(models.QuerySet["Willing"]):
    def standing(self) -> Self:
        """Of people who are here and have not taken it back."""
        return self.filter(taken_back_at=None, person__is_active=True)

    def managed_by(self, user: Person) -> Self:
        return self.filter(program__in=Program.objects.managed_by(user))

    def for_cohort(self, cohort: Cohort) -> Self:
        """Standing ones who mean this cohort, and are not in it yet.

        Whoever means the next one means the first that is ahead of those that they are not in.
        Whoever named a cohort that was deleted means none.
        """
        earlier = Q(starts_on__lt=cohort.starts_on) | Q(
            starts_on=cohort.starts_on, pk__lt=cohort.pk
        )
        own = Enrollment.objects.filter(cohort=OuterRef("pk"), person=OuterRef(OuterRef("person")))
        nearer = Cohort.objects.ahead().filter(earlier, program=cohort.program_id)
        is_next = Q(~Exists(nearer.filter(~Exists(own))), when=Willing.When.NEXT)
        meant = Q(cohort=cohort) | Q(when=Willing.When.ANY) | is_next
        inside = cohort.enrollments.values("person")
        found = self.standing().filter(meant, program=cohort.program_id)
        return found.exclude(person__in=inside)


class Willing(models.Model):
    """Somebody on the roster: willing to serve in some cohort of a program.

    ``cohort`` is the one that they mean, where they named one; None where it was deleted since.
    ``lot`` decides among equals.
    """

    class When(models.TextChoices):
        NEXT = "next", _("the next one")
        ANY = "any", _("the next one, or a later one")
        NAMED = "named", _("one of them only")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="willing")
    person = models.ForeignKey(Person, models.CASCADE, related_name="willing")
    role = models.CharField(_("role"), max_length=6, choices=Enrollment.Role.choices)
    when = models.CharField(_("which cohort"), max_length=5, choices=When.choices)
    cohort = models.ForeignKey(
        Cohort, models.SET_NULL, null=True, blank=True, related_name="willing"
    )
    lot = models.PositiveIntegerField(default=new_lot, editable=False)
    said_at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = WillingQuerySet.as_manager()

    class Meta:
        ordering = ["said_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "person", "role"], name="willing_once_in_a_role"
            ),
            models.UniqueConstraint(
                fields=["program", "person"],
                condition=Q(taken_back_at=None),
                name="willing_in_one_role",
            ),
            models.CheckConstraint(
                condition=Q(cohort=None) | Q(when="named"), name="willing_names_a_cohort"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"

    @property
    def meant(self) -> str:
        """For which cohort they are willing, in words."""
        if self.when != self.When.NAMED:
            return self.get_when_display()
        if self.cohort is None:
            return _t("one that is not planned any more")
        return _t("only “%(cohort)s”") % {"cohort": self.cohort}


class WillingTopic(models.Model):
    """A topic that somebody on the roster offers as a mentor, or wants as a mentee."""

    willing = models.ForeignKey(Willing, models.CASCADE, related_name="topics")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="willing")
    strength = models.PositiveSmallIntegerField(default=2)

    class Meta:
        ordering = ["-strength", "topic__name"]
        constraints = [
            models.UniqueConstraint(fields=["willing", "topic"], name="willing_topic_unique"),
            models.CheckConstraint(
                condition=Q(strength__in=[1, 2, 3]), name="willing_topic_strength"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic}:{self.strength}"
