"""What the directory is to people, and what the libraries for signing in keep of them."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session

from upwell.core.privacy import (
    BLANKED,
    DELETED,
    LINK,
    OPEN,
    Declaration,
    Erasure,
    Handling,
    Kind,
    Retention,
)
from upwell.people.models import (
    Away,
    Directory,
    Invitation,
    Level,
    Office,
    OrgUnit,
    PeopleImport,
    Person,
    ReportingLine,
    Role,
    SavedMapping,
    TwoPeople,
)

DRAFT = Handling(Kind.PERSONAL, Erasure.BLANK, Retention.PASSING)
SESSION = Handling(Kind.PERSONAL, Erasure.DELETE, Retention.PASSING)

PRIVACY: Declaration = {
    Directory: {OPEN: ("id", "revision", "columns", "changed_at")},
    Level: {OPEN: ("id", "height", "name")},
    OrgUnit: {OPEN: ("id", "name", "parent", "known_as")},
    Office: {OPEN: ("id", "name", "zone", "region", "country", "subdivision")},
    Person: {
        LINK: ("id", "is_active", "left_at", "created_at", "sessions_ended"),
        BLANKED: (
            *("employee_id", "name", "title", "level", "unit", "team", "service_line", "office"),
            *("own_zone", "own_region", "hours_from", "hours_until", "languages", "own_language"),
            *("contact_email", "sign_in_email", "password", "last_login", "unwanted_mail"),
        ),
    },
    Away: {DELETED: ("id", "person", "starts_on", "ends_on", "from_file")},
    Role: {DELETED: ("id", "person", "kind")},
    ReportingLine: {DELETED: ("id", "person", "manager", "kind", "named")},
    TwoPeople: {DELETED: ("id", "one", "other")},
    Invitation: {
        DELETED: (
            *("id", "person", "address", "token_hash", "about", "invited_by", "created_at"),
            *("expires_at", "used_at"),
        )
    },
    PeopleImport: {
        OPEN: (
            *("id", "kind", "state", "file_name", "mapping", "counts", "read_as", "last_time"),
            *("leaving_confirmed", "created_at", "expires_at"),
        ),
        LINK: ("created_by", "asked_by"),
        DRAFT: ("preview", "repairs"),
    },
    SavedMapping: {
        OPEN: ("id", "name", "key", "text", "headers", "kind", "saved_at"),
        LINK: ("saved_by",),
    },
    EmailAddress: {DELETED: ("id", "user", "email", "verified", "primary")},
    EmailConfirmation: {DELETED: ("id", "email_address", "created", "sent", "key")},
    Authenticator: {DELETED: ("id", "user", "type", "data", "created_at", "last_used_at")},
    Session: {SESSION: ("session_key", "session_data", "expire_date")},
    Permission: {OPEN: ("id", "name", "content_type", "codename")},
    Group: {OPEN: ("id", "name", "permissions")},
    ContentType: {OPEN: ("id", "app_label", "model")},
}
