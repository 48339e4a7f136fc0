"""Where people stand and work: levels, units and offices."""

from collections.abc import Iterator

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from upwell.sheets.units import JOINT


class Level(models.Model):
    """Seniority as an ordered number with a name; 1 is the lowest."""

    height = models.PositiveSmallIntegerField(_("height"), unique=True)
    name = models.CharField(_("name"), max_length=200, unique=True)

    class Meta:
        ordering = ["height"]

    def __str__(self) -> str:
        return self.name


class OrgUnitQuerySet(models.QuerySet["OrgUnit"]):
    def paths(self) -> dict[int, str]:
        """Each unit under those above it, such as "Sales / EMEA". One query."""
        rows = {pk: (name, parent) for pk, name, parent in self.order_by().values_list(*ROW)}
        return {pk: JOINT.join(reversed(list(upwards(pk, rows)))) for pk in rows}

    def ids_from(self, unit: "OrgUnit") -> set[int]:
        """The unit's and those of all units below it. One query."""
        paths = self.paths()
        top = f"{paths[unit.pk]}{JOINT}"
        return {pk for pk, path in paths.items() if f"{path}{JOINT}".startswith(top)}


ROW = ("pk", "name", "parent")
Rows = dict[int, tuple[str, int | None]]


def upwards(unit: int, rows: Rows) -> Iterator[str]:
    """The names from the unit to the top."""
    at: int | None = unit
    seen: set[int] = set()
    while at is not None and at not in seen:
        seen.add(at)
        name, at = rows[at]
        yield name.replace(JOINT, "/")


class OrgUnit(models.Model):
    """A unit under another, or at the top.

    ``known_as`` holds paths that it had: files go on calling it so.
    """

    name = models.CharField(_("name"), max_length=200)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    known_as = models.JSONField(default=list, blank=True, editable=False)

    objects = OrgUnitQuerySet.as_manager()

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
    """Where people work. Country and its part, as ISO 3166 codes, say which days are holidays."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    zone = models.CharField(_("time zone"), max_length=64, blank=True)
    region = models.CharField(_("region"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    subdivision = models.CharField(_("part of the country"), max_length=50, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
