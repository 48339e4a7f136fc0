"""What messages and jobs are to people, and what the library of queues keeps."""

from django_q.models import OrmQ, Schedule, Task

from upwell.core.privacy import (
    BLANKED,
    OPEN,
    PASSING,
    Declaration,
    Erasure,
    Handling,
    Kind,
    Retention,
)
from upwell.delivery.models import Job, OutboxMessage, Worker

CONTENT = Handling(Kind.PERSONAL, Erasure.BLANK, Retention.SENT)

PRIVACY: Declaration = {
    OutboxMessage: {
        OPEN: (
            *("id", "is_bound", "template", "useful_until", "has_secret", "state", "attempts"),
            *("next_attempt_at", "leased_until", "leased_by", "error", "created_at", "sent_at"),
            *("message_id", "category", "is_urgent"),
        ),
        BLANKED: ("person", "address", "once_key"),
        CONTENT: ("subject", "text", "html"),
    },
    Job: {
        PASSING: (
            *("id", "service", "target", "cluster", "state", "attempts", "claimed_by"),
            *("heartbeat_at", "retry_at", "queue_row", "progress", "error", "created_at"),
            "finished_at",
        )
    },
    Worker: {PASSING: ("id", "name", "seen_at")},
    Task: {
        PASSING: (
            *("id", "name", "func", "hook", "args", "kwargs", "result", "group", "cluster"),
            *("started", "stopped", "success", "attempt_count"),
        )
    },
    Schedule: {
        OPEN: (
            *("id", "name", "func", "hook", "args", "kwargs", "schedule_type", "minutes"),
            *("repeats", "next_run", "cron", "task", "cluster", "intended_date_kwarg"),
        )
    },
    OrmQ: {PASSING: ("id", "key", "payload", "lock")},
}
