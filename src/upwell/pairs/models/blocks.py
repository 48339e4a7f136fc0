"""Private requests: with whom somebody would rather not be paired."""

import uuid
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.db import models

from upwell.people.models import Person
from upwell.vault.fields import SealedTextField
from upwell.vault.services import ERASED, seal, unseal, unseal_all

MOST_BLOCKS = 20
MOST_TYPED = 160
LENGTH = MOST_BLOCKS * (len(f"{UUID(int=0)} \n") + len("\U0010ffff".encode()) * MOST_TYPED)
"""In bytes, for the longest list there can be."""


class Block(NamedTuple):
    """Somebody, and the words by which they were named."""

    colleague: UUID
    typed: str


class BlockList(models.Model):
    """Everybody with whom one person would rather not be paired.

    One row and one text of one length for all of them, so that the table does not tell how many
    they are. The row stays when the last of them is taken off.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, models.CASCADE, related_name="block_list")
    colleagues = SealedTextField(
        label="pairs.block_list.colleagues", scope=("person", "person_id"), null=True, blank=True
    )

    def __str__(self) -> str:
        return str(self.person_id)

    @property
    def blocks(self) -> list[Block]:
        """In the order they came. One query of the key store; raises VaultError."""
        return blocks_in(unseal(self, "colleagues"))

    def seal_blocks(self, blocks: Iterable[Block]) -> None:
        """To be saved by the caller. Raises as ``seal`` does."""
        text = "\n".join(f"{block.colleague} {block.typed}" for block in blocks)
        seal(self, colleagues=text + " " * (LENGTH - len(text.encode())))


def blocks_in(text: object) -> list[Block]:
    """None, where the text is empty or was erased."""
    lines = str(text).strip().split("\n") if text else []
    return [Block(UUID(line[:36]), line[37:]) for line in lines if line]


def blocks_by_person(rows: Iterable[BlockList]) -> dict[UUID, list[Block]]:
    """The lists of many, by whose they are, less those that were erased.

    One query of the key store; raises VaultError.
    """
    found = list(rows)
    texts = unseal_all(found, "colleagues")
    return {row.person_id: blocks_in(texts[row.pk]) for row in found if texts[row.pk] != ERASED}
