"""The first person of an installation, who lets the others in."""

from django.core.exceptions import ValidationError
from django.db import transaction

from upwell.cli.site import RefusedError
from upwell.cli.words import _
from upwell.people import invitations, services, sign_in
from upwell.people.models import Person, PersonQuerySet, Role


def administrators() -> PersonQuerySet:
    """Those who can sign in."""
    holding = Person.objects.holding(Role.Kind.DIRECTORY_ADMINISTRATOR)
    found: PersonQuerySet = holding.filter(sign_in_email__isnull=False)
    return found


@transaction.atomic
def make(name: str, address: str) -> Person:
    """Make the person, or give the roles to whoever has the address already."""
    found = Person.objects.active().filter(sign_in_email=address).first()
    person: Person = found or Person.objects.create(name=name, contact_email=address)
    try:
        sign_in.set_address(person, address)
    except ValidationError as error:
        raise RefusedError(
            _("%(address)s is no address to sign in with.") % {"address": address}
        ) from error
    for kind in Role.Kind.values:
        services.grant_role(person, kind, by=None)
    return person


def find(address: str) -> Person:
    """The administrator with an address; without one, the only administrator."""
    found = list(administrators().filter(sign_in_email=address) if address else administrators())
    if len(found) != 1:
        raise RefusedError(_("Say with --admin-email which directory administrator you mean."))
    return found[0]


def forget_authenticator(person: Person) -> None:
    sign_in.reset_second_factor(person)


def link(person: Person) -> str:
    return invitations.link(invitations.issue(person, by=None))
