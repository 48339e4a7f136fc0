"""Seal texts, read them, erase them."""

import base64
import binascii
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from upwell.vault import cipher, data_keys
from upwell.vault.data_keys import OpenKey
from upwell.vault.errors import TamperedError
from upwell.vault.fields import Sealed, SealedTextField
from upwell.vault.scopes import INSTALLATION, Scope

NO_ROW = UUID(int=0)


@dataclass(frozen=True)
class Erased:
    """Stands where a text was until its key was erased; a page shows it as a word."""

    def __str__(self) -> str:
        return _("Erased")

    def __bool__(self) -> bool:
        return False


ERASED: Final = Erased()


@sensitive_variables()
def seal(row: Model, **texts: str | None) -> None:
    """Put texts into sealed fields of a row, to be saved by the caller; None empties a field.

    Refuses while no copy of the master key is confirmed, and where the scope was erased.
    """
    keys: dict[Scope, OpenKey] = {}
    for name, text in texts.items():
        field = sealed_field(row, name)
        if text is None:
            setattr(row, name, None)
            continue
        place = field.place_in(row)
        key = keys.get(place.scope) or keys.setdefault(place.scope, data_keys.key_for(place.scope))
        content = cipher.seal_bytes(key.secret, key.id, place, encoded(text))
        setattr(row, name, Sealed(content, place))


@sensitive_variables()
def seal_all(rows: Iterable[Model], name: str, texts: Iterable[str]) -> list[Any]:
    """Put a text each into a sealed field of many rows of a model, to be saved by the caller.

    Returns the rows that took theirs: not those whose scope was erased. A few queries of the key
    store, however many rows; refuses as ``seal`` does.
    """
    found = [
        (row, sealed_field(row, name).place_in(row), text)
        for row, text in zip(rows, texts, strict=True)
    ]
    keys = data_keys.keys_for({place.scope for _row, place, _text in found})
    taken = []
    for row, place, text in found:
        if key := keys[place.scope]:
            content = cipher.seal_bytes(key.secret, key.id, place, encoded(text))
            setattr(row, name, Sealed(content, place))
            taken.append(row)
    return taken


def unseal(row: Model, name: str) -> str | Erased:
    """The text of a sealed field; "" where it is empty. One query of the key store.

    Raises a VaultError where the text was tampered with or its keys are not there.
    """
    return unseal_all([row], name)[row.pk]


@sensitive_variables()
def unseal_all(rows: Iterable[Model], name: str) -> dict[UUID, str | Erased]:
    """The texts of many rows of a model by their keys, in one query of the key store.

    Rows whose scope is reached through others want a ``select_related``.
    """
    found = list(rows)
    sealed = {row.pk: getattr(row, name) for row in found}
    keys = data_keys.keys_by_id(cipher.key_of(text.content) for text in sealed.values() if text)
    return {row.pk: open_text(row, name, sealed[row.pk], keys) for row in found}


@sensitive_variables()
def open_text(
    row: Model, name: str, sealed: Sealed | None, keys: Mapping[UUID, OpenKey | None]
) -> str | Erased:
    if sealed is None:
        return ""
    place = sealed_field(row, name).place_in(row)
    key_id = cipher.key_of(sealed.content)
    key = keys[key_id]
    if key is None:
        return ERASED
    if key.scope != place.scope:
        raise TamperedError(f"{place.label} of {place.row} is sealed with another scope's key.")
    return cipher.open_bytes(key.secret, key.id, place, sealed.content).decode("utf-8")


def shred(scope: Scope) -> bool:
    """Erase all that was sealed for a scope, in backups of the database, too; see data_keys."""
    return data_keys.shred(scope)


def erased_ids(kind: str) -> set[UUID]:
    """Of which people, pairs or whatever the kind is the key was erased. One query."""
    return data_keys.erased_ids(kind)


@sensitive_variables()
def seal_secret(text: str, *, label: str) -> str:
    """A secret of the software itself as a sealed word, for tables that are not ours."""
    key = data_keys.key_for(INSTALLATION)
    place = cipher.Place(label, NO_ROW, INSTALLATION)
    return base64.urlsafe_b64encode(
        cipher.seal_bytes(key.secret, key.id, place, encoded(text))
    ).decode("ascii")


@sensitive_variables()
def unseal_secret(word: str, *, label: str) -> str:
    """Raises TamperedError for anything that ``seal_secret`` has not made."""
    try:
        sealed = base64.b64decode(word, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise TamperedError("This is no sealed secret.") from None
    key_id = cipher.key_of(sealed)
    key = data_keys.keys_by_id([key_id])[key_id]
    if key is None or key.scope != INSTALLATION:
        raise TamperedError("This secret is sealed with another scope's key.")
    place = cipher.Place(label, NO_ROW, INSTALLATION)
    return cipher.open_bytes(key.secret, key.id, place, sealed).decode("utf-8")


@sensitive_variables()
def encoded(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValidationError(_("The text holds a character that cannot be written.")) from None


def sealed_field(row: Model, name: str) -> SealedTextField:
    field = row._meta.get_field(name)  # noqa: SLF001 -- a public API of Django
    if not isinstance(field, SealedTextField):
        raise TypeError(f"{name} of {type(row).__name__} is not sealed.")
    return field
