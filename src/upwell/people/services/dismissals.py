"""Saying that two entries that look like one person are two people."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.people.models import Person, TwoPeople


@transaction.atomic
def dismiss_likeness(one: Person, other: Person, *, by: Person) -> None:
    """Keep for good that they are two people; saying it again changes nothing.

    Raises ValidationError where one of them has gone meanwhile.
    """
    if not by.is_directory_administrator:
        raise ValidationError(_("Only a directory administrator says that."))
    locked = Person.objects.select_for_update(of=("self",)).in_bulk([one.pk, other.pk])
    if len(locked) < 2:
        raise ValidationError(_("One of the two is not in the directory any more."))
    first, second = sorted(locked)
    _row, is_new = TwoPeople.objects.get_or_create(one_id=first, other_id=second)
    if is_new:
        record("people.likeness.dismissed", by=by, on=one, facts={"other": other.pk})


def keep_dismissals(kept: Person, gone: Person) -> None:
    """Let what was said of ``gone`` be said of ``kept``, but that the two are two people."""
    said = TwoPeople.objects.filter(Q(one=gone) | Q(other=gone))
    others = {pk for two in said.values_list("one", "other") for pk in two} - {kept.pk, gone.pk}
    said.delete()
    for other in others:
        first, second = sorted((kept.pk, other))
        TwoPeople.objects.get_or_create(one_id=first, other_id=second)
