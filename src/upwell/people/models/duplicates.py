"""People who look like one and are not."""

from django.db import models
from django.db.models import F, Q

from upwell.people.models.person import Person


class TwoPeople(models.Model):
    """Two entries of which a directory administrator has said that they are two people.

    ``one`` is the one of the lower key, so that no two are kept twice.
    """

    one = models.ForeignKey(Person, models.CASCADE, related_name="two_as_one")
    other = models.ForeignKey(Person, models.CASCADE, related_name="two_as_other")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="two_people_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="two_people_ordered"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {self.other_id}"
