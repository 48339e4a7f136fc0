"""Pairs under way and ended: of a published run, or brought along from before."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upwell.pairs.models.runs import MatchRun, Proposal
from upwell.people.models import Person
from upwell.programs.models import Cohort, Enrollment, Place


class PairQuerySet(models.QuerySet["Pair"]):
    def active(self) -> Self:
        return self.filter(state=Pair.State.ACTIVE)

    def of(self, user: Person) -> Self:
        """Pairs that the user is a member of, and may know of by now."""
        shown = self.filter(shown_from__lte=timezone.now())
        return shown.filter(members__in=Member.objects.filter(place__enrollment__person=user))

    def managed_by(self, user: Person) -> Self:
        """Pairs of the cohorts that the user manages and does not take part in."""
        return self.filter(cohort__in=Cohort.objects.managed_by(user))


class Pair(models.Model):
    """A mentor and a mentee brought together in a cohort. ``origin`` says how that came about."""

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        ENDED = "ended", _("ended")

    class Origin(models.TextChoices):
        RUN = "run", _("found by a run")
        BEFORE = "before", _("continues")
        CHOSEN = "chosen", _("chosen by both")
        REPAIR = "repair", _("found since")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="pairs")
    run = models.ForeignKey(MatchRun, models.PROTECT, null=True, blank=True, related_name="pairs")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    origin = models.CharField(max_length=6, choices=Origin.choices, default=Origin.RUN)
    reasons = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    shown_from = models.DateTimeField(
        default=timezone.now, help_text=_("Before this its members do not know of it.")
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PairQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(origin__in=["run", "before", "chosen", "repair"]), name="pair_origin"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("desk:pair_detail", args=[self.pk])


class Member(models.Model):
    """Someone in a pair, by the place of theirs that it takes."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="members")
    place = models.ForeignKey(Place, models.PROTECT, related_name="members")
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pair", "place"], name="member_unique"),
            models.UniqueConstraint(
                fields=["place"], condition=Q(is_active=True), name="place_taken_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pair_id} {self.place_id}"


def enrollment_of(side: str) -> models.Subquery:
    """The enrollment behind one side of a couple, by which a proposal is found in its index."""
    found = Enrollment.objects.filter(
        cohort=models.OuterRef(models.OuterRef("pair__cohort")),
        person=models.OuterRef(models.OuterRef(side)),
    )
    return models.Subquery(found.order_by().values("pk"))


class CoupleQuerySet(models.QuerySet["Couple"]):
    def under_way(self) -> Self:
        """Those of pairs that have not ended, whether or not somebody has left the directory."""
        return self.filter(is_active=True, pair__state=Pair.State.ACTIVE)

    def active(self) -> Self:
        """Those of pairs under way, neither of whom has left the directory."""
        present = self.filter(mentor__is_active=True, mentee__is_active=True)
        return present.filter(is_active=True, pair__state=Pair.State.ACTIVE)

    def shown(self) -> Self:
        """Those that the two may know of by now."""
        return self.filter(pair__shown_from__lte=timezone.now())

    def of_cohort(self, cohort: Cohort) -> Self:
        """By the mentor's name."""
        return self.filter(pair__cohort=cohort).order_by("mentor__name", "mentee__name", "pk")

    def of_member(self, user: Person) -> Self:
        return self.filter(Q(mentor=user) | Q(mentee=user))

    def naming(self, text: str) -> Self:
        """Those with a person whose name has the text in it; all for an empty text."""
        named = Q(mentor__name__icontains=text) | Q(mentee__name__icontains=text)
        return self.filter(named) if text else self

    def with_people(self) -> Self:
        """Bring the pair and both people along, with level, unit and office."""
        sides = [
            f"{side}__{name}"
            for side in ("mentor", "mentee")
            for name in ("level", "unit", "office")
        ]
        return self.select_related("pair", *sides)

    def with_proposal(self) -> Self:
        """Add ``quality`` and ``proposal_reasons``, as the published run found them, if one did."""
        found = Proposal.objects.filter(
            run=models.OuterRef("pair__run"),
            mentor=enrollment_of("mentor"),
            mentee=enrollment_of("mentee"),
        )
        return self.annotate(
            quality=models.Subquery(found.values("quality")[:1]),
            proposal_reasons=models.Subquery(found.values("reasons")[:1]),
        )

    def of_quality(self, quality: str) -> Self:
        """Those of one quality; all for an empty text."""
        return self.with_proposal().filter(quality=quality) if quality else self


class Couple(models.Model):
    """A mentor and a mentee of a pair; unique while active."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="couples")
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="couples_as_mentor")
    mentee = models.ForeignKey(Person, models.PROTECT, related_name="couples_as_mentee")
    is_active = models.BooleanField(default=True)

    objects = CoupleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "mentee"],
                condition=Q(is_active=True),
                name="couple_active_once",
            ),
            models.CheckConstraint(condition=~Q(mentor=models.F("mentee")), name="couple_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} → {self.mentee_id}"


class ConflictQuerySet(models.QuerySet["Conflict"]):
    def standing(self) -> Self:
        """Those of couples that still are a pair."""
        return self.filter(
            couple__is_active=True,
            couple__pair__state=Pair.State.ACTIVE,
            couple__mentor__is_active=True,
            couple__mentee__is_active=True,
        )

    def of_cohort(self, cohort: Cohort) -> Self:
        """Standing ones, by the mentor's name."""
        found = self.standing().filter(couple__pair__cohort=cohort)
        return found.order_by("rule", "couple__mentor__name", "couple__mentee__name", "pk")


class Conflict(models.Model):
    """A rule that a couple breaks since the directory has changed. It ends no pair by itself."""

    class Rule(models.TextChoices):
        REPORTING_LINE = "reporting_line", _("one reporting line")
        LEVEL_GAP = "level_gap", _("too close in level")

    couple = models.ForeignKey(Couple, models.CASCADE, related_name="conflicts")
    rule = models.CharField(max_length=20, choices=Rule.choices)
    found_at = models.DateTimeField(default=timezone.now)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["found_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["couple", "rule"], name="conflict_once"),
        ]

    def __str__(self) -> str:
        return f"{self.couple_id}: {self.rule}"
