"""What people are told, where a program says it in words of its own."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from upwell.programs.models.programs import Program

LONGEST_SUBJECT = 200
LONGEST_BODY = 5_000


class MessageText(models.Model):
    """The program's own words of a message in one language; without a row, the shipped ones count.

    Both texts hold placeholders such as ``{name}``. Paragraphs are parted by an empty line.
    """

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("Invitation")
        REMINDER = "reminder", _("Reminder of an invitation")
        ENROLLED = "enrolled", _("Thank you for taking part")
        WAITING = "waiting", _("On the waiting list")
        ASSISTANT = "assistant", _("To an assistant")
        LINE_MANAGER = "line-manager", _("To a line manager")
        PAIR = "pair", _("Your pair")
        NOT_PLACED = "not-placed", _("Not chosen this time")
        KICKOFF = "kick-off", _("Kick-off")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="message_texts")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    language = models.CharField(max_length=10)
    subject = models.CharField(_("subject"), max_length=LONGEST_SUBJECT)
    body = models.TextField(_("text"), max_length=LONGEST_BODY)

    class Meta:
        ordering = ["kind", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "kind", "language"], name="message_text_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language})"
