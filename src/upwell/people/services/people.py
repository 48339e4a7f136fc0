"""Changes of one person by a directory administrator."""

from typing import Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.people.models import Person, Role
from upwell.people.services.directory import raise_revision
from upwell.people.sign_in import end_sessions, forget_password, set_address


class RoleChange(Protocol):
    def __call__(self, person: Person, kind: str, *, by: Person | None) -> None: ...


@transaction.atomic
def set_contact_address(person: Person, address: str, *, by: Person | None) -> None:
    """Change where somebody's mail goes; the next import may change it again."""
    raise_revision()
    Person.objects.filter(pk=person.pk).update(contact_email=address)
    person.refresh_from_db(fields=["contact_email"])
    record("people.contact.changed", by=by, on=person)


@transaction.atomic
def grant_role(person: Person, kind: str, *, by: Person | None) -> None:
    """Give a role in the organization. Sessions end, since more is asked of the next sign-in."""
    raise_revision()  # an import computed before does not know that this person stays
    if not Person.objects.active().filter(pk=person.pk).exists():
        raise ValidationError(_("%(name)s has left.") % {"name": person.name})
    _role, is_new = Role.objects.get_or_create(person=person, kind=kind)
    if is_new:
        end_sessions(person, by=by)
        record("people.role.granted", by=by, on=person, facts={"role": kind})


@transaction.atomic
def take_role(person: Person, kind: str, *, by: Person | None) -> None:
    """Take a role away, unless nobody would be left to do what it is for.

    Raising the revision lets one such change wait for the other.
    """
    for check in settings.BEFORE_ROLE_TAKEN:
        import_string(check)(person, kind)
    raise_revision()
    if kind == Role.Kind.DIRECTORY_ADMINISTRATOR:
        check_administered_without(person)
    taken, _rows = Role.objects.filter(person=person, kind=kind).delete()
    if taken:
        end_sessions(person, by=by)
        forget_password(person)
        record("people.role.taken", by=by, on=person, facts={"role": kind})


@transaction.atomic
def change_sign_in(person: Person, address: str, *, by: Person | None) -> None:
    """Change the address somebody signs in with, as ``set_address`` says.

    Nobody takes it from the last person who administers the directory.
    """
    raise_revision()
    if not address.strip() and person.is_directory_administrator:
        check_administered_without(person)
    set_address(person, address, by=by)


def check_administered_without(person: Person) -> None:
    """Refuse where nobody else could sign in and administer the directory.

    For callers that have raised the revision.
    """
    others = Person.objects.holding(Role.Kind.DIRECTORY_ADMINISTRATOR).exclude(pk=person.pk)
    if not others.exclude(sign_in_email=None).exists():
        raise ValidationError(
            _(
                "Somebody has to administer the directory. Please give the role to "
                "another person first."
            )
        )
