"""Sign-in addresses for many at once, out of what the directory says of them."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from upwell.audit.services import record_all
from upwell.delivery.jobs import enqueue
from upwell.people.invitations import invite
from upwell.people.models import Directory, Person, PersonQuerySet
from upwell.people.services.directory import OutdatedError, raise_revision
from upwell.people.sign_in import clean_address, set_first_addresses

INVITE = "upwell.people.services.addresses.invite_person"
Owners = dict[str, dict[UUID, str]]


@dataclass(frozen=True)
class Candidate:
    """Somebody without a sign-in address; ``why`` they cannot have one, "" where they can.

    ``other`` is who uses the address already.
    """

    person: Person
    address: str = ""
    why: str = ""
    other: str = ""


@dataclass(frozen=True)
class AddressChoice:
    """Who gets which address, who is left out, and how many sign in already and stay as they are.

    True of one ``revision`` of the directory.
    """

    ready: tuple[Candidate, ...]
    left_out: tuple[Candidate, ...]
    already: int
    revision: int


def choose_contact_addresses(people: PersonQuerySet) -> AddressChoice:
    """What using contact addresses would do to these people; those who have left do not count."""
    revision = Directory.current().revision
    here = people.active().order_by("name", "pk")
    contacts, signing_in = owners()
    without = here.without_sign_in().only("name", "contact_email")
    found = [candidate(person, contacts, signing_in) for person in without]
    return AddressChoice(
        ready=tuple(one for one in found if not one.why),
        left_out=tuple(one for one in found if one.why),
        already=here.exclude(sign_in_email=None).count(),
        revision=revision,
    )


def owners() -> tuple[Owners, Owners]:
    """Who of those here has a contact address, and who of all signs in with one, by address."""
    contacts: Owners = defaultdict(dict)
    signing_in: Owners = defaultdict(dict)
    fields = ("pk", "name", "contact_email", "sign_in_email", "is_active")
    for pk, name, contact, address, is_active in Person.objects.order_by().values_list(*fields):
        if address:
            signing_in[address][pk] = name
        if contact and is_active:
            contacts[contact.strip().lower()][pk] = name
    return contacts, signing_in


def candidate(person: Person, contacts: Owners, signing_in: Owners) -> Candidate:
    if not person.contact_email.strip():
        return Candidate(person, why="missing")
    try:
        address = clean_address(person.contact_email)
    except ValidationError:
        return Candidate(person, person.contact_email, "wrong")
    if not address.isascii():  # databases disagree about its lower case
        return Candidate(person, address, "wrong")
    for why, known in (("taken", signing_in), ("shared", contacts)):
        others = [name for pk, name in known.get(address, {}).items() if pk != person.pk]
        if others:
            return Candidate(person, address, why, others[0])
    return Candidate(person, address)


def use_contact_addresses(
    people: PersonQuerySet, *, by: Person, revision: int | None = None, and_invite: bool = False
) -> AddressChoice:
    """Let people who cannot sign in do so with their contact address; return what was done.

    An address that somebody signs in with stays. Refuses whoever is no directory administrator,
    and a directory that is no longer at the ``revision`` that was looked at.
    """
    if not by.is_directory_administrator:
        raise ValidationError(_("Only a directory administrator gives sign-in addresses."))
    try:
        with transaction.atomic():
            return use_them(people, by, revision, and_invite=and_invite)
    except (OutdatedError, IntegrityError) as error:
        said = _("The directory has changed meanwhile. Please look at these people again.")
        raise ValidationError(said) from error


def use_them(
    people: PersonQuerySet, by: Person, revision: int | None, *, and_invite: bool
) -> AddressChoice:
    raise_revision(revision)  # holds back every import until the addresses stand
    choice = choose_contact_addresses(people)
    set_first_addresses({one.person.pk: one.address for one in choice.ready})
    given = (one.person for one in choice.ready)
    record_all("people.address.changed", by=by, on=given, facts={"is_taken": False})
    for one in choice.ready if and_invite else ():
        enqueue(INVITE, f"{one.person.pk.hex}{by.pk.hex}", cluster="long")
    return choice


@transaction.atomic
def invite_person(target: str, *, report: Any) -> None:
    """Job: invite somebody, unless an invitation is open or they cannot sign in any more."""
    person = Person.objects.select_for_update(of=("self",)).filter(pk=UUID(target[:32])).first()
    if person is None or not person.is_active or not person.sign_in_email:
        return
    if not person.invitations.open().filter(address=person.sign_in_email).exists():
        invite(person, by=Person.objects.filter(pk=UUID(target[32:])).first())
