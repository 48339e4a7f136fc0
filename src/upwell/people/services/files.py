"""The uploaded files, in a folder that nobody else may read, and no longer than needed."""

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils import timezone

from upwell.people.models import FileImport, FileImportQuerySet

KEPT = timedelta(days=1)


def path_of(found: FileImport) -> Path:
    """Where the file of an import lies. Its own name is never used for it."""
    return folder_of(type(found)) / f"{found.pk}.file"


def folder_of(kind: type[FileImport]) -> Path:
    return Path(settings.IMPORTS_DIR) / kind.FOLDER


def keep_file(found: FileImport, upload: "UploadedFile[bytes]") -> None:
    path = path_of(found)
    for folder in (path.parent.parent, path.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)


def drop_file(found: FileImport) -> None:
    path_of(found).unlink(missing_ok=True)


def remove_old_files() -> None:
    """End imports that nobody confirmed in time, and remove files that no living import has."""
    for kind in kinds():
        end_old(kind)
        remove_stray(kind)


def kinds() -> Iterator[type[FileImport]]:
    """The models of all imports."""
    yield from (model for model in apps.get_models() if issubclass(model, FileImport))


def rows_of(kind: type[FileImport]) -> FileImportQuerySet[FileImport]:
    return FileImportQuerySet(kind)


def end_old(kind: type[FileImport]) -> None:
    state, now = FileImport.State, timezone.now()
    waiting = [state.READING, state.READY, state.REFUSED]
    old = Q(state__in=waiting, expires_at__lte=now)
    stuck = Q(state=state.APPLYING, expires_at__lte=now - KEPT)  # no job lasts so long
    rows = rows_of(kind).filter(old | stuck)
    if rows.exists():
        rows.update(state=state.DISCARDED, preview={})


def remove_stray(kind: type[FileImport]) -> None:
    living = {path_of(found) for found in rows_of(kind).with_file().only("pk")}
    for path in folder_of(kind).glob("*.file"):
        if path not in living and age(path) >= KEPT:
            path.unlink(missing_ok=True)


def age(path: Path) -> timedelta:
    """How long ago the file was written; a younger one may have no row yet."""
    try:
        return timedelta(seconds=time.time() - path.stat().st_mtime)
    except FileNotFoundError:  # another worker was faster
        return timedelta()
