"""Two rows of the directory that are one person, made one."""

from collections.abc import Collection, Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.delivery.jobs import enqueue
from upwell.people.models import Person
from upwell.people.services.directory import raise_revision
from upwell.people.services.dismissals import keep_dismissals
from upwell.people.services.merge_rows import keep_lines, move_rows
from upwell.people.sign_in import end_sessions, keep_in_step, set_address

TOGETHER = {"hours": ("hours_from", "hours_until"), "here": ("is_active", "left_at")}
"""Fields that go together, under one name."""
CHOICES = (
    *("employee_id", "name", "title", "level", "unit", "team", "service_line", "office"),
    *("own_zone", "own_region", "hours", "languages", "own_language", "contact_email"),
    *("sign_in_email", "here"),
)


@transaction.atomic
def merge_people(kept: Person, gone: Person, *, taken: Collection[str], by: Person) -> None:
    """Make two people one: ``kept`` stays, with the facts in ``taken`` of ``gone``, who is deleted.

    Whatever points to ``gone`` points to ``kept`` then; reporting lines come from whose employee
    ID stays. Raises ValidationError, with nothing done, where somebody has gone meanwhile, or where
    both have something that one person can have only once.
    """
    revision = raise_revision()  # one merge or import at a time
    locked = Person.objects.select_for_update(of=("self",)).in_bulk([kept.pk, gone.pk])
    check(kept, gone, locked, by)
    kept, gone = locked[kept.pk], locked[gone.pk]
    old_address = kept.sign_in_email or ""
    for service in settings.ON_PEOPLE_MERGED:
        import_string(service)(kept, gone)
    gone.invitations.open().update(expires_at=timezone.now())
    keep_dismissals(kept, gone)
    keep_lines(kept, gone, from_gone="employee_id" in taken)
    move_rows(kept, gone)
    facts = {name: getattr(gone, name) for name in fields_of(taken) if name != "sign_in_email"}
    facts["unwanted_mail"] = sorted({*kept.unwanted_mail, *gone.unwanted_mail})
    address = gone.sign_in_email if "sign_in_email" in taken else None
    record("people.person.merged", by=by, on=kept, facts={"merged": gone.pk})
    gone.delete()
    Person.objects.filter(pk=kept.pk).update(**facts)
    kept.refresh_from_db()
    if address and address != old_address:
        set_address(kept, address, by=by)
    keep_in_step(kept)
    end_sessions(kept, by=by)
    for service in settings.AFTER_DIRECTORY_CHANGE:
        enqueue(service, str(revision))


def check(kept: Person, gone: Person, locked: dict[Any, Person], by: Person) -> None:
    if not by.is_directory_administrator:
        raise ValidationError(_("Only a directory administrator merges people."))
    if len(locked) < 2:
        raise ValidationError(_("One of the two is not in the directory any more."))
    if by.pk == gone.pk:
        raise ValidationError(_("You would merge yourself away. Please keep your own entry."))


def fields_of(taken: Collection[str]) -> Iterator[str]:
    for name in CHOICES:
        if name in taken:
            yield from TOGETHER.get(name, (name,))
