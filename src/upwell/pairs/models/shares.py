"""Shares of the key to what is kept sealed with a run."""

import uuid

from django.db import models

from upwell.pairs.models.runs import MatchRun
from upwell.people.models import Person
from upwell.vault.fields import SealedTextField


class RunShare(models.Model):
    """One person's share of the key to the private part of a run, whether or not they have asked.

    Everybody in the cohort who has a list of private requests has one; with it goes the whole part.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(MatchRun, models.CASCADE, related_name="shares")
    person = models.ForeignKey(Person, models.CASCADE, related_name="run_shares")
    secret = SealedTextField(label="pairs.run_share.secret", scope=("person", "person_id"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "person"], name="run_share_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.person_id}"
