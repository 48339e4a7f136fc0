"""Rows written and locked the same way by every service of the room."""

from uuid import UUID

from django.db import IntegrityError, models, transaction

from upwell.programs.models import Program


def insert(row: models.Model) -> None:
    """Validate and insert; of two at once, the second gets the refusal of the constraint."""
    row.full_clean()
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        row.full_clean()  # names what was taken meanwhile
        raise


def change(row: models.Model, *names: str) -> None:
    """Validate and write these fields; a name taken meanwhile is refused as in ``insert``."""
    row.full_clean()
    try:
        with transaction.atomic():
            row.save(update_fields=names)
    except IntegrityError:
        row.full_clean()
        raise


def locked(program: UUID) -> Program:
    """The program as it stands, its policy and people held still until the transaction ends."""
    return Program.objects.select_for_update().get(pk=program)


def hold_programs() -> None:
    """All programs held still until the transaction ends: what people of any of them have moves."""
    list(Program.objects.order_by("pk").select_for_update().values_list("pk"))
