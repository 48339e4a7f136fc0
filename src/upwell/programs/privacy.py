"""What programs and cohorts are to people."""

from upwell.core.privacy import (
    DELETED,
    LINK,
    OPEN,
    Declaration,
    Erasure,
    Handling,
    Kind,
    Retention,
)
from upwell.programs.models import (
    Cohort,
    Enrollment,
    EnrollmentTopic,
    Place,
    Program,
    Staff,
    Topic,
    TopicsImport,
)

DRAFT = Handling(Kind.PERSONAL, Erasure.BLANK, Retention.PASSING)

PRIVACY: Declaration = {
    Program: {
        OPEN: ("id", "name", "purpose", "mode", "created_at"),
        LINK: ("policy_json",),  # it may name employee IDs of people pinned or kept apart
    },
    Staff: {DELETED: ("id", "program", "person", "role")},
    Cohort: {OPEN: ("id", "program", "name", "starts_on", "months", "created_at")},
    Topic: {OPEN: ("id", "name", "key")},
    Enrollment: {LINK: ("id", "cohort", "person", "role", "capacity", "created_at")},
    EnrollmentTopic: {DELETED: ("id", "enrollment", "topic", "kind", "strength")},
    Place: {LINK: ("id", "enrollment", "number")},
    TopicsImport: {
        OPEN: (
            *("id", "cohort", "state", "file_name", "is_adding", "mapping", "counts"),
            *("created_at", "expires_at"),
        ),
        LINK: ("created_by", "asked_by"),
        DRAFT: ("preview",),
    },
}
