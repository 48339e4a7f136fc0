"""Private requests: with whom somebody would rather not be paired."""

import uuid
from collections.abc import Iterable
from uuid import UUID

from django.db import models

from upwell.people.models import Person
from upwell.vault.fields import SealedTextField
from upwell.vault.services import seal, unseal, unseal_all

MOST_BLOCKS = 20
LENGTH = MOST_BLOCKS * (len(str(UUID(int=0))) + 1)


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
    def colleague_ids(self) -> list[UUID]:
        """In the order they came. One query of the key store; raises VaultError."""
        return ids_in(unseal(self, "colleagues"))

    def seal_ids(self, ids: Iterable[UUID]) -> None:
        """To be saved by the caller. Raises as ``seal`` does."""
        seal(self, colleagues=" ".join(map(str, ids)).ljust(LENGTH))


def ids_in(text: object) -> list[UUID]:
    """None, where the text is empty or was erased."""
    return [UUID(one) for one in str(text).split()] if text else []


def ids_by_person(rows: Iterable[BlockList]) -> dict[UUID, list[UUID]]:
    """The lists of many, by whose they are. One query of the key store; raises VaultError."""
    found = list(rows)
    texts = unseal_all(found, "colleagues")
    return {row.person_id: ids_in(texts[row.pk]) for row in found}
