"""What the key store is to people."""

from upwell.core.privacy import LINK, OPEN, Declaration, Erasure, Handling, Kind
from upwell.vault.models import DataKey, MasterKey

KEY = Handling(Kind.PERSONAL, Erasure.BLANK)

PRIVACY: Declaration = {
    MasterKey: {OPEN: ("name", "fingerprint", "confirmed_at")},
    DataKey: {
        OPEN: ("id", "scope_kind", "master", "created_at", "shredded_at"),
        LINK: ("scope_id",),
        KEY: ("wrapped",),
    },
}
