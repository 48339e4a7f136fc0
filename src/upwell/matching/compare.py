"""Results of one problem beside each other."""

from collections.abc import Iterable
from dataclasses import dataclass

from upwell.matching.certificate import Counts
from upwell.matching.run import Objective
from upwell.matching.solve import Result


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
