"""Files that people bring in: of people for the directory, and the base of all others."""

import uuid
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upwell.people.models.person import Person

F = TypeVar("F", bound="FileImport")


class FileImportQuerySet(models.QuerySet[F]):
    def with_file(self) -> Self:
        """Those whose file is still kept."""
        return self.exclude(state__in=FileImport.ENDED)


class FileImport(models.Model):
    """A file on its way in: uploaded, read, shown, confirmed.

    The file lies in a private folder under this row's id, and only until the import ends one way
    or the other. ``mapping`` is what a person laid down about it, ``preview`` what was read of it
    (it holds samples, so it goes when the file goes), ``counts`` what would change or has changed.
    ``asked_by`` is who asked for the step at hand, who may be another than who brought it.
    """

    class State(models.TextChoices):
        READING = "reading", _("being read")
        READY = "ready", _("waiting for your yes")
        REFUSED = "refused", _("not readable as it is")
        APPLYING = "applying", _("being written")
        DONE = "done", _("written")
        DISCARDED = "discarded", _("discarded")

    ENDED = (State.DONE, State.DISCARDED)
    FOLDER: ClassVar[str]
    """The folder of the files of this kind, within that of all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    file_name = models.CharField(max_length=200)
    mapping = models.TextField(blank=True)
    preview = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    created_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="%(class)ss"
    )
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "expires_at"])]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_working(self) -> bool:
        return self.state in {self.State.READING, self.State.APPLYING}


class PeopleImportQuerySet(FileImportQuerySet["PeopleImport"]):
    def visible_to(self, user: Person) -> Self:
        """One's own; all of them for a directory administrator."""
        return self if user.is_directory_administrator else self.filter(created_by=user)

    def unfinished_of(self, user: Person) -> Self:
        """Those that somebody can still go on with: not what no mapping makes readable."""
        unreadable = Q(state=FileImport.State.REFUSED) & ~Q(preview__has_key="mapping")
        return self.visible_to(user).with_file().exclude(unreadable).select_related("created_by")


class PeopleImport(FileImport):
    """A file of people on its way into the directory.

    ``read_as`` keeps how the columns of a completed import were read, and ``last_time`` what the
    import before it had kept when this one began. ``repairs`` says by employee ID who somebody's
    manager is, "" for not known, whatever the file says.
    """

    class Kind(models.TextChoices):
        PART = "part", _("part of the organization")
        WHOLE = "whole", _("the whole organization")

    FOLDER = "people"

    kind = models.CharField(_("what the file holds"), max_length=5, choices=Kind.choices)
    read_as = models.JSONField(default=dict, blank=True, editable=False)
    last_time = models.JSONField(default=dict, blank=True, editable=False)
    repairs = models.JSONField(default=dict, blank=True, editable=False)
    leaving_confirmed = models.PositiveIntegerField(null=True, blank=True)

    objects = PeopleImportQuerySet.as_manager()

    def get_absolute_url(self) -> str:
        return reverse("people:import_preview", args=[self.pk])
