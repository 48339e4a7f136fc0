"""Match runs, what they propose, and who is left without a counterpart."""

import uuid
from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from upwell.delivery.models import Job
from upwell.people.models import Person
from upwell.programs.models import Cohort, Enrollment
from upwell.vault.fields import SealedTextField

PROOF_ERASED = gettext_noop(
    "Data of somebody in this run has been erased since, and with it whatever they may have asked"
    " for in private. These pairs stand; that they are the best can no longer be shown."
)
PROOF_CLOSED = gettext_noop(
    "The cohort has closed, and what its people had told about themselves was deleted, here as"
    " everywhere. These pairs stand; that they are the best can no longer be shown."
)

PROOF_PAST = gettext_noop(
    "The cohort closed more than 90 days ago, and what this run was computed from was deleted."
    " These pairs stand; that they are the best can no longer be shown."
)
INPUTS_KEPT = timedelta(days=90)
"""How long what a run was computed from is kept after the close of its cohort."""


class MatchRunQuerySet(models.QuerySet["MatchRun"]):
    def managed_by(self, user: Person) -> Self:
        """Runs of the cohorts that the user manages and does not take part in."""
        return self.filter(cohort__in=Cohort.objects.managed_by(user))

    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def told(self) -> Self:
        """Published ones of which people have been told, or may be by now: none can be stopped."""
        is_time = Q(told_from__isnull=True) | Q(told_from__lte=timezone.now())
        return self.published().filter(is_time)

    def for_pages(self) -> Self:
        """Bring what a page names along, and leave the documents in the database."""
        named = self.select_related("cohort__program", "job", "started_by", "published_by")
        return named.defer("inputs", "certificate", "private_part")


class MatchRun(models.Model):
    """One computed assignment of a cohort under a policy, with its certificate.

    ``policy_json`` is the program's policy at the start, or another one that ``has_other_rules``,
    with earlier pairs of the program added to those of the policy, ``earlier_added`` of them.
    ``couple_rules`` are the pins and bans of the cohort at the start, each as kind, mentor and
    mentee; ``bans_added`` of them stand in the policy, too, and ``pins_added`` that could be kept.
    A run that ``follows`` another keeps whatever of its pairs still can be, as pins in its policy,
    ``kept_added`` of them, after all others. ``is_ranked`` says whether people were asked to put
    short lists in order before it, be it that nobody did. ``inputs`` is the compressed People
    table it was computed from; ``certificate`` the document in JSON that is handed out, always
    without its proof: ``private_part`` holds the whole one with who is kept apart in private.
    Figures are filled in when it is done. ``check_faults`` says what was wrong at ``checked_at``,
    when the proof was last checked again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="runs")
    policy_json = models.TextField()
    earlier_added = models.PositiveIntegerField(default=0)
    name = models.CharField(_("short name"), max_length=40, blank=True)
    has_other_rules = models.BooleanField(default=False)
    couple_rules = models.JSONField(default=list, blank=True)
    pins_added = models.PositiveIntegerField(default=0)
    bans_added = models.PositiveIntegerField(default=0)
    is_ranked = models.BooleanField(default=False)
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="followers"
    )
    kept_added = models.PositiveIntegerField(default=0)
    read_on = models.DateField()
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="runs_started")
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    inputs = models.BinaryField(default=b"", blank=True)
    certificate = models.TextField(blank=True)
    problem_digest = models.CharField(max_length=64, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    faults = models.JSONField(default=list, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    check_faults = models.JSONField(default=list, blank=True)
    unchecked_reason = SealedTextField(
        _("why published unchecked"),
        label="pairs.run.unchecked_reason",
        scope=("program", "cohort.program_id"),
        null=True,
        blank=True,
    )
    private_part = SealedTextField(
        label="pairs.run.private_part",
        scope=("installation", ""),
        null=True,
        blank=True,
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="runs_published"
    )
    told_from = models.DateTimeField(
        null=True, blank=True, help_text=_("Before this nobody is told, and it can be stopped.")
    )

    objects = MatchRunQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="run_number_unique"),
            models.UniqueConstraint(
                fields=["cohort"],
                condition=Q(published_at__isnull=False),
                name="one_published_run",
            ),
            models.UniqueConstraint(
                fields=["cohort"], condition=Q(state="waiting"), name="one_waiting_run"
            ),
        ]

    def __str__(self) -> str:
        return _("Run %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("pairs:run_detail", args=[self.pk])

    @property
    def title(self) -> str:
        """Its number, and its short name where it has one."""
        return f"{self}: {self.name}" if self.name else str(self)

    @property
    def certificate_name(self) -> str:
        """The file that its certificate is kept in."""
        return f"upwell-run-{self.number}-certificate.json"

    @property
    def table_name(self) -> str:
        """The file of the people that the certificate is about."""
        return f"upwell-run-{self.number}-people.xlsx"

    @property
    def is_past_proof(self) -> bool:
        """Whether it is known that the proof cannot be repeated: a part is erased or deleted."""
        gone = {PROOF_ERASED, PROOF_CLOSED, PROOF_PAST}
        return any(fault["form"] in gone for fault in self.check_faults)

    @property
    def inputs_until(self) -> date:
        """The last day on which it can be proven again and explained. Reads the cohort."""
        return self.cohort.last_day + INPUTS_KEPT

    @property
    def has_inputs(self) -> bool:
        """Whether what it was computed from is still there, long after the close of its cohort."""
        return all(fault["form"] != PROOF_PAST for fault in self.check_faults)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def is_followed(self) -> bool:
        """Whether another run was to take its place, be it that it failed. One query."""
        return self.followers.exists()

    @property
    def can_be_stopped(self) -> bool:
        """Whether it is published and nobody has been told yet."""
        return self.told_from is not None and self.told_from > timezone.now()

    @property
    def was_given_up(self) -> bool:
        """Whether it waits for a job that will not be tried again. Reads the job."""
        return bool(self.job and self.job.state == Job.State.FAILED)

    @property
    def is_under_way(self) -> bool:
        """Reads the job."""
        return self.state == self.State.WAITING and not self.was_given_up

    @property
    def is_unchecked(self) -> bool:
        """Whether rules could not be checked for everybody, which publishing wants a reason for."""
        names = ("not_checked", "unknown", "reporting_lines_unknown")
        return any(self.figures.get(name) for name in names)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def of_person(self, user: Person) -> Self:
        return self.filter(Q(mentor__person=user) | Q(mentee__person=user))

    def of_quality(self, quality: str) -> Self:
        """Those of one quality; all for an empty text."""
        return self.filter(quality=quality) if quality else self

    def standing(self) -> Self:
        """Those of two who still have said that they take part."""
        said = Enrollment.State.ENROLLED
        return self.filter(mentor__state=said, mentee__state=said)

    def naming(self, text: str) -> Self:
        """Those with a person whose name has the text in it; all for an empty text."""
        mentor, mentee = (
            Q(mentor__person__name__icontains=text),
            Q(mentee__person__name__icontains=text),
        )
        return self.filter(mentor | mentee) if text else self

    def with_people(self) -> Self:
        """Bring both people along, with level, unit and office."""
        return self.select_related(*place_paths("mentor"), *place_paths("mentee"))


def place_paths(side: str) -> list[str]:
    """The way from a row to the person of an enrollment and where they stand."""
    return [f"{side}__person__{name}" for name in ("level", "unit", "office")]


class Proposal(models.Model):
    """A pair that a run found. ``reasons`` are codes with parameters, put into words later."""

    class Quality(models.TextChoices):
        STRONG = "strong", _("strong")
        GOOD = "good", _("good")
        WEAK = "weak", _("weak")

    run = models.ForeignKey(MatchRun, models.CASCADE, related_name="proposals")
    mentor = models.ForeignKey(Enrollment, models.CASCADE, related_name="proposals_as_mentor")
    mentee = models.ForeignKey(Enrollment, models.CASCADE, related_name="proposals_as_mentee")
    score = models.IntegerField()
    quality = models.CharField(max_length=6, choices=Quality.choices)
    reasons = models.JSONField(default=list, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["score", "id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "mentor", "mentee"], name="proposal_unique")
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} → {self.mentee_id}"


class UnplacedQuerySet(models.QuerySet["Unplaced"]):
    def with_people(self) -> Self:
        """Bring the person along, with level, unit and office."""
        return self.select_related(*place_paths("enrollment"))

    def count_by_role(self) -> dict[str, int]:
        """How many mentees and mentors there are, 0 included. One query."""
        found = dict(self.order_by().values_list("enrollment__role").annotate(Count("pk")))
        return {role: found.get(role, 0) for role in Enrollment.Role.values}


class Unplaced(models.Model):
    """Somebody without a counterpart in a run, and why, as a code with the rules in the way."""

    run = models.ForeignKey(MatchRun, models.CASCADE, related_name="unplaced")
    enrollment = models.ForeignKey(Enrollment, models.CASCADE, related_name="unplaced")
    why = models.CharField(max_length=20)
    rules = models.JSONField(default=list, blank=True)

    objects = UnplacedQuerySet.as_manager()

    class Meta:
        ordering = ["enrollment__role", "enrollment__person__name"]
        constraints = [
            models.UniqueConstraint(fields=["run", "enrollment"], name="unplaced_unique")
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id}: {self.why}"
