"""When people are away."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from upwell.people.models.person import Person


class Away(models.Model):
    """Days, both ends included, on which somebody is not there. Nobody is asked why.

    What came with a file goes when the next file does not say so any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="away")
    starts_on = models.DateField(_("first day away"))
    ends_on = models.DateField(_("last day away"))
    from_file = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["starts_on", "ends_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="away_ends_after_it_starts",
                violation_error_message=_("The last day comes before the first."),
            ),
            models.UniqueConstraint(
                fields=["person", "starts_on", "ends_on", "from_file"],
                name="away_once",
                violation_error_message=_("These days are entered already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%Y-%m-%d} – {self.ends_on:%Y-%m-%d}"
