"""The uploaded files of topics, in a folder that nobody else may read, no longer than needed."""

import os
import time
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils import timezone

from upwell.programs.models import TopicsImport

KEPT = timedelta(days=1)
State = TopicsImport.State


def folder() -> Path:
    return Path(settings.IMPORTS_DIR) / "topics"


def path_of(pk: UUID) -> Path:
    """Where the file of an import lies. Its own name is never used for it."""
    return folder() / f"{pk}.file"


def keep_file(pk: UUID, upload: "UploadedFile[bytes]") -> None:
    for place in (folder().parent, folder()):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.chmod(0o700)
    handle = os.open(path_of(pk), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)


def drop_file(pk: UUID) -> None:
    path_of(pk).unlink(missing_ok=True)


def remove_old_files() -> None:
    """End imports that nobody confirmed in time, and remove files that no living import has."""
    now = timezone.now()
    old = Q(state__in=[State.READING, State.READY, State.REFUSED], expires_at__lte=now)
    stuck = Q(state=State.APPLYING, expires_at__lte=now - KEPT)  # no job lasts so long
    if TopicsImport.objects.filter(old | stuck).exists():
        TopicsImport.objects.filter(old | stuck).update(state=State.DISCARDED, preview={})
    living = {path_of(pk) for pk in TopicsImport.objects.with_file().values_list("pk", flat=True)}
    for path in folder().glob("*.file"):
        if path not in living and age(path) >= KEPT:
            path.unlink(missing_ok=True)


def age(path: Path) -> timedelta:
    """How long ago the file was written; a younger one may have no row yet."""
    try:
        return timedelta(seconds=time.time() - path.stat().st_mtime)
    except FileNotFoundError:  # another worker was faster
        return timedelta()
