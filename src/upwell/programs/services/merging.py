"""What two people who become one cannot both have in a program, made one."""

from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.utils import timezone

from upwell.people.models import Person
from upwell.programs.models import Signature, Willing, WillingTopic


def merge_in_programs(kept: Person, gone: Person) -> None:
    """Make one of what both have signed and offered, in the transaction that merges them."""
    merge_signatures(kept, gone)
    merge_willing(kept, gone)


def merge_signatures(kept: Person, gone: Person) -> None:
    """Of one text that both have signed, the earlier signature counts."""
    for row in Signature.objects.filter(person=kept):
        double = Signature.objects.filter(person=gone, program=row.program_id, pledge=row.pledge_id)
        earlier = double.filter(signed_at__lt=row.signed_at).values_list("signed_at", flat=True)
        if first := earlier.first():
            Signature.objects.filter(pk=row.pk).update(signed_at=first)
        double.delete()


def merge_willing(kept: Person, gone: Person) -> None:
    """On each roster they stand in one role, the one said last; two rows of one role become one.

    A row that stands goes before one that was taken back.
    """
    theirs = Willing.objects.filter(person__in=[kept, gone])
    standing = theirs.filter(taken_back_at=None).order_by("program", "said_at", "pk")
    for _program, some in groupby(standing, key=attrgetter("program_id")):
        *former, last = some
        others = theirs.filter(pk__in=[row.pk for row in former]).exclude(role=last.role)
        others.update(taken_back_at=timezone.now())
    for _place, some in groupby(theirs.order_by("program", "role"), key=place):
        *former, last = sorted(some, key=last_word)
        for row in former:
            take_in(last, row)


def place(row: Willing) -> tuple[UUID, str]:
    return row.program_id, row.role


def last_word(row: Willing) -> tuple[bool, datetime]:
    """What stands comes after what was taken back."""
    return row.taken_back_at is None, row.taken_back_at or row.said_at


def take_in(row: Willing, other: Willing) -> None:
    """Give one row the topics of the other, and where both stand, its cohort as well."""
    strengths = {one.topic_id: one.strength for one in row.topics.all()}
    for one in other.topics.select_related("topic"):
        strength = max(one.strength, strengths.get(one.topic_id, 0))
        WillingTopic.objects.update_or_create(
            willing=row, topic=one.topic, defaults={"strength": strength}
        )
    said: dict[str, Any] = {"said_at": min(row.said_at, other.said_at)}
    is_meant = other.taken_back_at is None
    if is_meant and (row.when, row.cohort_id) != (other.when, other.cohort_id):
        said |= {"when": Willing.When.ANY, "cohort": None}
    other.delete()
    Willing.objects.filter(pk=row.pk).update(**said)
