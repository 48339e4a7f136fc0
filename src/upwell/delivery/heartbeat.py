"""The sign of life of a running job, from a thread with a connection of its own."""

import threading
from types import TracebackType
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from upwell.delivery.models import Job


class Heartbeat:
    """While open, renews the claim every JOB_HEARTBEAT_SECONDS, and stops where it was lost."""

    def __init__(self, job_id: UUID, claimed_by: str) -> None:
        self.row = Job.objects.filter(pk=job_id, state=Job.State.RUNNING, claimed_by=claimed_by)
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self.beat, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.is_over.set()
        self.thread.join()

    def beat(self) -> None:
        try:
            while not self.is_over.wait(settings.JOB_HEARTBEAT_SECONDS):
                if not self.renew():
                    return
        finally:
            connection.close()

    def renew(self) -> bool:
        """Return whether the claim still stands; a database that is busy is asked again later."""
        try:
            return bool(self.row.all().update(heartbeat_at=timezone.now()))
        except DatabaseError:
            connection.close()
            return True
