"""Writing to the directory: in one transaction, and only on the revision that was looked at."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.delivery.jobs import enqueue
from upwell.people.models import Directory, Person
from upwell.people.services.away import write_away
from upwell.people.services.difference import Difference, compare
from upwell.people.services.repairs import Repairs
from upwell.people.services.rows import (
    Rows,
    prepare,
    write_leaving,
    write_lines,
    write_people,
    write_places,
)
from upwell.people.services.snapshot import take_snapshot
from upwell.sheets import Reading

ATTEMPTS = 5
Also = Callable[[Difference], None]


class OutdatedError(Exception):
    """The directory has changed since it was looked at."""


class TooManyLeaveError(Exception):
    """More people would leave than was agreed to."""

    def __init__(self, difference: Difference) -> None:
        super().__init__(len(difference.leaving))
        self.difference = difference


def nothing_more(difference: Difference) -> None:
    """What ``also`` does unless told otherwise."""


def raise_revision(expected: int | None = None) -> int:
    """Count one change of the directory; call it first in the transaction that makes it.

    It locks out every other change until that transaction ends. Raises OutdatedError where the
    revision is not the one expected.
    """
    found = Directory.objects.filter(pk=Directory.current().pk)
    if expected is not None:
        found = found.filter(revision=expected)
    if not found.update(revision=F("revision") + 1, changed_at=timezone.now()):
        raise OutdatedError
    return Directory.current().revision


def bring_in(
    reading: Reading,
    *,
    is_whole: bool,
    leaving_agreed: int | None = None,
    repairs: Repairs | None = None,
    by: Person | None = None,
    also: Also = nothing_more,
) -> Difference:
    """Make the directory what the file says; ``also`` runs in the same transaction.

    The difference is computed outside of it, and again where the directory changed meanwhile.
    Raises TooManyLeaveError, with nothing written, where too many leave without being agreed to.
    """
    for _attempt in range(ATTEMPTS):
        difference = compare(reading, take_snapshot(), is_whole=is_whole, repairs=repairs)
        if difference.needs_confirmation and len(difference.leaving) > (leaving_agreed or 0):
            raise TooManyLeaveError(difference)
        try:
            write(difference, prepare(difference), by=by, also=also)
        except OutdatedError:
            continue
        return difference
    raise ValidationError(_("The directory keeps being changed by others. Please try again."))


def write(
    difference: Difference, rows: Rows, *, by: Person | None = None, also: Also = nothing_more
) -> None:
    """Write a difference whole or not at all; an empty one touches nothing of the directory.

    Raises OutdatedError where the directory is no longer as it was compared.
    """
    with transaction.atomic():
        if not difference.is_empty:
            revision = raise_revision(difference.revision)
            write_places(difference)
            write_people(rows)
            write_lines(rows)
            write_away(difference.away)
            write_leaving(difference, by=by)
            if difference.columns:
                Directory.objects.update(columns=list(difference.columns))
            for service in settings.AFTER_DIRECTORY_CHANGE:
                enqueue(service, str(revision))
            directory = Directory.current()
            record("people.directory.imported", by=by, on=directory, facts=difference.counts)
        also(difference)
