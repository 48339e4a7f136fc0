"""Everybody in the organization's directory. A person is also who signs in."""

import uuid
from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.signing import Signer
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from upwell.core.links import absolute_url
from upwell.delivery.models import Category
from upwell.people.models.places import Level, Office, OrgUnit

STOP_SALT = "upwell.people.mail_stop"
"""Keeps what is signed for stopping e-mails from being of use for anything else."""


class PersonQuerySet(models.QuerySet["Person"]):
    def active(self) -> Self:
        """People who have not left."""
        return self.filter(is_active=True)

    def without_sign_in(self) -> Self:
        """People who are here and have no address to sign in with."""
        return self.active().filter(sign_in_email=None)

    def with_places(self) -> Self:
        """Bring level, unit and office along."""
        return self.select_related("level", "unit", "office")

    def visible_to(self, user: "Person") -> Self:
        """Everybody, for whoever runs a program or administers the directory; else oneself."""
        return self if user.role_kinds else self.filter(pk=user.pk)

    def searched(self, text: str, *, by: "Person") -> Self:
        """People with each word of the text in their name, contact address or employee ID.

        Sign-in addresses count for directory administrators only: whoever may not read them could
        else find them out letter by letter.
        """
        fields = ["name", "contact_email", "employee_id"]
        if by.is_directory_administrator:
            fields.append("sign_in_email")
        wanted = (
            reduce(or_, (Q((f"{field}__icontains", word)) for field in fields))
            for word in text.split()
        )
        return self.filter(*wanted)

    def holding(self, role: "Role.Kind | str") -> Self:
        """Active people who hold a role in the organization."""
        return self.active().filter(roles__kind=role)


class PersonManager(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]  # -- the class is made at run time
    def get_by_natural_key(self, username: str | None) -> "Person":
        found: Person = self.get(sign_in_email=(username or "").lower())
        return found


class Person(AbstractBaseUser):
    """Someone in the directory, with or without an address; they sign in once invited.

    ``contact_email`` comes from the directory; ``sign_in_email`` is changed by its owner or by a
    directory administrator only. Zone and region count where they differ from the office's, and the
    language where it differs from the installation's; ``languages`` are those that they speak.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employee_id = models.CharField(
        _("employee ID"), max_length=200, null=True, blank=True, unique=True
    )  # NULL: not from the directory
    name = models.CharField(_("name"), max_length=300)
    title = models.CharField(_("title"), max_length=300, blank=True)
    level = models.ForeignKey(Level, models.PROTECT, null=True, blank=True, related_name="people")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, null=True, blank=True, related_name="people")
    team = models.CharField(_("team"), max_length=200, blank=True)
    service_line = models.CharField(_("service line"), max_length=200, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="people")
    own_zone = models.CharField(_("own time zone"), max_length=64, blank=True)
    own_region = models.CharField(_("own region"), max_length=200, blank=True)
    hours_from = models.PositiveSmallIntegerField(
        _("working hours from"), null=True, blank=True, help_text=_("Minutes after midnight.")
    )
    hours_until = models.PositiveSmallIntegerField(
        _("working hours until"), null=True, blank=True, help_text=_("Minutes after midnight.")
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)
    own_language = models.CharField(_("language of pages and e-mails"), max_length=10, blank=True)
    contact_email = models.EmailField(_("contact address"), max_length=254, blank=True)
    sign_in_email = models.EmailField(
        _("sign-in address"), max_length=254, null=True, blank=True, unique=True
    )
    is_active = models.BooleanField(_("active"), default=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    unwanted_mail = models.JSONField(
        _("messages not wanted"), default=list, blank=True, help_text=_("Categories of messages.")
    )
    created_at = models.DateTimeField(default=timezone.now)
    sessions_ended = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "sign_in_email"
    EMAIL_FIELD = "sign_in_email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sign_in_email__isnull=True) | Q(sign_in_email=Lower("sign_in_email")),
                name="person_sign_in_email_lower",
            ),
            models.CheckConstraint(
                condition=Q(hours_from__isnull=True, hours_until__isnull=True)
                | Q(
                    hours_from__isnull=False,
                    hours_until__isnull=False,
                    hours_until__gt=F("hours_from"),
                ),
                name="person_hours",
                violation_error_message=_("Working hours end after they begin."),
            ),
        ]
        indexes = [
            models.Index(fields=["is_active", "name"]),
            models.Index(fields=["level", "name"]),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:person_detail", args=[self.pk])

    def has_usable_password(self) -> bool:
        """Most have never set one; Django would take "" for a password."""
        return bool(self.password) and super().has_usable_password()

    def get_session_auth_hash(self) -> str:
        """Sessions hold this; a higher ``sessions_ended`` ends them with their next request."""
        return f"{super().get_session_auth_hash()}.{self.sessions_ended}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for older in super().get_session_auth_fallback_hash():
            yield f"{older}.{self.sessions_ended}"

    @property
    def zone(self) -> str:
        """IANA time zone; "" where unknown. Reads the office."""
        return self.own_zone or (self.office.zone if self.office else "")

    @property
    def region(self) -> str:
        """Reads the office; "" where unknown."""
        return self.own_region or (self.office.region if self.office else "")

    @property
    def working_hours(self) -> str:
        """Such as "09:00 to 17:30", in the person's own zone; "" where unknown."""
        if self.hours_from is None or self.hours_until is None:
            return ""
        ends = (f"{at // 60 % 24:02}:{at % 60:02}" for at in (self.hours_from, self.hours_until))
        return str(_("%(start)s to %(end)s")) % dict(zip(("start", "end"), ends, strict=True))

    @property
    def language(self) -> str:
        """The code of the language that e-mails to the person are written in."""
        is_spoken = self.own_language in dict(settings.LANGUAGES)
        return self.own_language if is_spoken else settings.LANGUAGE_CODE

    def accepts(self, category: str) -> bool:
        """Whether they want such e-mails; what is essential comes in any case."""
        return category == Category.ESSENTIAL or category not in self.unwanted_mail

    def stop_href(self, category: str) -> str:
        """The address of the page that stops such e-mails, also without a sign-in."""
        token = Signer(salt=STOP_SALT).sign_object([str(self.pk), category])
        return absolute_url(reverse("people:mail_stop", args=[token]))

    @property
    def spoken(self) -> list[str]:
        """The languages as they are shown: in the reader's where Django knows the name."""
        return [_t(capfirst(language)) for language in self.languages]

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[-1:] if words[1:] else words)).upper()

    @property
    def is_program_manager(self) -> bool:
        return Role.Kind.PROGRAM_MANAGER in self.role_kinds

    @property
    def is_directory_administrator(self) -> bool:
        return Role.Kind.DIRECTORY_ADMINISTRATOR in self.role_kinds

    @property
    def role_kinds(self) -> frozenset[str]:
        """The roles held, asked for once for each object."""
        if not hasattr(self, "_role_kinds"):
            self._role_kinds = frozenset(self.roles.values_list("kind", flat=True))
        return self._role_kinds


class Role(models.Model):
    """A role in the organization; roles within a program are the program's."""

    class Kind(models.TextChoices):
        PROGRAM_MANAGER = "program_manager", _("program manager")
        DIRECTORY_ADMINISTRATOR = "directory_administrator", _("directory administrator")

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    kind = models.CharField(_("role"), max_length=30, choices=Kind.choices)

    class Meta:
        ordering = ["kind"]
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="role_unique")]

    def __str__(self) -> str:
        return self.get_kind_display()
