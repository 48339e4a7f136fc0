"""Where people stand and work: levels, units and offices."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Level(models.Model):
    """Seniority as an ordered number with a name; 1 is the lowest."""

    height = models.PositiveSmallIntegerField(_("height"), unique=True)
    name = models.CharField(_("name"), max_length=200, unique=True)

    class Meta:
        ordering = ["height"]

    def __str__(self) -> str:
        return self.name


class OrgUnit(models.Model):
    name = models.CharField(_("name"), max_length=200)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="org_unit_unique"),
            models.UniqueConstraint(
                fields=["name"], condition=Q(parent__isnull=True), name="org_unit_at_the_top_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    name = models.CharField(_("name"), max_length=200, unique=True)
    zone = models.CharField(_("time zone"), max_length=64, blank=True)
    region = models.CharField(_("region"), max_length=200, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
