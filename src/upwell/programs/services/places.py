"""Places: one row for each counterpart that somebody takes at most."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.models import ProtectedError, QuerySet

from upwell.policy import Policy
from upwell.programs.models import Enrollment, Place
from upwell.programs.queries import default_capacity

CHUNK = 5_000
Places = dict[UUID, dict[int, int]]
"""Of each enrollment, the key of each numbered place."""


def keep_places(enrollments: QuerySet[Enrollment], policy: Policy) -> None:
    """Give every enrollment as many places as its capacity says, else the policy.

    A place that a pair holds stays, even where that makes more than the capacity.
    """
    wanted = {
        pk: default_capacity(policy, role) if capacity is None else capacity
        for pk, role, capacity in enrollments.values_list("pk", "role", "capacity")
    }
    there = places_of(list(wanted))
    add_missing(there, wanted)
    drop_surplus(there, wanted)


def places_of(enrollments: Sequence[UUID]) -> Places:
    """By their keys: of a query in a query PostgreSQL makes the worst right after a bulk insert."""
    found: Places = defaultdict(dict)
    for start in range(0, len(enrollments), CHUNK):
        rows = Place.objects.filter(enrollment__in=enrollments[start : start + CHUNK])
        for pk, number, of in rows.values_list("pk", "number", "enrollment"):
            found[of][number] = pk
    return found


def add_missing(there: Places, wanted: dict[UUID, int]) -> None:
    missing = [
        Place(enrollment_id=pk, number=number)
        for pk, count in wanted.items()
        for number in free_numbers(there.get(pk, {}), count)
    ]
    Place.objects.bulk_create(missing, batch_size=CHUNK, ignore_conflicts=True)


def free_numbers(taken: dict[int, int], count: int) -> list[int]:
    """The lowest numbers that bring the places up to ``count``."""
    free = (number for number in range(1, count + len(taken) + 1) if number not in taken)
    return [next(free) for _ in range(count - len(taken))]


def drop_surplus(there: Places, wanted: dict[UUID, int]) -> None:
    """Delete free places, the highest numbers first."""
    held: set[int] = set()
    while doomed := [
        pk for of, places in there.items() for pk in droppable(places, wanted.get(of, 0), held)
    ]:
        try:
            Place.objects.filter(pk__in=doomed[:CHUNK]).delete()
        except ProtectedError as error:
            # The rows that hold places belong to a higher room.
            held |= {member.place_id for member in error.protected_objects}  # type: ignore[attr-defined]
            continue
        gone = set(doomed[:CHUNK])
        for places in there.values():
            for number in [number for number, pk in places.items() if pk in gone]:
                del places[number]


def droppable(places: dict[int, int], wanted: int, held: set[int]) -> list[int]:
    free = [places[number] for number in sorted(places, reverse=True) if places[number] not in held]
    return free[: max(0, len(places) - wanted)]
