"""Results of one problem beside each other."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from upwell.matching.certificate import Counts
from upwell.matching.run import Objective
from upwell.matching.solve import Result

P = TypeVar("P", bound=Hashable)


@dataclass(frozen=True)
class Compared:
    """What one objective comes to.

    ``value`` and ``floor`` are in points, ``floor`` is None without a pair. ``is_proven`` tells
    that the run was not stopped early.
    """

    objective: Objective
    counts: Counts
    value: int
    floor: int | None
    blocking_pairs: int
    is_proven: bool


def compare(results: Iterable[Result]) -> tuple[Compared, ...]:
    """The figures by which results of the same problem differ, in their order."""
    return tuple(
        Compared(
            objective=result.objective,
            counts=result.counts,
            value=result.value,
            floor=result.floor,
            blocking_pairs=result.survey.blocking_pairs,
            is_proven=result.is_optimal,
        )
        for result in results
    )


def counterparts(pairs: Iterable[tuple[P, P]]) -> dict[P, frozenset[P]]:
    """Whom each person has, either side; whoever has nobody is not there.

    Nobody may be a mentor and a mentee in one.
    """
    found: defaultdict[P, set[P]] = defaultdict(set)
    for mentor, mentee in pairs:
        found[mentor].add(mentee)
        found[mentee].add(mentor)
    return {person: frozenset(others) for person, others in found.items()}


def movers(first: Iterable[tuple[P, P]], other: Iterable[tuple[P, P]]) -> set[P]:
    """Who has other counterparts in the other result than in the first, nobody included.

    Examples
    --------
    >>> sorted(movers([("a", "x"), ("b", "y")], [("a", "x"), ("c", "y")]))
    ['b', 'c', 'y']
    """
    before, after = counterparts(first), counterparts(other)
    return {who for who in before.keys() | after.keys() if before.get(who) != after.get(who)}
