"""Which places are held. What holds them is of a higher room, and says whether it is active."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from upwell.programs.models.enrollments import Place


class PlaceQuerySet(models.QuerySet["Place"]):
    model: "type[Place]"

    def held(self) -> Self:
        """Those that a pair holds or has held."""
        return self.of_holders("isnull", value=False)

    def taken(self) -> Self:
        """Those that a pair under way holds."""
        return self.of_holders("is_active", value=True)

    def of_holders(self, name: str, *, value: bool) -> Self:
        relations = self.model._meta.related_objects  # noqa: SLF001 -- a public API of Django
        is_held = reduce(or_, (Q((f"{one.name}__{name}", value)) for one in relations))
        return self.filter(pk__in=self.model.objects.filter(is_held).values("pk"))
