"""The catalog of topics."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from upwell.programs.models.cohorts import Cohort


class TopicQuerySet(models.QuerySet["Topic"]):
    def of_cohort(self, cohort: "Cohort") -> Self:
        """What people of the cohort want and offer, most wanted first.

        With ``wanted_count`` and ``offered_count``.
        """
        here = Q(enrollments__enrollment__cohort=cohort)
        counts = {
            f"{kind}_count": Count("enrollments", filter=here & Q(enrollments__kind=kind))
            for kind in ("wanted", "offered")
        }
        return self.filter(here).annotate(**counts).order_by("-wanted_count", "name")


class Topic(models.Model):
    """A thing to learn or teach, from the catalog. ``key`` is the name without case or spacing."""

    name = models.CharField(_("name"), max_length=200)
    key = models.CharField(max_length=200, unique=True, editable=False)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
