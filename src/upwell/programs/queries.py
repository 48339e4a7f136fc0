"""What a policy means for the directory: its names of levels as rows."""

from collections.abc import Iterable

from upwell.people.models import Level
from upwell.policy import Policy
from upwell.policy.policy import same_name
from upwell.programs.models import Enrollment


def named_levels(policy: Policy, role: str) -> tuple[str, ...]:
    """The levels that the policy names for a role, as it spells them; () where any will do."""
    side = policy.mentors if role == Enrollment.Role.MENTOR else policy.mentees
    return side.levels


def level_ids(names: Iterable[str]) -> set[int]:
    """The directory's levels of these names. One query."""
    wanted = {same_name(name) for name in names}
    levels = Level.objects.values_list("pk", "name")
    return {pk for pk, name in levels if same_name(name) in wanted}


def default_capacity(policy: Policy, role: str) -> int:
    capacity = policy.capacity
    return capacity.mentor if role == Enrollment.Role.MENTOR else capacity.mentee
