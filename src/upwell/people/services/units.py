"""Units: which of the directory's a file means, and what an administrator changes about them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.people.models import OrgUnit, Person
from upwell.people.services.directory import raise_revision
from upwell.sheets.units import JOINT


@transaction.atomic
def change_unit(unit: OrgUnit, *, name: str, parent: OrgUnit | None, by: Person) -> None:
    """Rename a unit, or put it and all below it under another one; None is the top.

    Files may go on calling it as before. Raises ValidationError where it would come to stand below
    itself, or beside another of its name.
    """
    name = " ".join(name.split()).replace(JOINT, "/")
    if (name, parent and parent.pk) == (unit.name, unit.parent_id):
        return
    check_place(unit, name, parent)  # what is refused counts as no change
    raise_revision()  # imports compared before name units by their path
    rename(unit, name, parent, check_place(unit, name, parent))
    record("people.unit.changed", by=by, on=unit)


def check_place(unit: OrgUnit, name: str, parent: OrgUnit | None) -> str:
    """The path of the unit by now. Raises ValidationError where it cannot be changed so."""
    paths = OrgUnit.objects.paths()
    if unit.pk not in paths or (parent and parent.pk not in paths):
        raise ValidationError(_("This unit is gone meanwhile."))
    old = paths[unit.pk]
    new = f"{paths[parent.pk]}{JOINT}{name}" if parent else name
    if parent and f"{paths[parent.pk]}{JOINT}".startswith(f"{old}{JOINT}"):
        raise ValidationError(_("A unit cannot stand below itself. Please choose another one."))
    if new != old and new in paths.values():
        said = _("There is a unit “%(unit)s” already. Please choose another name.")
        raise ValidationError(said % {"unit": new})
    return old


def rename(unit: OrgUnit, name: str, parent: OrgUnit | None, old: str) -> None:
    found = OrgUnit.objects.get(pk=unit.pk)
    known_as = list(dict.fromkeys([*found.known_as, old]))
    OrgUnit.objects.filter(pk=unit.pk).update(name=name, parent=parent, known_as=known_as)
    unit.refresh_from_db()
