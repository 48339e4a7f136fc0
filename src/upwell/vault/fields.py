"""A model field whose text is sealed: written by ``seal``, read by ``unseal``, by nothing else."""

import re
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn
from uuid import UUID

from django.apps import apps
from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from upwell.vault.cipher import Place
from upwell.vault.scopes import INSTALLATION, Kind, Scope

LABEL = re.compile(r"[a-z_]+(\.[a-z_]+){2}")
READ_IT = "Sealed text is read by upwell.vault.services.unseal and nothing else."


class Sealed:
    """The ciphertext in a field. It cannot be shown, pickled or put into JSON."""

    __slots__ = ("content", "place")

    def __init__(self, content: bytes, place: Place | None = None) -> None:
        self.content = content
        self.place = place  # where it was sealed for, if that was just now

    def __str__(self) -> NoReturn:
        raise TypeError(READ_IT)

    def __format__(self, how: str) -> NoReturn:
        raise TypeError(READ_IT)

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError(READ_IT)

    def __repr__(self) -> str:
        return "<sealed>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and self.content == other.content

    def __hash__(self) -> int:
        return hash(self.content)

    def __copy__(self) -> "Sealed":
        return self

    def __deepcopy__(self, memo: Any) -> "Sealed":
        return self


class SealedAttribute(DeferredAttribute):
    """Takes nothing but what ``seal`` made."""

    def __set__(self, row: models.Model, value: Any) -> None:
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"{self.field.attname} is set by upwell.vault.services.seal only.")
        row.__dict__[self.field.attname] = value


if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:
    Field = models.Field


class SealedTextField(Field):
    """A text that stands in the database as a ciphertext, bound to its row, label and scope.

    ``label`` is frozen: it is part of each ciphertext and stays when model or field are renamed.
    ``scope`` names the kind of scope and the path of its UUID on the row, such as
    ``("person", "person_id")`` or ``("pair", "meeting.pair_id")``; the installation has no path.
    """

    is_sealed = True
    empty_strings_allowed = False
    descriptor_class = SealedAttribute
    non_db_attrs = (*models.Field.non_db_attrs, "label", "scope")

    def __init__(self, *arguments: Any, label: str, scope: tuple[str, str], **options: Any) -> None:
        options["editable"] = False
        self.label, self.scope = label, scope
        super().__init__(*arguments, **options)

    def deconstruct(self) -> Any:
        name, path, arguments, options = super().deconstruct()
        del options["editable"]
        return name, path, arguments, options | {"label": self.label, "scope": self.scope}

    def get_internal_type(self) -> str:
        return "BinaryField"

    def place_in(self, row: models.Model) -> Place:
        """What binds the text of a row: its key must be there before."""
        if not isinstance(row.pk, UUID):
            raise TypeError(f"{type(row).__name__} needs a UUID before its text is sealed.")
        kind, path = self.scope
        scope = Scope(kind, attrgetter(path)(row)) if path else INSTALLATION
        return Place(self.label, row.pk, scope)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if value and value.place and value.place != self.place_in(model_instance):
            raise ValueError(f"{self.label} was sealed for another row.")
        return value

    def get_prep_value(self, value: Any) -> bytes | None:
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"{self.label} takes what upwell.vault.services.seal made.")
        return None if value is None else value.content

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        content = value if prepared else self.get_prep_value(value)
        return None if content is None else connection.Database.Binary(content)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def to_python(self, value: Any) -> Sealed | None:
        self.get_prep_value(value)
        found: Sealed | None = value
        return found

    def value_to_string(self, obj: models.Model) -> NoReturn:
        raise TypeError(READ_IT)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.label} is sealed: nothing can be looked for in it.")
        return super().get_lookup(lookup_name)

    def get_transform(self, name: str) -> NoReturn:
        raise FieldError(f"{self.label} is sealed: nothing can be looked for in it.")

    def formfield(self, **options: Any) -> None:
        return None

    def check(self, **options: Any) -> list[checks.CheckMessage]:
        return [*super().check(**options), *self.check_declaration()]

    def check_declaration(self) -> list[checks.CheckMessage]:
        faults = []
        if not LABEL.fullmatch(self.label):
            faults.append("Its label must look like app.model.field.")
        if self.scope[0] not in list(Kind):
            faults.append(f"There is no scope {self.scope[0]!r}.")
        if not isinstance(self.model._meta.pk, models.UUIDField):  # noqa: SLF001 -- a public API of Django
            faults.append("Its model must have a UUID as primary key.")
        if any(field.label == self.label and field is not self for field in sealed_fields()):
            faults.append("Its label is taken by another field.")
        return [checks.Error(fault, obj=self, id="vault.E001") for fault in faults]


def sealed_fields() -> list[SealedTextField]:
    """Every sealed field of every model."""
    fields = (field for model in apps.get_models() for field in model._meta.local_fields)  # noqa: SLF001 -- a public API of Django
    return [field for field in fields if isinstance(field, SealedTextField)]
