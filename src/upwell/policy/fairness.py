"""Whether the people of some level, region or unit fare worse than others in a run."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from upwell.matching.criteria import Ints
from upwell.matching.problem import Problem
from upwell.matching.scoring import Scorer
from upwell.policy.blocks import Block, Part, blocks_of
from upwell.policy.compile import Compiled, full_score

Breakdown = Literal["level", "region", "unit"]
Side = Literal["mentors", "mentees"]
COLUMNS: dict[Breakdown, str] = {"level": "levels", "region": "regions", "unit": "units"}
ALMOST = 90
"""What holds of everybody is told as at least so many percent, of nobody as at most the rest."""


@dataclass(frozen=True)
class Share:
    """So many percent, rounded; ``bound`` where it is told as a bound, since it holds of all."""

    percent: int
    bound: Literal["", "at least", "at most"] = ""

    @classmethod
    def of(cls, part: float, whole: float) -> "Share":
        if part <= 0:
            return cls(100 - ALMOST, "at most")
        if part >= whole:
            return cls(ALMOST, "at least")
        return cls(round(100 * part / whole))


@dataclass(frozen=True)
class Standing:
    """How the people of one block fare: ``placed`` have a counterpart, and ``fit`` says how well.

    ``fit`` is what their pairs reach of what topics and hours can bring, None where those count for
    nothing. ``labels`` are the values of the breakdown, "" where it is not known.
    """

    labels: tuple[str, ...]
    people: int
    placed: Share
    fit: Share | None


def standings(
    compiled: Compiled, pairs: Ints, breakdown: Breakdown, side: Side
) -> tuple[Standing, ...]:
    """Block by block, the levels in their order and everything else by name.

    Over the open criteria alone: what nobody is told of singly is in no figure. Each block has at
    least as many people and pairs as the policy's threshold says. Empty where nothing may be shown,
    there is one block alone, or the table does not have the column.

    Parameters
    ----------
    pairs : int64, shape (k, 2), mentor and mentee by index in the problem.
    """
    column = getattr(compiled.people, COLUMNS[breakdown])
    if column is None:
        return ()
    rows = compiled.mentor_rows if side == "mentors" else compiled.mentee_rows
    labels = [column[row] for row in rows]
    own = pairs[:, 0 if side == "mentors" else 1]
    blocks = blocks_of(
        parts_of(labels, own, compiled.people.level_order if breakdown == "level" else ()),
        compiled.policy.privacy.threshold,
        is_ordered=breakdown == "level",
    )
    if len(blocks) < 2:
        return ()
    points, most = open_points(compiled, pairs)
    return tuple(standing(block, labels, own, points, most) for block in blocks)


def parts_of(labels: Sequence[str], own: Ints, order: Sequence[str]) -> list[Part]:
    """By the order where there is one, else by name; those who are not known come last."""
    people, pairs = Counter(labels), Counter(labels[at] for at in own.tolist())
    known = [label for label in order if label in people] or sorted(set(people) - {""})
    return [Part(label, people[label], pairs[label]) for label in [*known, ""] if label in people]


def open_points(compiled: Compiled, pairs: Ints) -> tuple[Ints, int]:
    """What each pair earns by open criteria, and the most that one can."""
    problem = compiled.problem
    criteria = [one for one in problem.criteria if not one.is_private]
    used = [
        one.code for one in criteria if one.code in type(compiled.policy.preferences).model_fields
    ]
    if not used or not len(pairs):
        return np.zeros(len(pairs), np.int64), 0
    scorer = Scorer.of(Problem(problem.mentors, problem.mentees, criteria))
    return scorer.scores_at(pairs[:, 0], pairs[:, 1]), full_score(compiled.policy, used)


def standing(block: Block, labels: Sequence[str], own: Ints, points: Ints, most: int) -> Standing:
    held = set(block.labels)
    here = np.array([label in held for label in labels])
    placed = len(set(own[here[own]].tolist()))
    its = points[here[own]]
    return Standing(
        block.labels,
        block.people,
        Share.of(placed, block.people),
        Share.of(float(its.sum()), most * len(its)) if most else None,
    )
