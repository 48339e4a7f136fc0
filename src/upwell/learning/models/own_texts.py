"""Where a program says a lesson or a guideline in words of its own."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from upwell.programs.models import Program

LONGEST_TITLE = 120
LONGEST_TEXT = 20_000
LONGEST_LINE = 300
"""Of a question, an option or a reason."""
LONGEST_KEY = 60


class OwnText(models.Model):
    """The program's own words of a text in one language; without a row, the shipped ones count.

    ``text`` is Markdown. ``checks`` are those of a lesson, each with ``question``, three
    ``options``, the index ``right`` and ``why``; empty for a guideline.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="own_texts")
    key = models.CharField(max_length=LONGEST_KEY)
    language = models.CharField(max_length=10)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    text = models.TextField(_("text"), max_length=LONGEST_TEXT)
    checks = models.JSONField(_("check"), default=list, blank=True)

    class Meta:
        ordering = ["key", "language"]
        constraints = [
            models.UniqueConstraint(fields=["program", "key", "language"], name="own_text_once"),
            models.CheckConstraint(
                condition=models.Q(title__gt="", text__gt=""), name="own_text_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"


class Revision(models.Model):
    """How often a program asked its people to do a lesson again, whatever their language.

    The version that is needed is that of the shipped lesson and this together, so it never falls:
    going back to the words that ship makes nobody's old reading count for a new one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="revisions")
    key = models.CharField(max_length=LONGEST_KEY)
    raised = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["program", "key"], name="revision_once"),
            models.CheckConstraint(condition=models.Q(raised__gte=1), name="revision_raised"),
        ]

    def __str__(self) -> str:
        return f"{self.key} +{self.raised}"
