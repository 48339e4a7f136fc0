"""With whom somebody would rather not be paired, in their own words."""

from upwell.pairs.models import BlockList
from upwell.people.models import Person


def typed_blocks(person: Person) -> list[str]:
    """What somebody typed for each of them, and nothing else of them.

    One query of the database and one of the key store. Raises VaultError where the list cannot be
    read.
    """
    row = BlockList.objects.filter(person=person).first()
    return [block.typed for block in row.blocks] if row else []
