"""What is worked out about a run once it has its result."""

from django.db import models
from django.utils import timezone

from upwell.pairs.models.runs import MatchRun

FIND = "upwell.pairs.services.find_more"
"""What makes them, as a job of a run."""


class RunFindings(models.Model):
    """What would help those without a counterpart, how everyone fares, and what others would cost.

    All of it comes from what is open, so that nothing in it can tell of a private request.
    ``remedies`` are steps of rules, ``standings`` blocks of people by side; both put into words
    later. ``arrays`` is the open problem with its best assignment and what each other pair costs
    (``matching.stored``), ``enrollments`` the 16 bytes of each enrollment in the order of its
    mentors and then its mentees.
    """

    run = models.OneToOneField(MatchRun, models.CASCADE, related_name="findings")
    remedies = models.JSONField(default=list, blank=True)
    standings = models.JSONField(default=dict, blank=True)
    arrays = models.BinaryField(default=b"", blank=True)
    enrollments = models.BinaryField(default=b"", blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.run_id)
