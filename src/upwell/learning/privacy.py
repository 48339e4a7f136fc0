"""What lessons and guidelines are to people."""

from upwell.core.privacy import DELETED, LINK, OPEN, Declaration
from upwell.learning.models import Completion, OwnText, Publication, Revision

PRIVACY: Declaration = {
    Publication: {OPEN: ("id", "program", "kind", "published_at"), LINK: ("published_by",)},
    OwnText: {OPEN: ("id", "program", "key", "language", "title", "text", "checks")},
    Revision: {OPEN: ("id", "program", "key", "raised")},
    Completion: {DELETED: ("id", "program", "person", "key", "version", "done_at")},
}
