"""Mappings kept under a name, and which of them fits a file."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.people.models import PeopleImport, Person, SavedMapping
from upwell.people.services.files import path_of
from upwell.sheets import Mapping, SheetError, read_columns
from upwell.sheets.words import bare


@transaction.atomic
def save_mapping(found: PeopleImport, name: str, *, by: Person) -> SavedMapping:
    """Keep how an import's file is read; a mapping of that name gives way to it.

    Raises ValidationError where the file is not read yet, or the name says nothing.
    """
    text = found.preview.get("mapping") or found.mapping
    if not Mapping.from_toml(text).columns:
        raise ValidationError(_("It is not known yet how this file is read."))
    saved, _is_new = SavedMapping.objects.update_or_create(
        key=key_for(name),
        defaults={
            "name": name.strip(),
            "text": text,
            "headers": headers_seen(found),
            "kind": found.kind,
            "saved_by": by,
            "saved_at": timezone.now(),
        },
    )
    record("people.mapping.saved", by=by, on=saved)
    return saved


def rename_mapping(saved: SavedMapping, name: str, *, by: Person) -> None:
    """Raises ValidationError where another mapping has the name."""
    try:
        with transaction.atomic():
            changed = SavedMapping.objects.filter(pk=saved.pk)
            changed.update(name=name.strip(), key=key_for(name))
            record("people.mapping.renamed", by=by, on=saved)
    except IntegrityError:
        said = _("Another mapping is called “%(name)s”. Please choose another name.")
        raise ValidationError(said % {"name": name.strip()}) from None


@transaction.atomic
def delete_mapping(saved: SavedMapping, *, by: Person) -> None:
    record("people.mapping.deleted", by=by, on=saved)
    SavedMapping.objects.filter(pk=saved.pk).delete()


def find_mapping(name: str) -> SavedMapping | None:
    """The mapping saved under a name."""
    return SavedMapping.objects.filter(key=SavedMapping.key_of(name)).first()


def key_for(name: str) -> str:
    key = SavedMapping.key_of(name)
    if not key or not key.isprintable():
        raise ValidationError(_("Please give the mapping a name."))
    return key


def fitting_mapping(found: PeopleImport) -> SavedMapping | None:
    """The saved mapping all of whose columns the file has; of several, that with the most.

    A file with a column that Upwell knows and the mapping has never seen is another kind of file.
    None also where the file has no columns that could be seen.
    """
    candidates = list(SavedMapping.objects.order_by("saved_at"))
    if not candidates:
        return None
    try:
        look = read_columns(path_of(found))
    except SheetError:
        return None
    headers = {report.header for report in look.reports}
    known = {report.header for report in look.reports if report.field}
    fitting = [
        (len(named), at)
        for at, saved in enumerate(candidates)
        if (named := headers_of(saved)) <= headers and known <= named.union(saved.headers)
    ]
    return candidates[max(fitting)[1]] if fitting else None


def headers_seen(found: PeopleImport) -> list[str]:
    """All headers of an import's file, out of its preview or, once done, of how it was read."""
    shown = [column["header"] for column in found.preview.get("columns", [])]
    return shown or list(found.read_as.get("columns", {}))


def headers_of(saved: SavedMapping) -> frozenset[str]:
    return frozenset(map(bare, Mapping.from_toml(saved.text).columns.values()))
