from tests.vault.shelf.models import Letter, Reply
from upwell.core.privacy import LINK, Erasure, Handling, Kind

SEALED = Handling(Kind.SEALED, Erasure.SHRED)

PRIVACY = {
    Letter: {LINK: ("id", "writer", "pair"), SEALED: ("body", "remark", "shared")},
    Reply: {LINK: ("id", "letter"), SEALED: ("body",)},
}
