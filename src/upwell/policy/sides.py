"""Who takes part: the levels of a table put in order, and the people of each side."""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass

from upwell.policy.faults import Fault, PolicyError, listed, shown
from upwell.policy.policy import Policy
from upwell.policy.values import same_name
from upwell.sheets.people import People

MENTORS = frozenset({"mentor", "both"})
MENTEES = frozenset({"mentee", "both"})


@dataclass(frozen=True)
class Sides:
    """The rows of each side, and the policy with its levels filled in."""

    policy: Policy
    mentors: tuple[int, ...]
    mentees: tuple[int, ...]
    heights: tuple[int, ...]
    guessed: tuple[str, ...]


def choose_sides(policy: Policy, people: People) -> Sides:
    """Find the two sides, each in the order of ids, so that the order of a table does not matter.

    Raises PolicyError where levels are unknown or a side is empty.
    """
    order = level_order(policy, people)
    roles = people.roles if people.roles is not None and any(people.roles) else None
    used = spelled((name for name in people.levels or () if name), order)
    resolved, guessed = choose_levels(policy, order, used, has_roles=roles is not None)
    rank = {same_name(level): height for height, level in enumerate(order)}
    names = people.levels or ("",) * len(people)
    heights = tuple(rank.get(same_name(name), -1) for name in names)
    mentors, mentees = (
        tuple(sorted(side(levels, rank, heights, roles, fitting), key=people.ids.__getitem__))
        for levels, fitting in (
            (resolved.mentors.levels, MENTORS),
            (resolved.mentees.levels, MENTEES),
        )
    )
    empty = [
        nobody(key, levels)
        for key, levels, rows in (
            ("mentors.levels", resolved.mentors.levels, mentors),
            ("mentees.levels", resolved.mentees.levels, mentees),
        )
        if not rows
    ]
    if empty:
        raise PolicyError(empty)
    return Sides(resolved, mentors, mentees, heights, guessed)


def level_order(policy: Policy, people: People) -> tuple[str, ...]:
    """Every level, lowest first, spelled as in the table; () where people have none.

    Some may be nobody's: they count as steps between the others.
    """
    used = {same_name(name): name for name in people.levels or () if name}
    if not used:
        return ()
    spelled = {same_name(name): name for name in people.level_order} | used
    order = policy.levels.order or people.level_order
    missing = sorted(used.keys() - {same_name(name) for name in order})
    if missing:
        names = [shown(used[name]) for name in missing]
        raise PolicyError([Fault("level_left_out", "levels.order", name) for name in names])
    return tuple(spelled.get(same_name(name), name) for name in order)


def choose_levels(
    policy: Policy, order: Sequence[str], used: Sequence[str], *, has_roles: bool
) -> tuple[Policy, tuple[str, ...]]:
    """The policy with every level in the table's spelling, and which sides had to be guessed.

    A guess of levels that nobody has is made again from the levels in use.
    """
    check_levels(policy, order)
    given = {same_name(name) for name in (*policy.mentors.levels, *policy.mentees.levels)}
    mentees = spelled(policy.mentees.levels, order)
    mentors = spelled(policy.mentors.levels, order)
    guessed = []
    if not mentees and not has_roles:
        guessed.append("mentees")
        mentees = guess(upper, (order, used), given)
    if not mentors and not has_roles:
        guessed.insert(0, "mentors")
        mentors = guess(lower, (order, used), {*given, *map(same_name, mentees)})
    unfilled = [side for side in guessed if not (mentors if side == "mentors" else mentees)]
    if unfilled:
        raise PolicyError([Fault("no_choice", f"{side}.levels") for side in unfilled])
    changes = {
        "levels": policy.levels.model_copy(update={"order": tuple(order)}),
        "mentors": policy.mentors.model_copy(update={"levels": mentors}),
        "mentees": policy.mentees.model_copy(update={"levels": mentees}),
    }
    return policy.model_copy(update=changes), tuple(guessed)


def upper(levels: Sequence[str]) -> Sequence[str]:
    return levels[-max(1, len(levels) // 2) :]


def lower(levels: Sequence[str]) -> Sequence[str]:
    return levels[: max(1, len(levels) // 4)]


def guess(
    end: Callable[[Sequence[str]], Sequence[str]],
    choices: tuple[Sequence[str], Sequence[str]],
    taken: Set[str],
) -> tuple[str, ...]:
    """The free levels at this end of all levels, or of those in use where nobody has the former."""
    order, used = choices
    found, others = (
        tuple(name for name in end(levels) if same_name(name) not in taken)
        for levels in (order, used)
    )
    return others if set(found).isdisjoint(used) else found


def check_levels(policy: Policy, order: Sequence[str]) -> None:
    known = {same_name(name) for name in order}
    faults = []
    for key, names in (
        ("mentors.levels", policy.mentors.levels),
        ("mentees.levels", policy.mentees.levels),
    ):
        if names and not order:
            faults.append(Fault("no_levels", key, shown(names)))
            continue
        faults += [
            Fault("unknown_level", key, shown(name), {"known": listed(order)})
            for name in names
            if same_name(name) not in known
        ]
    if faults:
        raise PolicyError(faults)


def spelled(names: Iterable[str], order: Sequence[str]) -> tuple[str, ...]:
    """The same levels as the order spells them, lowest first."""
    wanted = {same_name(name) for name in names}
    return tuple(name for name in order if same_name(name) in wanted)


def side(
    levels: Sequence[str],
    rank: dict[str, int],
    heights: Sequence[int],
    roles: Sequence[str] | None,
    fitting: frozenset[str],
) -> tuple[int, ...]:
    """The rows of one side. Levels choose where they are given, but never against a role."""
    if not levels:
        return tuple(row for row, role in enumerate(roles or ()) if role in fitting)
    wanted = {rank[same_name(level)] for level in levels}
    willing = fitting | {""}
    return tuple(
        row
        for row, height in enumerate(heights)
        if height in wanted and (roles is None or roles[row] in willing)
    )


def nobody(key: str, levels: Sequence[str]) -> Fault:
    return Fault("nobody_level", key, shown(tuple(levels))) if levels else Fault("nobody_role", key)
