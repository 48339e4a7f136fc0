"""What people tell about their background: a use each, agreed to on its own, kept sealed."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from upwell.people.models import Person
from upwell.policy.background import UNKNOWN
from upwell.programs.models.enrollments import Enrollment
from upwell.vault.fields import SealedTextField
from upwell.vault.services import ERASED, seal_all, unseal_all

QUESTIONS = {
    "parents": "yn",
    "grew_up": "hab",
    "minority": "yn",
    "gender": "wmd",
    "caring": "yn",
    "disability": "yn",
}
"""A letter for each option, in the order in which rows of answers have them. Letters are frozen."""

NOTHING = UNKNOWN * len(QUESTIONS)
LENGTH = 32
"""In bytes, of what is kept of anybody for one use."""


class Kept(NamedTuple):
    """What somebody has agreed to: the version of the text, when, and a letter a question."""

    version: int
    given_on: date
    row: str

    @property
    def answers(self) -> dict[str, str]:
        """The letters by question, of those that were answered."""
        return {
            name: letter
            for name, letter in zip(QUESTIONS, self.row, strict=True)
            if letter != UNKNOWN
        }


def row_of(answers: Mapping[str, str]) -> str:
    """A letter for each question."""
    return "".join(answers.get(name) or UNKNOWN for name in QUESTIONS)


class Background(models.Model):
    """What one person in one cohort lets count for one use, or that they let nothing count.

    The two uses stand apart, each with its own consent and its own copy of the answers, so that
    whoever reads for one of them never sees what was given for the other. Everybody in the cohort
    has both rows from the moment when anybody needs one, all texts have one length, and no row goes
    before they all do: the table does not tell who has answered.
    """

    class Purpose(models.TextChoices):
        MATCHING = "matching", _("matching")
        MONITORING = "monitoring", _("whom the program reaches")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrollment = models.ForeignKey(Enrollment, models.CASCADE, related_name="backgrounds")
    person = models.ForeignKey(Person, models.CASCADE, related_name="backgrounds")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    kept = SealedTextField(label="programs.background.kept", scope=("person", "person_id"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "purpose"], name="background_unique")
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id}: {self.purpose}"


def kept_text(kept: Kept | None) -> str:
    """Of one length, whatever it holds."""
    text = f"{kept.version} {kept.given_on} {kept.row}" if kept else ""
    return text.ljust(LENGTH)


def kept_in(text: object) -> Kept | None:
    """None where nothing is kept, or it was erased."""
    if text == ERASED or not str(text).strip():
        return None
    version, given_on, row = str(text).split()
    return Kept(int(version), date.fromisoformat(given_on), row)


def kept_by_row(rows: Iterable[Background]) -> dict[UUID, Kept | None]:
    """What is kept in each row, by its key. One query of the key store; raises VaultError."""
    return {pk: kept_in(text) for pk, text in unseal_all(rows, "kept").items()}


def seal_kept(rows: Iterable[Background], kept: Iterable[Kept | None]) -> list[Background]:
    """To be saved by the caller. Returns the rows of those whose data were not erased."""
    return seal_all(rows, "kept", map(kept_text, kept))
