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
    Answers,
    Approach,
    Assumption,
    Background,
    Channel,
    Cohort,
    Enrollment,
    EnrollmentTopic,
    Estimate,
    Expense,
    Funding,
    LeaderAnswer,
    Measure,
    MessageText,
    OpenCall,
    Opening,
    Place,
    PlannedMeeting,
    Pledge,
    Program,
    ProgramTopic,
    Reading,
    Signature,
    Sponsor,
    Staff,
    Supervision,
    Topic,
    TopicName,
    TopicsImport,
    Willing,
    WillingTopic,
)

REASON = Handling(Kind.SEALED, Erasure.SHRED)
SAID = Handling(Kind.SEALED, Erasure.SHRED, Retention.AFTER_CLOSE)
REACHED = Handling(Kind.PERSONAL, Erasure.DELETE, Retention.CLOSE)
DRAFT = Handling(Kind.PERSONAL, Erasure.BLANK, Retention.PASSING)
TOLD = Handling(Kind.SEALED, Erasure.SHRED, Retention.CLOSE)

PRIVACY: Declaration = {
    Background: {LINK: ("id", "enrollment", "person", "purpose"), TOLD: ("kept",)},
    Program: {
        OPEN: (
            *("id", "name", "initiative", "goal", "goal_kind", "functions", "mode"),
            "created_at",
        ),
        LINK: ("policy_json",),  # it may name employee IDs of people pinned or kept apart
    },
    Staff: {
        DELETED: (
            *("id", "program", "person", "role", "place", "asked_at", "accepted_at"),
            "declined_at",
        )
    },
    Measure: {
        OPEN: ("id", "program", "name", "unit", "baseline", "target", "due_on", "created_at")
    },
    MessageText: {OPEN: ("id", "program", "kind", "language", "subject", "body")},
    Reading: {OPEN: ("id", "measure", "taken_on", "value"), LINK: ("recorded_by",)},
    Sponsor: {DELETED: ("id", "program", "person", "unit", "state")},
    Approach: {
        DELETED: ("id", "sponsor", "made_on", "way", "answer", "words", "created_at", "made_by")
    },
    LeaderAnswer: {
        DELETED: (
            *("id", "program", "person", "asked_at", "answered_at", "has_changed_work"),
            *("may_be_told", "words"),
        )
    },
    Funding: {
        OPEN: ("id", "program", "amount", "currency", "approved_on", "basis"),
        LINK: ("approved_by",),
    },
    Expense: {OPEN: ("id", "funding", "spent_on", "amount", "what"), LINK: ("recorded_by",)},
    ProgramTopic: {OPEN: ("id", "program", "topic", "position")},
    PlannedMeeting: {OPEN: ("id", "program", "number", "name", "intent", "questions")},
    Cohort: {
        OPEN: (
            *("id", "program", "name", "starts_on", "months", "mentees_from", "mentors_from"),
            *("enrolls_until", "matches_on", "midpoint_on", "is_draft", "kicked_off_at"),
            *("previous", "created_at"),
        )
    },
    Supervision: {OPEN: ("id", "cohort", "held_on")},
    Opening: {
        OPEN: ("id", "cohort", "gate", "opened_at", "missing"),
        LINK: ("opened_by",),
        REASON: ("reason",),
    },
    OpenCall: {
        OPEN: (
            *("id", "program", "token", "opened_at", "closes_on", "closed_at", "takes_mentors"),
            *("takes_mentees", "how_chosen"),
        )
    },
    Willing: {
        DELETED: (
            *("id", "program", "person", "role", "when", "cohort", "lot", "said_at"),
            "taken_back_at",
        )
    },
    WillingTopic: {DELETED: ("id", "willing", "topic", "strength")},
    Assumption: {
        OPEN: (
            *("id", "program", "joins_low", "joins_usual", "joins_high"),
            *("leaves_low", "leaves_usual", "leaves_high"),
        )
    },
    Estimate: {
        OPEN: (
            *("id", "cohort", "state", "least", "most", "chance", "best", "figures"),
            "inputs",
            "made_at",
        )
    },
    Topic: {
        OPEN: (
            *("id", "public_id", "name", "key", "group", "language", "description", "questions"),
            *("activities", "reading", "shipped_as", "is_edited", "is_archived"),
        )
    },
    TopicName: {OPEN: ("id", "topic", "name", "key")},
    Enrollment: {
        LINK: (
            *("id", "cohort", "person", "role", "state", "capacity", "asked_at", "answered_at"),
            *("asks_next", "has_left", "created_at"),
        )
    },
    Answers: {
        DELETED: (
            *("id", "enrollment", "person", "shows_off_limits", "interests", "hopes", "languages"),
            *("hours_from", "hours_until", "assistant", "tells_manager", "manager_told_at"),
            "saved_at",
        ),
        SAID: ("sentence", "off_limits"),
    },
    Channel: {REACHED: ("id", "enrollment", "kind", "value")},
    Pledge: {OPEN: ("id", "program", "version", "language", "text", "created_at")},
    Signature: {LINK: ("id", "program", "person", "pledge", "signed_at")},
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
