"""The rows of all models that point to somebody, made to point to somebody else."""
# ruff: noqa: SLF001 -- a public API of Django

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Field, Model
from django.utils.translation import gettext as _

from upwell.people.models import Person, ReportingLine
from upwell.vault.errors import DataKeyError, VaultError
from upwell.vault.fields import SealedTextField
from upwell.vault.services import seal, unseal

OWN_SIGN_IN = (EmailAddress, Authenticator)
"""What somebody signs in with stays with the person who is kept, unless they have nothing."""


def keep_lines(kept: Person, gone: Person, *, from_gone: bool) -> None:
    """Leave one of the two their own lines, and make those of others lead to the one kept."""
    ReportingLine.objects.filter(person=kept if from_gone else gone).delete()
    ReportingLine.objects.filter(person__in=[kept, gone], manager__in=[kept, gone]).delete()
    below = ReportingLine.objects.filter(manager=kept, kind="dotted").values("person")
    ReportingLine.objects.filter(manager=gone, kind="dotted", person__in=list_of(below)).delete()


def list_of(values: Any) -> list[Any]:
    return [row["person"] for row in values]


def move_rows(kept: Person, gone: Person) -> None:
    """Raises ValidationError for a row that both have and one person can have only once."""
    for model, field in references():
        for row in model._base_manager.filter(**{field.name: gone}).order_by("pk"):
            move(row, field, kept)


def references() -> Iterator[tuple[type[Model], "Field[Any, Any]"]]:
    """Every field of every model that points to a person."""
    for relation in Person._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete:
            yield relation.related_model, relation.field  # type: ignore[misc, union-attr]  # -- of relations alone


def move(row: Model, field: "Field[Any, Any]", kept: Person) -> None:
    """Let one row point to who is kept; a row that they have just so already is dropped."""
    try:
        with transaction.atomic():
            point(row, field, kept)
    except VaultError:
        said = _("What is sealed cannot be read just now, so nobody is merged. Please try later.")
        raise ValidationError(said) from None
    except IntegrityError:
        row.refresh_from_db()
        if not isinstance(row, OWN_SIGN_IN) and not is_double(row, field, kept):
            raise both_have(row) from None
        row.delete()


def point(row: Model, field: "Field[Any, Any]", kept: Person) -> None:
    """Change the field; what is sealed under the person is sealed anew under the other."""
    sealed = [
        one.name
        for one in row._meta.concrete_fields
        if isinstance(one, SealedTextField)
        and one.scope[1] == field.attname
        and getattr(row, one.attname) is not None
    ]
    texts = {name: readable(row, name) for name in sealed}
    setattr(row, field.name, kept)
    if texts:
        seal(row, **texts)
    row.save(update_fields=[field.name, *sealed])


def readable(row: Model, name: str) -> str:
    text = unseal(row, name)
    if not isinstance(text, str):
        raise DataKeyError("What is erased cannot be sealed anew.")
    return text


def is_double(row: Model, field: "Field[Any, Any]", kept: Person) -> bool:
    """Whether there is a row like it in all that it says, and nothing points to this one."""
    others = [one for one in row._meta.concrete_fields if not one.primary_key and one != field]
    if any(isinstance(one, SealedTextField) for one in others):
        return False
    same = {one.attname: getattr(row, one.attname) for one in others} | {field.name: kept}
    is_there = type(row)._base_manager.filter(**same).exists()
    return is_there and not any(
        relation.related_model._base_manager.filter(**{relation.field.name: row}).exists()
        for relation in row._meta.related_objects
    )


def both_have(row: Model) -> ValidationError:
    return ValidationError(
        _(
            "Both have “%(row)s” (%(kind)s), and one person can have it only once. Please remove "
            "it from one of them first, or leave the two as they are."
        )
        % {"row": row, "kind": row._meta.verbose_name}
    )
