"""Topics wanted against offered, and what one more mentor with each of them would be worth."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from upwell.matching.criteria import MATRIX_FORBIDDEN, Ints
from upwell.matching.problem import Problem
from upwell.matching.recruiting import Recruiting, Worth
from upwell.matching.scoring import Scorer
from upwell.matching.solve import Result, solve
from upwell.policy.compile import Compiled
from upwell.policy.preferences import POINTS, STRONGEST, strengths
from upwell.policy.values import same_name
from upwell.sheets.people import Topic

MOST_TWINS = 64
OF_NOBODY_NEW = frozenset({"topics", "ranking", "former", "keep_apart", "block", "self", "one_way"})
"""Criteria and exclusions that a mentor brings along by name or topic, and a twin does not."""

Strengths = Mapping[int, int]
"""How strongly somebody wants or offers a topic, by index in the problem."""

Of = dict[str, dict[int, int]]
"""The strengths of each topic, by the form of its name."""


@dataclass(frozen=True)
class TopicSupply:
    """How much of a topic there is, and how much is asked for.

    Parts
    -----
    name : as most people spell it.
    wanted, offered : how many mentees want it, how many mentors offer it.
    wanted_strength, offered_strength : the same, each person counted by their strength, 1 to 3.
    seats : how many counterparts those who offer it take in all.
    wanted_by_level, wanted_by_region, offered_by_region : how many people; "" where unknown, and
        nothing where the table has no such column.
    met : how many of those who want it have a mentor who offers it.
    worth : what one more mentor who offers this topic alone would change.
    """

    name: str
    wanted: int
    wanted_strength: int
    offered: int
    offered_strength: int
    seats: int
    wanted_by_level: Mapping[str, int]
    wanted_by_region: Mapping[str, int]
    offered_by_region: Mapping[str, int]
    met: int
    worth: Worth

    @property
    def short(self) -> int:
        """How many seats are missing for everybody who wants it."""
        return max(0, self.wanted - self.seats)

    @property
    def order(self) -> tuple[Any, ...]:
        """The worthiest first, then what is shortest, then by name."""
        worth = self.worth
        gains = (worth.mentees, worth.mentors, worth.pairs, worth.points, self.short, self.wanted)
        return (*(-gain for gain in gains), self.name)


def supply_and_demand(
    compiled: Compiled, result: Result, most: int | None = None
) -> tuple[TopicSupply, ...]:
    """Every topic that anybody wants or offers, the one most worth recruiting for first.

    What one more mentor would be worth is counted in people, and then in the best total, whatever
    the objective. The new mentor is a typical one: up to 64 mentors, evenly spaced in the order of
    ids, each get a twin with one seat, who has all that rules and preferences ask of them, but
    offers this topic alone, very much, whom nobody has ranked and who has no history with anybody.
    Half of these twins or more are worth at least what is told.

    Parameters
    ----------
    result : of any objective, proven.
    most : how many topics to return; None for all.

    Raises ValueError for a result that is not proven.
    """
    if not result.is_optimal:
        raise ValueError("only what is proven the best says what one more mentor is worth")
    problem = compiled.problem
    wishes = by_topic(compiled.people.wanted, compiled.mentee_rows)
    offers = by_topic(compiled.people.offered, compiled.mentor_rows)
    best = result if result.objective == "total" else solve(problem)
    recruiting, plain = Recruiting.of(problem, best), twins(problem)
    points, names = wish_points(compiled, wishes), spellings(compiled)
    met = Counter(topics_met(result.pairs, wishes, offers))
    found = []
    for topic in sorted({*wishes, *offers}):
        wish, offer = wishes.get(topic, {}), offers.get(topic, {})
        worths = recruiting.worths(with_topic(plain, wish, points[topic]))
        counts = tally(compiled, wish, offer)
        found.append(
            TopicSupply(name=names[topic], met=met[topic], worth=typical(worths), **counts)
        )
    return tuple(sorted(found, key=lambda supply: supply.order)[:most])


def tally(compiled: Compiled, wish: Strengths, offer: Strengths) -> dict[str, Any]:
    """How many want and offer a topic, how strongly, and where they are."""
    people = compiled.people
    return {
        "wanted": len(wish),
        "wanted_strength": sum(wish.values()),
        "offered": len(offer),
        "offered_strength": sum(offer.values()),
        "seats": int(compiled.problem.mentor_capacity[list(offer)].sum()),
        "wanted_by_level": counted(people.levels, compiled.mentee_rows, wish),
        "wanted_by_region": counted(people.regions, compiled.mentee_rows, wish),
        "offered_by_region": counted(people.regions, compiled.mentor_rows, offer),
    }


def by_topic(column: Sequence[Sequence[Topic]] | None, rows: Sequence[int]) -> Of:
    found: Of = defaultdict(dict)
    for index, person in enumerate(strengths(column, rows)):
        for topic, strength in person.items():
            found[topic][index] = strength
    return dict(found)


def spellings(compiled: Compiled) -> dict[str, str]:
    """Of each topic, the spelling that most people have; the first by alphabet among equals."""
    people = compiled.people
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for column, rows in (
        (people.wanted, compiled.mentee_rows),
        (people.offered, compiled.mentor_rows),
    ):
        for row in rows if column is not None else ():
            for topic in column[row] if column is not None else ():
                counts[same_name(topic.name)][topic.name] += 1
    return {
        topic: min(names, key=lambda name: (-names[name], name)) for topic, names in counts.items()
    }


def counted(
    column: Sequence[str] | None, rows: Sequence[int], who: Iterable[int]
) -> dict[str, int]:
    """How many of these people have each value, the most frequent first."""
    if column is None:
        return {}
    counts = Counter(column[rows[index]] for index in who)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def topics_met(pairs: Ints, wishes: Of, offers: Of) -> Iterable[str]:
    """Each topic, once for every mentee who wants it and has a mentor who offers it."""
    mentors_of: dict[int, list[int]] = defaultdict(list)
    for mentor, mentee in pairs.tolist():
        mentors_of[mentee].append(mentor)
    for topic in wishes.keys() & offers.keys():
        offer = offers[topic]
        for mentee in wishes[topic]:
            if any(mentor in offer for mentor in mentors_of[mentee]):
                yield topic


def wish_points(compiled: Compiled, wishes: Of) -> defaultdict[str, Ints]:
    """What a mentor who offers a topic very much would have by it with each who wants it."""
    most = POINTS * compiled.policy.preferences.topics
    sums = np.zeros(len(compiled.mentee_rows), np.int64)
    for wish in wishes.values():
        sums[list(wish)] += list(wish.values())
    found: defaultdict[str, Ints] = defaultdict(lambda: np.zeros(0, np.int64))
    for topic, wish in wishes.items():
        strength = np.array(list(wish.values()), np.int64)
        found[topic] = STRONGEST * (most * strength // (STRONGEST * sums[list(wish)]))
    return found


def twins(problem: Problem) -> Ints:
    """The scores of typical new mentors with every mentee, without any topic.

    Shape (up to 64, mentees); MATRIX_FORBIDDEN where not allowed.
    """
    n, m = len(problem.mentors), len(problem.mentees)
    plain = Problem(
        problem.mentors,
        problem.mentees,
        [criterion for criterion in problem.criteria if criterion.code not in OF_NOBODY_NEW],
        exclusions=[rule for rule in problem.exclusions if rule.code not in OF_NOBODY_NEW],
    )
    rows = np.unique(np.linspace(0, n - 1, min(n, MOST_TWINS)).astype(np.int64))
    scorer = Scorer.of(plain).take(rows, np.arange(m))
    scores = np.full((len(rows), m), MATRIX_FORBIDDEN)
    for at, block in scorer.blocks():
        scores[at] = np.where(block > scorer.lowest, block, MATRIX_FORBIDDEN)
    return scores


def with_topic(scores: Ints, wish: Strengths, points: Ints) -> Ints:
    """The same scores with what a topic adds for those who want it."""
    columns = list(wish)
    result = scores.copy()
    result[:, columns] += np.where(scores[:, columns] > MATRIX_FORBIDDEN, points, 0)
    return result


def typical(worths: Sequence[Worth]) -> Worth:
    """The median, the lower of two."""
    return sorted(worths)[(len(worths) - 1) // 2]
