"""Whose texts share a data key, and are erased together."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    PAIR = "pair"
    PERSON = "person"
    CONCERN = "concern"
    ROUND = "round"
    PROGRAM = "program"
    INSTALLATION = "installation"


@dataclass(frozen=True)
class Scope:
    """``Scope("person", person.pk)``. The names are part of each ciphertext: never rename one."""

    kind: str
    id: UUID

    def __post_init__(self) -> None:
        if self.kind not in list(Kind):
            raise ValueError(f"There is no scope {self.kind!r}.")
        if not isinstance(self.id, UUID):
            raise TypeError(f"A scope {self.kind} is named by a UUID.")


INSTALLATION = Scope(Kind.INSTALLATION, UUID(int=0))
"""For what belongs to the software itself, such as the secrets of authenticators."""
