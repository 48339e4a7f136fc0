"""How files are read, kept under a name."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upwell.people.models.imports import PeopleImport
from upwell.people.models.person import Person


class SavedMapping(models.Model):
    """A mapping for files of one kind that come again and again. Names differ in more than case.

    ``headers`` are those of the file that it was made for, mapped or not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=100)
    key = models.CharField(max_length=100, unique=True, editable=False)
    text = models.TextField()
    headers = models.JSONField(default=list, blank=True, editable=False)
    kind = models.CharField(
        _("what the file holds"), max_length=5, choices=PeopleImport.Kind.choices
    )
    saved_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="mappings_saved"
    )
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def key_of(name: str) -> str:
        """What a name is looked for by: neither case nor spare space count."""
        return " ".join(name.split()).casefold()[:100]
