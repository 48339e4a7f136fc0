"""The people of a file of pairs, found in the directory by ID, address or name."""

from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from upwell.people.models import Person
from upwell.policy.values import same_name

Keys = dict[str, UUID | None]
"""Whom a text means; None where it means several."""


@dataclass(frozen=True)
class Known:
    """Somebody in the directory; ``level`` is the key of theirs."""

    pk: UUID
    name: str
    level: int | None
    is_active: bool


@dataclass(frozen=True)
class Found:
    """Whom a text means, or the code of why nobody can be said to be meant."""

    person: Known | None
    why: str = ""


@dataclass(eq=False)
class Directory:
    """Everybody by what a file may call them; who has left, too, since a file can be older."""

    people: dict[UUID, Known] = field(default_factory=dict)
    ids: Keys = field(default_factory=dict)
    spelled_ids: Keys = field(default_factory=dict)
    addresses: Keys = field(default_factory=dict)
    names: Keys = field(default_factory=dict)

    @classmethod
    def read(cls) -> Self:
        """One query."""
        found = cls()
        facts = ("pk", "employee_id", "contact_email", "name", "level", "is_active")
        for pk, employee_id, email, name, level, is_active in Person.objects.order_by(
            "pk"
        ).values_list(*facts):
            found.people[pk] = Known(pk, name, level, is_active)
            add(found.ids, employee_id or "", pk)
            add(found.spelled_ids, same_name(employee_id or ""), pk)
            add(found.addresses, same_name(email), pk)
            add(found.names, same_name(name), pk)
        return found

    def find(self, text: str) -> Found:
        """By ID, then address, then name; case and spacing do not count."""
        spelled = same_name(text)
        for keys, key in (
            (self.ids, text.strip()),
            (self.spelled_ids, spelled),
            (self.addresses, spelled),
            (self.names, spelled),
        ):
            if key in keys:
                person = keys[key]
                return Found(self.people[person]) if person else Found(None, "ambiguous")
        return Found(None, "unknown")


def add(keys: Keys, key: str, person: UUID) -> None:
    if key:
        keys[key] = None if key in keys else person
