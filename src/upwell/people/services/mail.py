"""Which e-mails somebody gets; what is essential comes in any case."""

from collections.abc import Collection

from django.core.signing import BadSignature, Signer
from django.db import transaction

from upwell.audit.services import record
from upwell.delivery.models import Category
from upwell.people.models import Person
from upwell.people.models.person import STOP_SALT

STOPPABLE = tuple(one for one in Category if one != Category.ESSENTIAL)


@transaction.atomic
def choose_mail(person: Person, *, unwanted: Collection[str]) -> None:
    """Say which e-mails one does not want; the same again changes nothing."""
    locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    write(locked, {one for one in STOPPABLE if one in unwanted})


@transaction.atomic
def stop_mail(person: Person, *, category: str) -> None:
    """Add to what somebody does not want, as the link in a message of theirs asks."""
    locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    write(locked, {*locked.unwanted_mail, category})


def write(person: Person, unwanted: set[str]) -> None:
    if unwanted == {*person.unwanted_mail}:
        return
    Person.objects.filter(pk=person.pk).update(unwanted_mail=sorted(unwanted))
    record("people.mail.changed", by=person, on=person)


def stopped_by(token: str) -> tuple[Person, Category] | None:
    """Whose e-mails of which kind a link stops; None of a false one, and of who has left.

    It is good for ever, as the message that it stands in may be read at any time.
    """
    try:
        pk, code = Signer(salt=STOP_SALT).unsign_object(token)
    except (BadSignature, ValueError):
        return None
    person = Person.objects.active().filter(pk=pk).first()
    category = next((one for one in STOPPABLE if one == code), None)
    return (person, category) if person and category else None
