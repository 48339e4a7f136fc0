"""The directory as a whole."""

from django.db import models
from django.utils import timezone


class Directory(models.Model):
    """One row: the number of the directory's last change, and which facts its sources tell.

    ``columns`` names the columns of the People table that an import has ever filled; a rule about
    any other cannot be checked. Whoever changes the directory raises ``revision`` by a conditional
    update, so that work computed from an older one is refused.
    """

    revision = models.PositiveIntegerField(default=0)
    columns = models.JSONField(default=list, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"revision {self.revision}"

    @classmethod
    def current(cls) -> "Directory":
        """The one row, made where it is missing."""
        return cls.objects.get_or_create(pk=1)[0]
