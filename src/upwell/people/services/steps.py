"""The steps that every import of a file takes, from the upload to the end."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.delivery.jobs import enqueue
from upwell.delivery.models import Job
from upwell.people.models import FileImport, FileImportQuerySet, Person
from upwell.people.services.files import (
    KEPT,
    drop_file,
    keep_file,
    path_of,
    remove_old_files,
    rows_of,
)
from upwell.sheets.messages import refuse

State = FileImport.State


def begin(found: FileImport, upload: "UploadedFile[bytes]", service: str, *, by: Person) -> None:
    """Keep the file of a new import and ask for it to be read, or leave nothing behind."""
    remove_old_files()
    found.file_name = (upload.name or "")[:200]
    found.created_by = found.asked_by = by
    found.expires_at = timezone.now() + KEPT
    keep_file(found, upload)
    try:
        with transaction.atomic():
            found.save(force_insert=True)
            enqueue(service, found.pk, cluster="long")
    except BaseException:
        drop_file(found)
        raise


@transaction.atomic
def ask(
    found: FileImport, states: tuple[str, ...], service: str, *, by: Person, **change: Any
) -> None:
    """Move the import on and ask for the job that does it; refuse one that has moved meanwhile."""
    rows = row_of(found).filter(state__in=states)
    if not rows.update(**change, asked_by=by):
        raise moved_on()
    enqueue(service, found.pk, cluster="long")


def row_of(found: FileImport) -> FileImportQuerySet[FileImport]:
    """The import as it stands in the database by now."""
    return rows_of(type(found)).filter(pk=found.pk)


def moved_on() -> ValidationError:
    return ValidationError(_("This import has moved on meanwhile."))


def move(found: FileImport, old: str, /, **change: Any) -> int:
    """Change the import while it is in a state; the count says whether it still was."""
    return row_of(found).filter(state=old).update(**change)


def discard_import(found: FileImport) -> None:
    """Give the import up and remove its file."""
    living = row_of(found).with_file()
    if not living.update(state=State.DISCARDED, preview={}):
        raise moved_on()
    drop_file(found)


def asker(found: FileImport, may_go_on: Callable[[Person], bool]) -> Person | None:
    """Who asked for the step at hand.

    None where they may not any more: then the import is given up.
    """
    by = found.asked_by
    if by and may_go_on(by):
        return by
    discard_import(found)
    return None


def file_of(found: FileImport) -> Path:
    """Raises SheetError where it is gone."""
    path = path_of(found)
    if not path.exists():
        raise refuse("not_found", path=found.file_name)  # never where it lay
    return path


def job_of(found: FileImport) -> Job | None:
    """The last job that was asked for."""
    return Job.objects.filter(target=str(found.pk)).first()


def has_failed(found: FileImport) -> bool:
    """Whether the job of this import has given up."""
    job = job_of(found)
    return bool(found.is_working and job and job.state == Job.State.FAILED)


def step_of(found: FileImport) -> str:
    """The code of what is being done right now; "" while it waits for the worker."""
    job = job_of(found)
    step: str = job.progress.get("step", "") if job else ""
    return step
