"""What somebody says of themselves for a cohort."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upwell.people.models import Person
from upwell.programs.models.enrollments import Enrollment
from upwell.vault.fields import SealedTextField

LONGEST_SENTENCE = 200
LONGEST_OFF_LIMITS = 500


class Answers(models.Model):
    """One's own answers to an enrollment, saved as one goes. Without a row nothing was said yet.

    ``languages`` and hours count where the directory says something else; of hours, minutes after
    midnight in the person's own zone. ``sentence`` is what juniors understand better and heads
    the first agenda; ``off_limits`` is what a mentor is not to be asked about.
    """

    class Hope(models.TextChoices):
        GENERATION = "generation", _("another generation")
        FIELD = "field", _("another field of work")
        REGION = "region", _("another part of the world")
        BACKGROUND = "background", _("another background")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrollment = models.OneToOneField(Enrollment, models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="answers")
    sentence = SealedTextField(
        label="programs.answers.sentence",
        scope=("person", "person_id"),
        null=True,
        blank=True,
    )
    off_limits = SealedTextField(
        label="programs.answers.off_limits",
        scope=("person", "person_id"),
        null=True,
        blank=True,
    )
    shows_off_limits = models.BooleanField(_("my counterpart may read this"), default=False)
    interests = models.CharField(_("other interests"), max_length=200, blank=True)
    hopes = models.JSONField(_("perspectives hoped for"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    hours_from = models.PositiveSmallIntegerField(null=True, blank=True)
    hours_until = models.PositiveSmallIntegerField(null=True, blank=True)
    assistant = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="assisted_answers"
    )
    tells_manager = models.BooleanField(_("my line manager may know"), default=False)
    manager_told_at = models.DateTimeField(null=True, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hours_from__isnull=True, hours_until__isnull=True)
                | Q(
                    hours_from__isnull=False,
                    hours_until__isnull=False,
                    hours_until__gt=F("hours_from"),
                ),
                name="answers_hours",
                violation_error_message=_("Working hours end after they begin."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.enrollment_id)


class Channel(models.Model):
    """A way to reach somebody, shown to their counterpart from publication to closing only."""

    class Kind(models.TextChoices):
        MOBILE = "mobile", _("mobile phone")
        PHONE = "phone", _("work phone")
        EMAIL = "email", _("e-mail")
        CHAT = "chat", _("chat")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrollment = models.ForeignKey(Enrollment, models.CASCADE, related_name="channels")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    value = models.CharField(max_length=120)

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "kind"], name="one_channel_of_a_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=["mobile", "phone", "email", "chat"]), name="channel_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def dialed(self) -> str:
        """A telephone number as a telephone takes it."""
        sign = "+" if self.value.startswith("+") else ""
        return sign + "".join(letter for letter in self.value if letter.isdigit())
