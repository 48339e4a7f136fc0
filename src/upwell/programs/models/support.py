"""Who backs a program: sponsors, who asked them and what they said, and leaders it has changed."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upwell.people.models import OrgUnit, Person
from upwell.programs.models.programs import Program


class SponsorQuerySet(models.QuerySet["Sponsor"]):
    def managed_by(self, user: Person) -> Self:
        return self.filter(program__in=Program.objects.managed_by(user))

    def committed(self) -> Self:
        """Those whose last answer is yes, and who have not left."""
        return self.filter(state=Sponsor.State.COMMITTED, person__is_active=True)

    def for_list(self) -> Self:
        """Bring the person, the unit and the log along: two queries."""
        people = self.select_related(
            "unit", "person__level", "person__unit", "person__office"
        ).prefetch_related("approaches__made_by")
        return people.order_by("person__name", "pk")


class Sponsor(models.Model):
    """A senior leader who is asked to back the program in their part of the organization.

    Without a ``unit`` they speak for the whole organization. ``state`` is the last answer.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        CONSIDERING = "considering", _("thinking about it")
        COMMITTED = "committed", _("committed")
        DECLINED = "declined", _("declined")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="sponsors")
    person = models.ForeignKey(Person, models.CASCADE, related_name="sponsored")
    unit = models.ForeignKey(
        OrgUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sponsors",
        verbose_name=_("speaks for"),
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.ASKED)

    objects = SponsorQuerySet.as_manager()

    class Meta:
        ordering = ["person__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "person"],
                name="sponsor_unique",
                violation_error_message=_("This person is on the list already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_state_display()})"

    def get_absolute_url(self) -> str:
        return reverse("programs:sponsor_detail", args=[self.pk])


class Approach(models.Model):
    """One time that somebody spoke to a leader about backing the program."""

    class Way(models.TextChoices):
        TALK = "talk", _("in person")
        CALL = "call", _("by phone or video")
        EMAIL = "email", _("by e-mail")
        CHAT = "chat", _("by chat")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sponsor = models.ForeignKey(Sponsor, models.CASCADE, related_name="approaches")
    made_on = models.DateField(_("on"))
    made_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="approaches_made"
    )
    way = models.CharField(_("how"), max_length=5, choices=Way.choices, default=Way.TALK)
    answer = models.CharField(_("what they said"), max_length=12, choices=Sponsor.State.choices)
    words = models.CharField(_("in their words"), max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_on", "-created_at"]

    def __str__(self) -> str:
        return f"{self.made_on} {self.get_answer_display()}"


class LeaderAnswerQuerySet(models.QuerySet["LeaderAnswer"]):
    def told(self) -> Self:
        """Of people who are here, whose work a mentor has changed and who let it be said."""
        return self.filter(has_changed_work=True, may_be_told=True, person__is_active=True)

    def with_people(self) -> Self:
        return self.select_related("person__level", "person__unit", "person__office")


class LeaderAnswer(models.Model):
    """Two questions to a leader who has had a mentor: did it change your work, may it be told?

    Unanswered until ``answered_at``. ``words`` may be shown to others only with ``may_be_told``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="leader_answers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="leader_answers")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    has_changed_work = models.BooleanField(null=True, blank=True)
    may_be_told = models.BooleanField(null=True, blank=True)
    words = models.CharField(_("what has changed"), max_length=500, blank=True)

    objects = LeaderAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["program", "person"], name="leader_asked_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True)
                | Q(has_changed_work__isnull=False, may_be_told__isnull=False),
                name="leader_answers_both",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.asked_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("programs:leader_answer", args=[self.pk])

    @property
    def may_be_shown(self) -> bool:
        """Whether both answers are yes."""
        return bool(self.has_changed_work and self.may_be_told)
