"""The highest floor: how good the worst pair can be without losing a pair, with its proof."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from upwell.matching.candidates import Candidates, near_pairs
from upwell.matching.certificate import FLOW_ROOM, MOST_STEPS, ROOM, Count
from upwell.matching.cover import Cover, cover_of, cover_size, uncovered
from upwell.matching.criteria import Ints
from upwell.matching.flow import best_flow, most_pairs
from upwell.matching.pricing import SMALL
from upwell.matching.scoring import Scorer, Steps
from upwell.matching.seats import Seats

Most = Mapping[Count, int]


@dataclass(frozen=True, eq=False)
class Floor:
    """A score that as many pairs as possible can all reach, and why none is higher.

    ``count`` is what is lost above it. ``cover`` (rows, columns) touches all allowed pairs above it
    but those few that are counted; ``above`` is the most of that count that it leaves room for.
    ``passes`` were made over all pairs.
    """

    value: int
    candidates: Candidates
    count: Count
    cover: Cover
    above: int
    passes: int


def highest_floor(scorer: Scorer, candidates: Candidates, seats: Seats, most: Most) -> Floor:
    """Raise the floor while the most of every count still reaches it.

    The floor is found among the candidates by bisection; one pass over the pairs above it then
    proves it, or finds candidates that raise it further.
    """
    before, (n, m) = candidates, scorer.shape
    if n * m > SMALL:
        nearest = near_pairs(scorer, np.zeros(n, np.int64), np.zeros(m, np.int64))
        candidates = candidates.with_keys(scorer, nearest)
    value = reached(candidates, seats, most)
    passes = 0
    while True:
        raised = scorer.above(value + 1)
        few = better(candidates, value + 1)
        count = missed(few, seats, most)
        if count is None:
            value = reached(candidates, seats, most, least=value + 1)
            continue
        both = seats.counted()[count]
        chosen = most_pairs(few, both)
        cover = cover_of(few, chosen, both)
        passes += 1
        keys = uncovered(raised, few, *cover)
        if not len(keys):
            kept = before.with_keys(scorer, reaching(better(candidates, value), seats))
            return Floor(value, kept, count, cover, cover_size(few, chosen, both, cover), passes)
        candidates = candidates.with_keys(scorer, keys)


def missed(candidates: Candidates, seats: Seats, most: Most) -> Count | None:
    """The first count of which the candidates do not reach the most; None where they reach all."""
    for count, both in seats.counted().items():
        if np.count_nonzero(most_pairs(candidates, both)) < most[count]:
            return count
    return None


def reaching(candidates: Candidates, seats: Seats) -> Ints:
    """The keys of candidates that suffice for the most of every count."""
    found = [candidates.keys[most_pairs(candidates, both)] for both in seats.counted().values()]
    return np.concatenate(found)


def reached(candidates: Candidates, seats: Seats, most: Most, least: int | None = None) -> int:
    """The highest score such that the candidates at or above it reach the most of every count.

    At ``least``, where given, they are known to.
    """
    steps = np.unique(candidates.scores)
    if least is not None:
        steps = np.unique(np.append(steps[steps > least], least))
    low, high = 0, len(steps) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if missed(better(candidates, int(steps[middle])), seats, most) is None:
            low = middle
        else:
            high = middle - 1
    return int(steps[low])


def better(candidates: Candidates, least: int) -> Candidates:
    """The candidates that score at least this much."""
    kept = candidates.scores >= least
    return Candidates(
        candidates.rows[kept], candidates.columns[kept], candidates.scores[kept], candidates.m
    )


def levels(candidates: Candidates, seats: Seats, floor: int, *, count: int, most: int) -> list[int]:
    """The lowest scores of the assignment whose lowest scores are as good as can be, ascending.

    Among the candidates, which all keep the floor: as few pairs as possible have the first of these
    scores, then as few as possible the second, and so on; at most as many as make ``most`` steps.
    ``count`` pairs can be made.
    """
    found = [floor]
    while len(base := thresholds(found)) < most:
        counts = fewest(candidates, seats, base, count)
        steps = np.unique(candidates.scores[candidates.scores > found[-1]])
        if not counts[-1] or not len(steps):
            break
        low, high = 0, len(steps) - 1
        while low < high:
            middle = (low + high + 1) // 2
            below = int(steps[middle]) - 1
            none_between = fewest(candidates, seats, [*base, below], count)
            if none_between == [*counts, counts[-1]]:
                low = middle
            else:
                high = middle - 1
        found.append(int(steps[low]))
    return found


def thresholds(scores: list[int]) -> list[int]:
    """What pairs are counted above, the first before the second, for these lowest scores.

    As few pairs as possible at the first score, none between it and the second, and so on.
    """
    found = scores[:1]
    for score in scores[1:]:
        found += [score] if score - 1 == found[-1] else [score - 1, score]
    return found


def fewest(candidates: Candidates, seats: Seats, scores: list[int], count: int) -> list[int]:
    """How many of ``count`` pairs can be above each of the scores, the first before the second."""
    ranked = np.zeros(len(candidates), np.int64)
    for score in scores:
        ranked = ranked * (count + 1) + (candidates.scores > score)
    chosen = best_flow(replace(candidates, scores=ranked), seats)
    made = candidates.scores[chosen]
    return [int(np.count_nonzero(made > score)) for score in scores]


def room(count: int, reach: int, people: int) -> int:
    """For how many steps exact numbers have room, in prices and in a flow between ``people``."""
    kept = 0
    while kept < MOST_STEPS:
        steps = bonuses([0] * (kept + 1), count, reach)
        highest = reach + sum(bonus for _score, bonus in steps)
        if not steps or highest * people >= FLOW_ROOM:
            break
        kept += 1
    return kept


def bonuses(scores: list[int], count: int, reach: int) -> Steps:
    """A step for each of the scores, the lowest worth more than all that comes after it.

    ``reach`` is the most by which two allowed scores differ; no sum over ``count`` pairs of scores
    and of later bonuses outweighs one earlier bonus. None at all where exact numbers have no room.
    """
    found: list[tuple[int, int]] = []
    later = reach
    for score in reversed(scores):
        bonus = count * later + 1
        found.append((score, bonus))
        later += bonus
    return tuple(reversed(found)) if later * (count + 1) < ROOM else ()
