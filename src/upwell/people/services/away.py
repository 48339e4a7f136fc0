"""Days on which people are away."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.people.models import Away, Person
from upwell.sheets.reading import Spans

MOST = 100
LONGEST = timedelta(days=366)
BATCH = 500


@transaction.atomic
def enter_away(person: Person, *, starts_on: date, ends_on: date) -> Away:
    """Raises ValidationError for what ends before it starts, is too long, or is there already."""
    Person.objects.select_for_update().get(pk=person.pk)
    away = Away(person=person, starts_on=starts_on, ends_on=ends_on)
    if ends_on - starts_on > LONGEST:
        raise ValidationError(_("That is more than a year. Please enter a shorter time."))
    if person.away.filter(from_file=False).count() >= MOST:
        raise ValidationError(_("There is room for %(count)s entries.") % {"count": MOST})
    away.full_clean()
    away.save()
    record("people.away.changed", by=person, on=person)
    return away


@transaction.atomic
def remove_away(away: Away, *, by: Person) -> None:
    """Take days off; those that came with a file go with a file."""
    record("people.away.changed", by=by, on=away.person)
    Away.objects.filter(pk=away.pk, from_file=False).delete()


def write_away(spans: Mapping[UUID, Spans]) -> None:
    """Give people the days that a file tells, in place of those of earlier files."""
    keys = list(spans)
    for start in range(0, len(keys), BATCH):
        Away.objects.filter(from_file=True, person__in=keys[start : start + BATCH]).delete()
    rows = [
        Away(person_id=person, starts_on=first, ends_on=last, from_file=True)
        for person, found in spans.items()
        for first, last in found
    ]
    Away.objects.bulk_create(rows, batch_size=BATCH)
