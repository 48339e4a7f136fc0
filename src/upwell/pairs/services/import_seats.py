"""Who can still take a place in a cohort, while the rows of a file take one after the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from upwell.pairs.queries import held_places
from upwell.pairs.services.import_people import Known
from upwell.policy import Policy
from upwell.programs.models import Cohort, Enrollment
from upwell.programs.queries import default_capacity, level_ids, named_levels

Role = Enrollment.Role


@dataclass(eq=False)
class Seats:
    """``roles`` are of those who take part or will, ``free`` what they have left.

    ``levels`` are those that the policy names for a role, None for any; ``out`` have said no.
    """

    roles: dict[UUID, str]
    free: dict[UUID, int]
    defaults: Mapping[str, int]
    levels: Mapping[str, set[int] | None]
    out: frozenset[UUID]

    @classmethod
    def of(cls, cohort: Cohort, policy: Policy) -> Self:
        """Four queries."""
        held = held_places(cohort)
        defaults = {str(role): default_capacity(policy, role) for role in Role}
        rows = list(cohort.enrollments.order_by("pk"))
        most = {
            one.person_id: defaults[one.role] if one.capacity is None else one.capacity
            for one in rows
        }
        return cls(
            roles={one.person_id: one.role for one in rows},
            free={one.person_id: most[one.person_id] - held[one.pk] for one in rows},
            defaults=defaults,
            levels={
                str(role): level_ids(names) if (names := named_levels(policy, role)) else None
                for role in Role
            },
            out=frozenset(one.person_id for one in rows if one.state == Enrollment.State.OUT),
        )

    def why_not(self, person: Known, role: str) -> str:
        """The code of why somebody cannot take a place in this role; "" where they can."""
        if person.pk in self.out:
            return "out"
        if self.roles.get(person.pk, role) != role:
            return "role"
        levels = self.levels[role]
        if person.pk not in self.roles and levels is not None and person.level not in levels:
            return "level"
        return "" if self.free.get(person.pk, self.defaults[role]) > 0 else "place"

    def take(self, person: Known, role: str) -> None:
        self.roles.setdefault(person.pk, role)
        self.free[person.pk] = self.free.get(person.pk, self.defaults[role]) - 1
