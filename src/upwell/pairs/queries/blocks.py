"""With whom somebody would rather not be paired, with names."""

from dataclasses import dataclass
from uuid import UUID

from upwell.pairs.models import BlockList
from upwell.people.models import Person


@dataclass(frozen=True)
class Block:
    """``person`` is None for somebody who is not in the directory any more."""

    id: UUID
    person: Person | None


def named_blocks(person: Person) -> list[Block]:
    """Two queries of the database and one of the key store.

    Raises VaultError where the list cannot be read.
    """
    row = BlockList.objects.filter(person=person).first()
    ids = row.colleague_ids if row else []
    people = Person.objects.select_related("level", "unit", "office").in_bulk(ids)
    return [Block(one, people.get(one)) for one in ids]
