"""How many are enough: what is assumed of people, and what was last worked out for a cohort."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upwell.programs.models.cohorts import Cohort
from upwell.programs.models.programs import Program

WHOLE = MaxValueValidator(100)


def percent(label: Any, default: int) -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(label, default=default, validators=[WHOLE])


class Assumption(models.Model):
    """What a program assumes, in percent, until it has cohorts of its own to count.

    ``joins``: of those who are asked or willing, how many enroll. ``leaves``: of those who are
    enrolled, how many are gone before the match.
    """

    program = models.OneToOneField(Program, models.CASCADE, related_name="assumption")
    joins_low = percent(_("enroll, at least"), 50)
    joins_usual = percent(_("enroll, usually"), 65)
    joins_high = percent(_("enroll, at most"), 80)
    leaves_low = percent(_("drop out, at least"), 2)
    leaves_usual = percent(_("drop out, usually"), 5)
    leaves_high = percent(_("drop out, at most"), 12)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    (f"{name}_low__lte", F(f"{name}_usual")),
                    (f"{name}_usual__lte", F(f"{name}_high")),
                    (f"{name}_high__lte", 100),
                ),
                name=f"assumption_{name}",
                violation_error_message=_("From “at least” to “at most”, the numbers rise."),
            )
            for name in ("joins", "leaves")
        ]

    def __str__(self) -> str:
        return f"{self.program_id}"


class Estimate(models.Model):
    """Whether there are enough people for a cohort, as last worked out.

    ``state`` says which sentence is true. ``least`` and ``most`` are how many more mentors to
    invite, ``best`` where they should come from, and ``figures`` what the details show. ``inputs``
    is a digest of what it was worked out from.
    """

    class State(models.TextChoices):
        PUBLISHED = "published", _("matched")
        NO_MENTEES = "no_mentees", _("no mentees")
        UNCLEAR = "unclear", _("cannot be worked out")
        ENOUGH = "enough", _("enough")
        MORE = "more", _("more to invite")
        TOO_FEW = "too_few", _("too few in the directory")

    cohort = models.OneToOneField(Cohort, models.CASCADE, related_name="estimate")
    state = models.CharField(max_length=10, choices=State.choices)
    least = models.PositiveIntegerField(default=0)
    most = models.PositiveIntegerField(default=0)
    chance = models.FloatField(default=0)
    best = models.JSONField(default=list, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    inputs = models.CharField(max_length=64, blank=True, default="", editable=False)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.state}"

    @property
    def is_done(self) -> bool:
        """Whether nobody more is to be invited, and everybody can be paired."""
        is_enough = self.state == self.State.ENOUGH and not self.alone
        return is_enough or self.state == self.State.PUBLISHED

    @property
    def alone(self) -> int:
        """How many mentees nobody may mentor by the rules; they are not counted."""
        return int(self.figures.get("alone", 0))
