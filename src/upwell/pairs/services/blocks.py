"""With whom somebody would rather not be paired: kept sealed, and read by nobody but the matching.

No entry of the audit log, no message and no figure tells of them.
"""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from upwell.pairs.models import BlockList
from upwell.pairs.models.blocks import MOST_BLOCKS, ids_by_person
from upwell.people.models import Person
from upwell.people.services import raise_revision
from upwell.programs.models import Cohort


def add_block(person: Person, colleague: Person) -> None:
    """Keep two apart in all matching to come, whichever of them is the mentor.

    Raises ValidationError for oneself, for one more than there is room for, and while nothing can
    be sealed; VaultError where the list cannot be read.
    """
    if colleague == person:
        raise ValidationError(_("You are never paired with yourself."))
    with transaction.atomic():
        row = held(person)
        found = row.colleague_ids
        if colleague.pk in found:
            return
        if len(found) == MOST_BLOCKS:
            raise ValidationError(
                _("There is room for %(count)s people. Take somebody off first.")
                % {"count": MOST_BLOCKS}
            )
        write(row, [*found, colleague.pk])


def remove_block(person: Person, colleague: UUID) -> None:
    """Take somebody off the list; nothing happens where they are not on it."""
    with transaction.atomic():
        row = held(person)
        found = row.colleague_ids
        if colleague in found:
            write(row, [one for one in found if one != colleague])


def held(person: Person) -> BlockList:
    """The list of somebody, locked by its owner's row."""
    Person.objects.select_for_update().get(pk=person.pk)
    row, _created = BlockList.objects.get_or_create(person=person)
    return row


def write(row: BlockList, colleagues: Iterable[UUID]) -> None:
    """A raised revision lets whoever is publishing look again."""
    row.seal_ids(colleagues)
    row.save(update_fields=["colleagues"])
    raise_revision()


def blocked_couples(cohort: Cohort) -> set[tuple[UUID, UUID]]:
    """All that people of a cohort have asked for, each as who asked and who is meant. Two queries.

    Raises VaultError where a list cannot be read.
    """
    inside = cohort.enrollments.order_by().values("person")
    lists = ids_by_person(BlockList.objects.filter(person__in=inside))
    return {(person, one) for person, ids in lists.items() for one in ids}
