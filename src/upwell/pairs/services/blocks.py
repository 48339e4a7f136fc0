"""With whom somebody would rather not be paired: kept sealed, and read by nobody but the matching.

No entry of the audit log, no message and no figure tells of them.
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.pairs.models import BlockList, Couple
from upwell.pairs.models.blocks import LENGTH, MOST_BLOCKS, MOST_TYPED, Block, blocks_by_person
from upwell.people.models import Person
from upwell.people.services import raise_revision
from upwell.policy.values import same_name
from upwell.programs.models import Cohort
from upwell.vault.services import seal_all

MOST_TRIES = 30
DAY = timedelta(days=1)


def ask_apart(person: Person, typed: str) -> Person:
    """Find the colleague whom the words name, and keep the two apart; returns the colleague.

    Raises ValidationError where they name nobody or several, after too many tries of a day, and as
    ``add_block`` does; VaultError where the list cannot be read.
    """
    count_try(person)
    colleague = named(typed)
    add_block(person, colleague, typed=typed)
    return colleague


def count_try(person: Person) -> None:
    """One more name that somebody tries out; locked, so that tries at once all count."""
    key = f"not-with:{person.pk}:{timezone.localdate()}"
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        tries = cache.get(key, 0)
        if tries >= MOST_TRIES:
            raise ValidationError(
                _("That was a lot of names for one day. Your list is kept; go on tomorrow.")
            )
        cache.set(key, tries + 1, DAY.total_seconds())


def named(typed: str) -> Person:
    """The one colleague with this whole name or address; case and spacing do not count.

    Reads the names of everybody, since databases compare neither as people do.
    """
    wanted = same_name(typed)
    everybody = Person.objects.filter(is_active=True).order_by()
    rows = everybody.values_list("pk", "name", "contact_email").iterator(chunk_size=5_000)
    found = [
        pk for pk, name, address in rows if wanted in {same_name(name), same_name(address)} - {""}
    ]
    if not found:
        raise ValidationError(_("Nobody in the directory has exactly this name or address."))
    if len(found) > 1:
        raise ValidationError(_("Several people have this name. Give the e-mail address."))
    colleague: Person = everybody.get(pk=found[0])
    return colleague


def add_block(person: Person, colleague: Person, *, typed: str = "") -> None:
    """Keep two apart in all matching to come, whichever of them is the mentor.

    ``typed`` is what the list shows of them, the name where nothing was typed. Raises
    ValidationError for oneself, for one more than there is room for, and while nothing can be
    sealed; VaultError where the list cannot be read.
    """
    if colleague == person:
        raise ValidationError(_("You are never paired with yourself."))
    block = Block(colleague.pk, " ".join((typed or colleague.name).split())[:MOST_TYPED])
    with transaction.atomic():
        row = held(person)
        found = row.blocks
        kept = [one for one in found if same_name(one.typed) != same_name(block.typed)]
        if block in found:
            return
        if len(kept) == MOST_BLOCKS:
            raise ValidationError(
                _("There is room for %(count)s people. Take somebody off first.")
                % {"count": MOST_BLOCKS}
            )
        write(row, [*kept, block])


def remove_block(person: Person, typed: str) -> bool:
    """Take off whoever was named by these words; False where nobody on the list was."""
    with transaction.atomic():
        if not BlockList.objects.filter(person=person).exists():
            return False  # a row would tell that somebody was here
        row = held(person)
        found = row.blocks
        kept = [one for one in found if one.typed != typed]
        if len(kept) < len(found):
            write(row, kept)
        return len(kept) < len(found)


def keep_from(person: Person, colleague: Person) -> None:
    """Keep the two apart without anything typed: the list shows the colleague's name.

    Another of the same name stays on the list under the words that stand there. Raises as
    ``add_block`` does.
    """
    with transaction.atomic():
        found = held(person).blocks
        if any(one.colleague == colleague.pk for one in found):
            return
        taken = {same_name(one.typed) for one in found}
        words = (colleague.name, colleague.contact_email, str(colleague.pk))
        typed = next(word for word in words if word and same_name(word) not in taken)
        add_block(person, colleague, typed=typed)


def let_be(person: Person, colleague: Person) -> None:
    """Take a colleague off the list, by whatever words they stand there."""
    with transaction.atomic():
        row = held(person)
        found = row.blocks
        kept = [one for one in found if one.colleague != colleague.pk]
        if len(kept) < len(found):
            write(row, kept)


def empty_lists(people: Iterable[UUID]) -> list[BlockList]:
    """A list with nobody on it, not stored, for each of these people who has none."""
    listed = BlockList.objects.filter(colleagues__isnull=False).values_list("person", flat=True)
    rows = [BlockList(person_id=person) for person in sorted({*people} - {*listed})]
    return seal_all(rows, "colleagues", [" " * LENGTH] * len(rows))


def merge_lists(kept: Person, gone: Person) -> None:
    """Make what ``gone`` asked for, and what others asked about them, that of ``kept``.

    To be called in the transaction that merges the two. Raises ValidationError where it does not
    fit; VaultError where a list cannot be read.
    """
    everybody = BlockList.objects.select_for_update().order_by("pk")
    rows = [row for row in everybody if row.colleagues is not None]
    lists = {row.person_id: row.blocks for row in rows}
    if kept.pk in lists and gone.pk in lists:
        lists[kept.pk] += lists.pop(gone.pk)
        BlockList.objects.filter(person=gone).delete()
    for row in rows:
        if row.person_id not in lists:
            continue
        old = row.blocks
        new = merged_blocks(lists[row.person_id], row.person_id, kept.pk, gone.pk)
        if len(new) > MOST_BLOCKS:
            raise ValidationError(_("Something of these two does not fit together."))
        if new != old:
            row.seal_blocks(new)
            row.save(update_fields=["colleagues"])


def merged_blocks(blocks: Iterable[Block], own: UUID, kept: UUID, gone: UUID) -> list[Block]:
    """Each colleague once, ``gone`` as ``kept``, and nobody of the two on their own list."""
    found: dict[UUID, Block] = {}
    owner = kept if own == gone else own
    for block in blocks:
        colleague = kept if block.colleague == gone else block.colleague
        if colleague != owner:
            found.setdefault(colleague, Block(colleague, block.typed))
    return list(found.values())


def held(person: Person) -> BlockList:
    """The list of somebody, locked by its owner's row."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    row, _created = BlockList.objects.get_or_create(person=person)
    return row


def write(row: BlockList, blocks: Iterable[Block]) -> None:
    """A raised revision lets whoever is publishing look again."""
    row.seal_blocks(blocks)
    row.save(update_fields=["colleagues"])
    raise_revision()


def are_paired(person: Person, colleague: Person) -> bool:
    """Whether the two are a pair now, and may know of it."""
    both = Couple.objects.of_member(person) & Couple.objects.of_member(colleague)
    return both.active().shown().exists()


def lists_of(cohort: Cohort) -> dict[UUID, list[UUID]]:
    """Whom people of a cohort have asked not to be paired with, by who asked. Two queries.

    Who has a list with nobody on it is there, too; raises VaultError where a list cannot be read.
    """
    inside = cohort.enrollments.order_by().values("person")
    lists = blocks_by_person(BlockList.objects.filter(person__in=inside))
    return {person: [one.colleague for one in blocks] for person, blocks in lists.items()}


def blocked_couples(cohort: Cohort) -> set[tuple[UUID, UUID]]:
    """All that people of a cohort have asked for, each as who asked and who is meant."""
    return {(person, one) for person, ids in lists_of(cohort).items() for one in ids}
