"""What the pairs of a program are given to talk about."""

import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from upwell.people.models import Person
from upwell.programs.models.programs import Program
from upwell.programs.models.topics import Topic


class ProgramTopic(models.Model):
    """A topic of the catalog that fits the goal of a program; shown first to who takes part."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="topics")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="programs")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["program", "topic"], name="program_topic_unique")
        ]

    def __str__(self) -> str:
        return str(self.topic)


class PlannedMeetingQuerySet(models.QuerySet["PlannedMeeting"]):
    def managed_by(self, user: Person) -> Self:
        """Of the programs that the user manages."""
        return self.filter(program__in=Program.objects.managed_by(user)).select_related("program")


class PlannedMeeting(models.Model):
    """What one meeting of every pair is about, in order; ``questions`` the mentee can ask."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="planned_meetings")
    number = models.PositiveSmallIntegerField(_("meeting"))
    name = models.CharField(_("name"), max_length=120)
    intent = models.TextField(_("what it is for"), max_length=500)
    questions = models.JSONField(_("questions to start from"), default=list, blank=True)

    objects = PlannedMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["program", "number"], name="planned_meeting_unique")
        ]

    def __str__(self) -> str:
        return self.name
