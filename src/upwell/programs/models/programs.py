"""Programs with their policy, and who is accountable for them."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upwell.people.models import Person, Role
from upwell.policy import Policy


def shipped_policy() -> str:
    return Policy(objective="fair").to_json()


class ProgramQuerySet(models.QuerySet["Program"]):
    def with_counts(self) -> Self:
        """Add ``cohort_count`` and ``participant_count``."""
        return self.annotate(
            cohort_count=Count("cohorts", distinct=True),
            participant_count=Count(
                "cohorts__enrollments",
                filter=Q(cohorts__enrollments__state="enrolled"),
                distinct=True,
            ),
        ).order_by("name")

    def managed_by(self, user: Person) -> Self:
        """Programs that the user manages, while they hold the organization's role for it."""
        return self.filter(staff__in=Staff.objects.managers().active().filter(person=user))

    def asking(self, user: Person, role: "Staff.Role") -> Self:
        """Programs that have named the user for this, whatever the answer."""
        return self.filter(staff__in=Staff.objects.present().filter(person=user, role=role))

    def owned_by(self, user: Person) -> Self:
        """Programs whose executive owner the user is, having accepted."""
        owners = Staff.objects.executive_owners().present().accepted()
        return self.filter(staff__in=owners.filter(person=user))

    def watched_by(self, user: Person) -> Self:
        """Programs that the user manages, or has accepted to be the executive owner of."""
        managed, owned = self.managed_by(user).values("pk"), self.owned_by(user).values("pk")
        return self.filter(Q(pk__in=managed) | Q(pk__in=owned))


class Program(models.Model):
    """A standing reverse mentoring program.

    ``initiative`` is the strategic initiative that it serves, ``goal`` what it is for, and
    ``functions`` names parts of the organization that the goal is about, such as "Marketing".
    """

    class Kind(models.TextChoices):
        """Goals that many programs have; each comes with a template."""

        TECHNOLOGY = "technology_fluency", _("technology fluency")
        INCLUSION = "inclusion", _("inclusion")
        CUSTOMERS = "younger_customers", _("younger customers")
        EARLY_CAREERS = "early_careers", _("keeping early-career people")
        TRANSFORMATION = "transformation", _("business transformation")

    class Mode(models.TextChoices):
        REVERSE = "reverse", _("reverse: juniors mentor seniors")
        RECIPROCAL = "reciprocal", _("reciprocal: both learn")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(
        _("name"),
        max_length=120,
        unique=True,
        error_messages={"unique": _("There is a program of this name already.")},
    )
    initiative = models.CharField(_("strategic initiative"), max_length=200, blank=True)
    goal = models.TextField(_("goal"), max_length=1000, blank=True)
    goal_kind = models.CharField(_("kind of goal"), max_length=20, choices=Kind.choices, blank=True)
    functions = models.JSONField(_("functions that it is about"), default=list, blank=True)
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

    def executive_owners(self) -> Self:
        return self.filter(role=Staff.Role.EXECUTIVE_OWNER)

    def concern_contacts(self) -> Self:
        return self.filter(role=Staff.Role.CONCERN_CONTACT)

    def active(self) -> Self:
        """Of people who have not left, and still hold the organization's role."""
        holders = Person.objects.holding(Role.Kind.PROGRAM_MANAGER)
        return self.filter(person__in=holders)

    def present(self) -> Self:
        """Of people who have not left, whatever roles they hold."""
        return self.filter(person__is_active=True)

    def accepted(self) -> Self:
        return self.filter(accepted_at__isnull=False)

    def with_people(self) -> Self:
        return self.select_related("person__level", "person__unit", "person__office")


class Staff(models.Model):
    """Who is accountable for a program, and as what.

    There is one executive owner, and there are two concern contacts: ``place`` numbers them. They
    are asked, and accept or decline; a program manager is there at once.
    """

    class Role(models.TextChoices):
        PROGRAM_MANAGER = "program_manager", _("program manager")
        EXECUTIVE_OWNER = "executive_owner", _("executive owner")
        CONCERN_CONTACT = "concern_contact", _("concern contact")

    program = models.ForeignKey(Program, models.CASCADE, related_name="staff")
    person = models.ForeignKey(Person, models.CASCADE, related_name="staffed")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)

    objects = StaffQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "person", "role"], name="staff_unique"),
            models.UniqueConstraint(fields=["program", "role", "place"], name="staff_place_unique"),
            models.CheckConstraint(
                condition=Q(role="program_manager", place__isnull=True)
                | Q(role="executive_owner", place=1)
                | Q(role="concern_contact", place__in=[1, 2]),
                name="staff_places",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(declined_at__isnull=True),
                name="staff_answers_once",
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()

    @property
    def is_standing(self) -> bool:
        """Whether the place is taken: of somebody who is here and has not said no."""
        return self.person.is_active and self.declined_at is None
