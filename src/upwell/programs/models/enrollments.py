"""Who takes part in a cohort, with what they bring and want."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upwell.delivery.models import OutboxMessage
from upwell.people.models import Invitation, Person
from upwell.programs.models.cohorts import Cohort
from upwell.programs.models.openings import Opening
from upwell.programs.models.places import PlaceQuerySet
from upwell.programs.models.topics import Topic
from upwell.sheets.hours import MOST_PLACES

INVITING = ("programs/mail/invitation", "programs/mail/reminder", "people/mail/invitation")
REMIND_AFTER = timedelta(days=5)
"""How long an invitation is left to itself before its reader is reminded."""


def good_invitations(at: datetime | None = None) -> models.QuerySet[Invitation]:
    """Those that the person of an enrollment can still accept."""
    return Invitation.objects.open(at).filter(
        person=OuterRef("person"), address=OuterRef("person__sign_in_email")
    )


def good_sign_ins(at: datetime | None = None) -> models.QuerySet[Invitation]:
    """Good invitations that are about no program: their home page asks whoever comes by one."""
    return good_invitations(at).filter(about="")


def is_admitted() -> Q:
    """Whether the gate of an enrollment's side is open."""
    openings = Opening.objects.filter(cohort=OuterRef("cohort"))
    return Q(Exists(openings.filter(gate=Opening.Gate.MENTEES)), role="mentee") | Q(
        Exists(openings.filter(gate=Opening.Gate.MENTORS)), role="mentor"
    )


class EnrollmentQuerySet(models.QuerySet["Enrollment"]):
    def mentors(self) -> Self:
        return self.filter(role=Enrollment.Role.MENTOR)

    def mentees(self) -> Self:
        return self.filter(role=Enrollment.Role.MENTEE)

    def enrolled(self) -> Self:
        """Of people who have said that they take part: only they are matched."""
        return self.filter(state=Enrollment.State.ENROLLED)

    def present(self) -> Self:
        """Of people who take part or have not answered yet; not those who wait or are out."""
        return self.filter(state__in=Enrollment.PRESENT)

    def managed_by(self, user: Person) -> Self:
        """Enrollments in the cohorts that the user manages and does not take part in."""
        return self.filter(cohort__in=Cohort.objects.managed_by(user))

    def searched(self, text: str, *, by: Person) -> Self:
        """Of people whom this user finds by the text."""
        found = Person.objects.searched(text, by=by)
        return self.filter(person__in=found) if text.strip() else self

    def without_address(self) -> Self:
        """Of people who cannot sign in, since they have no sign-in address."""
        return self.filter(person__is_active=True, person__sign_in_email=None)

    def unanswered(self) -> Self:
        """Of people who can sign in, and have not said themselves whether they take part."""
        able = self.filter(person__is_active=True, person__sign_in_email__isnull=False)
        return able.present().filter(answered_at=None)

    def to_invite(self, at: datetime | None = None) -> Self:
        """Of those who were not asked yet, or never came before their invitation ran out."""
        not_asked = Q(~Exists(good_sign_ins(at)), asked_at=None)
        ran_out = Q(~Exists(good_invitations(at)), person__last_login=None)
        return self.unanswered().filter(not_asked | ran_out)

    def to_remind(self, at: datetime | None = None) -> Self:
        """Of those who were written to some days ago, can come, and have not answered.

        Not of those to whom something is still on its way, as when they were away.
        """
        now = at or timezone.now()
        long_ago = now - REMIND_AFTER
        under_way = OutboxMessage.objects.under_way().filter(person=OuterRef("person"))
        can_come = Q(person__last_login__isnull=False) | Exists(good_invitations(now))
        by_sign_in = Exists(good_sign_ins(now).filter(created_at__lte=long_ago))
        return self.unanswered().filter(
            Q(can_come, asked_at__lte=long_ago) | Q(by_sign_in, asked_at=None),
            ~Exists(under_way.filter(template__in=INVITING)),
        )

    def admitted(self) -> Self:
        """Of those whose side's gate is open: who may be invited."""
        return self.filter(is_admitted())

    def reachable(self) -> Self:
        """Of people whom their counterpart can reach in two ways or more, an assistant being one.

        The contact address of the directory stands for e-mail.
        """
        is_mail = Q(channels__kind="email")
        counts = self.order_by().annotate(
            mails=Count("channels", filter=is_mail), others=Count("channels", filter=~is_mail)
        )
        has_mail, has_assistant = (
            Case(When(which, then=1), default=0)
            for which in (
                Q(mails__gt=0) | ~Q(person__contact_email=""),
                Q(answers__assistant__is_active=True),
            )
        )
        return counts.annotate(ways=F("others") + has_mail + has_assistant).filter(ways__gte=2)

    def for_list(self) -> Self:
        """Bring the person and the topics along, ``place_count`` and ``is_invited``.

        ``mail`` is the state of the last message that asked them whether they take part in this
        cohort: the one written just before ``asked_at``. None where they were not asked.
        """
        asking = OutboxMessage.objects.filter(
            person=OuterRef("person"), template__in=INVITING, created_at__lte=OuterRef("asked_at")
        )
        last = asking.order_by("-created_at", "-pk").values("state")[:1]
        topics = EnrollmentTopic.objects.with_names()
        places = Place.objects.filter(enrollment=OuterRef("pk")).values("enrollment")
        count = models.Subquery(places.annotate(count=Count("pk")).values("count"))
        people = self.select_related("person__level", "person__unit", "person__office")
        return (
            people.prefetch_related(models.Prefetch("topics", topics))
            .annotate(
                place_count=Coalesce(count, 0),
                is_invited=Exists(good_invitations()),
                mail=models.Subquery(last),
            )
            .order_by("person__name", "pk")
        )


class Enrollment(models.Model):
    """A person's place in a cohort as mentor or mentee.

    ``asked_at`` is when they were last written to whether they take part, ``answered_at`` when they
    said so; empty where a program manager knows that they have agreed. ``has_left`` is whether they
    took part before they were out.
    """

    class Role(models.TextChoices):
        MENTOR = "mentor", _("mentor")
        MENTEE = "mentee", _("mentee")

    class State(models.TextChoices):
        ASKED = "asked", _("has not answered")
        ENROLLED = "enrolled", _("takes part")
        WAITING = "waiting", _("on the waiting list")
        OUT = "out", _("not this time")

    PRESENT = (State.ASKED, State.ENROLLED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="enrollments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="enrollments")
    role = models.CharField(_("role"), max_length=6, choices=Role.choices)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    asks_next = models.BooleanField(_("would like to be asked for the next cohort"), default=False)
    has_left = models.BooleanField(default=False, editable=False)
    capacity = models.PositiveSmallIntegerField(
        _("counterparts at most"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_PLACES)],
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
                condition=Q(role__in=["mentor", "mentee"]),
                name="enrollment_role",
                violation_error_message=_("Somebody takes part as a mentor or a mentee."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "enrolled", "waiting", "out"]),
                name="enrollment_state",
                violation_error_message=_("Somebody takes part, waits, or does not."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__lte=MOST_PLACES),
                name="enrollment_capacity",
                violation_error_message=_("Somebody takes at most 50 counterparts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"

    def get_absolute_url(self) -> str:
        return reverse("programs:participant_edit", args=[self.pk])

    @property
    def own_href(self) -> str:
        """Where the person themselves says whether they take part, and with what."""
        return reverse("programs:enrollment_detail", args=[self.pk])

    @property
    def has_said_yes(self) -> bool:
        """Themselves, be it for the waiting list."""
        is_yes = self.state in {self.State.ENROLLED, self.State.WAITING}
        return is_yes and self.answered_at is not None

    @property
    def is_mentor(self) -> bool:
        return self.role == self.Role.MENTOR

    def leaves_by(self, state: "Enrollment.State") -> bool:
        """Whether they will have left once they are in another state."""
        has_joined = self.state == self.State.ENROLLED or self.has_left
        return has_joined and state == self.State.OUT


class EnrollmentTopicQuerySet(models.QuerySet["EnrollmentTopic"]):
    def with_names(self) -> Self:
        """Bring along what a list shows of the topics, not their texts."""
        names = ("topic__name", "topic__public_id")
        return self.select_related("topic").only("enrollment", "kind", "strength", *names)


class EnrollmentTopic(models.Model):
    """A topic that somebody offers or wants: 1 a little, 2 well, 3 very much."""

    class Kind(models.TextChoices):
        OFFERED = "offered", _("offered")
        WANTED = "wanted", _("wanted")

    enrollment = models.ForeignKey(Enrollment, models.CASCADE, related_name="topics")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="enrollments")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    strength = models.PositiveSmallIntegerField(default=2)

    objects = EnrollmentTopicQuerySet.as_manager()

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

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "number"], name="place_unique")
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id} {self.number}"
