"""People who may stand in the directory twice."""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from uuid import UUID

from upwell.people.models import Person, TwoPeople

FIELDS = (
    *("pk", "name", "contact_email", "sign_in_email", "office", "unit", "is_active"),
    *("left_at", "created_at", "employee_id"),
)
LARGEST = 6
"""More people with one address or name than this share it on purpose, or by chance."""


@dataclass(frozen=True)
class Likeness:
    """Two who may be one, the older row first; ``why`` is address, returned, office or unit.

    ``is_dismissed`` once somebody has said that they are two people.
    """

    one: UUID
    other: UUID
    why: str
    is_dismissed: bool = False


def find_likenesses() -> list[Likeness]:
    """Pairs of likely duplicates, the likeliest first. One query over everybody, and one."""
    people = list(Person.objects.order_by("created_at", "pk").values(*FIELDS))
    two = set(TwoPeople.objects.values_list("one", "other"))
    found: dict[tuple[UUID, UUID], Likeness] = {}
    for why in ("address", "returned", "office", "unit"):
        for one, other in alike(people, why):
            pair = (one["pk"], other["pk"])
            is_dismissed = (min(pair), max(pair)) in two
            found.setdefault(pair, Likeness(*pair, why, is_dismissed))
    return list(found.values())


def alike(people: list[dict[str, Any]], why: str) -> Iterator[tuple[dict[str, Any], ...]]:
    groups: dict[Hashable, list[dict[str, Any]]] = defaultdict(list)
    for person in people:
        for key in keys_of(person, why):
            groups[key].append(person)
    for group in groups.values():
        if 1 < len(group) <= LARGEST:
            yield from (pair for pair in combinations(group, 2) if fits(*pair, why=why))


def keys_of(person: dict[str, Any], why: str) -> set[Hashable]:
    """What somebody has to have in common with another for this reason; nothing where unknown."""
    name = " ".join(person["name"].split()).casefold()
    if why == "address":
        addresses = (person["contact_email"], person["sign_in_email"] or "")
        return {address.strip().casefold() for address in addresses} - {""}
    if why == "returned":
        return {name}
    return {(name, person[why])} if person[why] else set()


def fits(one: dict[str, Any], other: dict[str, Any], *, why: str) -> bool:
    """A leaver and somebody new of their name; else two who are here, or have one address.

    Whom an HR system counts as two, with an ID each, is not one for a name and a big office alone.
    """
    if why == "returned":
        left, here = (one, other) if other["is_active"] else (other, one)
        is_later = left["left_at"] is None or here["created_at"] >= left["left_at"]
        return bool(here["is_active"] and not left["is_active"] and is_later)
    if why == "office" and one["employee_id"] and other["employee_id"]:
        return False
    return why == "address" or (one["is_active"] and other["is_active"])
