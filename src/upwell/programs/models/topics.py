"""The catalog of topics."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.Model):
    """A thing to learn or teach, from the catalog. ``key`` is the name without case or spacing."""

    name = models.CharField(_("name"), max_length=200)
    key = models.CharField(max_length=200, unique=True, editable=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
