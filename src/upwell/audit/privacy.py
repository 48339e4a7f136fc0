"""What the audit log is to people: opaque references, and no content."""

from upwell.audit.models import AuditEntry
from upwell.core.privacy import LINK, OPEN, Declaration

PRIVACY: Declaration = {
    AuditEntry: {
        OPEN: ("id", "at", "event", "object_kind", "facts", "sequence", "mac"),
        LINK: ("by", "object_id"),
    }
}
