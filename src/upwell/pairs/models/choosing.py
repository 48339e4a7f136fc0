"""Rounds in which people choose from short lists, and what each of them has chosen."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upwell.delivery.models import Job
from upwell.matching import shortlists
from upwell.people.models import Person
from upwell.programs.models import Cohort, Enrollment
from upwell.vault.fields import SealedTextField
from upwell.vault.services import ERASED, seal_all, unseal_all

MOST_CHOICES = shortlists.LENGTH
LENGTH = MOST_CHOICES * len(f"{UUID(int=0)} ")
"""In bytes, of what is kept of anybody."""


class ChoiceRoundQuerySet(models.QuerySet["ChoiceRound"]):
    def managed_by(self, user: Person) -> Self:
        """Rounds of the cohorts that the user manages and does not take part in."""
        return self.filter(cohort__in=Cohort.objects.managed_by(user))

    def under_way(self) -> Self:
        """Those that stand in the way of a run."""
        return self.filter(state__in=ChoiceRound.UNDER_WAY)

    def of_home(self) -> Self:
        """Those that a manager reads of: under way, or with which all is done."""
        return self.filter(Q(state__in=ChoiceRound.UNDER_WAY) | Q(finished_at__isnull=False))

    def open(self, on: date | None = None) -> Self:
        """Those in which people may choose on that day, today if not given."""
        day = on or timezone.localdate()
        return self.filter(state=ChoiceRound.State.OPEN, closes_on__gte=day)


class ChoiceRound(models.Model):
    """The people of a cohort choose from short lists, up to a day and with it.

    ``policy_json`` is the policy that the lists were made by, as of a run. ``is_named`` says
    whether they show names.
    """

    class Way(models.TextChoices):
        CHOSEN = "chosen", _("two who both say yes")
        RANKED = "ranked", _("put in order")

    class State(models.TextChoices):
        PREPARING = "preparing", _("being prepared")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        FAILED = "failed", _("failed")

    UNDER_WAY = (State.PREPARING, State.OPEN)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="choice_rounds")
    way = models.CharField(max_length=6, choices=Way.choices)
    is_named = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PREPARING)
    closes_on = models.DateField(_("people choose until"))
    policy_json = models.TextField()
    faults = models.JSONField(default=list, blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="choice_rounds_opened")
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When whoever had found nobody was told so.")
    )

    objects = ChoiceRoundQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort"],
                condition=Q(state__in=["preparing", "open"]),
                name="one_round_under_way",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["preparing", "open", "closed", "failed"]),
                name="round_state",
            ),
            models.CheckConstraint(condition=Q(way__in=["chosen", "ranked"]), name="round_way"),
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id}: {self.way}"

    @property
    def is_ranked(self) -> bool:
        return self.way == self.Way.RANKED

    @property
    def is_preparing(self) -> bool:
        return self.state == self.State.PREPARING

    @property
    def is_open(self) -> bool:
        """Whether people may choose today."""
        return self.state == self.State.OPEN and self.closes_on >= timezone.localdate()


class ListEntryQuerySet(models.QuerySet["ListEntry"]):
    def of_side(self, enrollment: Enrollment) -> Self:
        """The list of one person, in its order, with the people on it."""
        side, other = sides_of(enrollment)
        found = self.filter(**{side: enrollment}).select_related(f"{other}__person")
        return found.order_by(f"{side}_place")


def sides_of(enrollment: Enrollment) -> tuple[str, str]:
    """The names of one's own side and of the other."""
    return ("mentor", "mentee") if enrollment.is_mentor else ("mentee", "mentor")


class ListEntry(models.Model):
    """Two who are on each other's short lists; ``reasons`` are those that both may know.

    ``mentor_place`` is where the mentee stands on the mentor's list, from 1, and so the other.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(ChoiceRound, models.CASCADE, related_name="entries")
    mentor = models.ForeignKey(Enrollment, models.CASCADE, related_name="listed_as_mentor")
    mentee = models.ForeignKey(Enrollment, models.CASCADE, related_name="listed_as_mentee")
    mentor_place = models.PositiveSmallIntegerField()
    mentee_place = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list, blank=True)

    objects = ListEntryQuerySet.as_manager()

    class Meta:
        ordering = ["round", "mentor", "mentor_place"]
        constraints = [
            models.UniqueConstraint(fields=["round", "mentor", "mentee"], name="list_entry_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} – {self.mentee_id}"

    def other(self, enrollment: Enrollment) -> Enrollment:
        """The one whom somebody on it sees."""
        found: Enrollment = getattr(self, sides_of(enrollment)[1])
        return found


class ChoiceSheet(models.Model):
    """What one person has chosen in a round: enrollments, in order where they are ranked.

    Everybody of the round has a row from the start, and all texts have one length: the table does
    not tell who has chosen. The rows stay; what they hold goes for everybody at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(ChoiceRound, models.CASCADE, related_name="sheets")
    enrollment = models.ForeignKey(Enrollment, models.CASCADE, related_name="choice_sheets")
    person = models.ForeignKey(Person, models.CASCADE, related_name="choice_sheets")
    kept = SealedTextField(
        label="pairs.choice_sheet.kept", scope=("person", "person_id"), null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "enrollment"], name="choice_sheet_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.enrollment_id}"

    def get_absolute_url(self) -> str:
        return reverse("pairs:choice_list", args=[self.pk])


def choices_text(chosen: Iterable[UUID]) -> str:
    """Of one length, whatever it holds. Raises ValueError for more than there is room for."""
    text = "".join(f"{one} " for one in chosen)
    if len(text) > LENGTH:
        raise ValueError(f"more than {MOST_CHOICES} choices")
    return text.ljust(LENGTH)


def choices_by_sheet(sheets: Iterable[ChoiceSheet]) -> dict[UUID, list[UUID]]:
    """What each has chosen, nothing where it was erased, by the key of the row.

    One query of the key store; raises VaultError.
    """
    texts = unseal_all(sheets, "kept")
    return {
        pk: [] if text == ERASED else [UUID(one) for one in str(text).split()]
        for pk, text in texts.items()
    }


def seal_choices(
    sheets: Sequence[ChoiceSheet], chosen: Iterable[Iterable[UUID]]
) -> list[ChoiceSheet]:
    """To be saved by the caller. Returns the rows of those whose data were not erased."""
    return seal_all(sheets, "kept", map(choices_text, chosen))
