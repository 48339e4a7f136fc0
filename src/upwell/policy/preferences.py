"""Preferences as criteria: points for what makes one allowed pair better than another."""

from collections.abc import Callable, Sequence

import numpy as np

from upwell.matching.criteria import SOFT_LIMIT, Affinity, Criterion
from upwell.policy.classes import common, equality, grid
from upwell.policy.faults import Fault, PolicyError
from upwell.policy.participants import Participants
from upwell.policy.ranking import listed, rankings
from upwell.policy.values import same_name
from upwell.sheets.people import Topic

POINTS = 10
"""Points of a preference that is wholly met, for each unit of its weight."""

MOST_UNITS = 1_000
"""More units than this, each on both sides, would need too large a table."""

STRONGEST = 3
FULL_DAY = 8 * 60
STEP = 30


def apply_preferences(who: Participants) -> tuple[list[Criterion], list[str]]:
    """The criteria of the preferences that can be used, and the codes of those that cannot.

    One cannot be used where the table does not tell, or a rule has settled it for every pair.
    """
    criteria: list[Criterion] = []
    not_used: list[str] = []
    for code, build in PREFERENCES.items():
        weight = getattr(who.policy.preferences, code)
        criterion = build(who, POINTS * weight) if weight else None
        if criterion is not None:
            criteria.append(criterion)
        elif weight:
            not_used.append(code)
    return criteria, not_used


def topics(who: Participants, most: int) -> Criterion | None:
    """The share of what the mentee wants, by strength, that the mentor offers, by strength."""
    offers = strengths(who.people.offered, who.sides.mentors)
    wishes = strengths(who.people.wanted, who.sides.mentees)
    shared = {name for offer in offers for name in offer}
    shared &= {name for wish in wishes for name in wish}
    if not shared:
        return None
    check_number(len(shared), who)
    column = {name: place for place, name in enumerate(sorted(shared))}
    mentors = np.zeros((len(offers), len(column)), np.int64)
    for row, offer in enumerate(offers):
        for name in offer.keys() & shared:
            mentors[row, column[name]] = offer[name]
    mentees = np.zeros((len(wishes), len(column)), np.int64)
    for row, wish in enumerate(wishes):
        whole = STRONGEST * sum(wish.values())
        for name in wish.keys() & shared:
            mentees[row, column[name]] = most * wish[name] // whole
    return Affinity("topics", mentors, mentees)


def strengths(
    column: Sequence[Sequence[Topic]] | None, rows: Sequence[int]
) -> list[dict[str, int]]:
    """Each person's topics with their strengths; of a topic named twice, the greater."""
    found = []
    for row in rows if column is not None else ():
        person: dict[str, int] = {}
        for topic in column[row] if column is not None else ():
            name = same_name(topic.name)
            person[name] = max(topic.strength, person.get(name, 0))
        found.append(person)
    return found


def check_number(count: int, who: Participants) -> None:
    """Refuse more topics than can be added up exactly."""
    weights = who.policy.preferences
    others = weights.hours + weights.stage + weights.unit + weights.region + weights.ranking
    others += weights.background
    limit = (SOFT_LIMIT - 1 - POINTS * others) // (POINTS * weights.topics)
    if count > limit:
        params = {"count": count, "limit": limit}
        value = str(weights.topics)
        raise PolicyError([Fault("too_many_topics", "preferences.topics", value, params)])


def hours(who: Participants, most: int) -> Criterion | None:
    """Working hours in common, in steps of half an hour up to a full day."""
    mentors, mentees = who.working_times
    if not mentors.values or not mentees.values:
        return None
    steps = np.minimum(who.shared_minutes, FULL_DAY) // STEP
    return grid(mentors, mentees, most * steps // (FULL_DAY // STEP)).table(
        "hours", is_private=False
    )


def stage(who: Participants, most: int) -> Criterion | None:
    """The difference in level as a part of the largest there is."""
    mentors, mentees = who.heights
    if not mentors.values or not mentees.values:
        return None
    largest = max(mentees.values) - min(mentors.values)
    if largest <= 0:
        return None
    low, high = (np.array(side.values, np.int64) for side in (mentors, mentees))
    steps = np.maximum(high - low[:, None], 0)
    return grid(mentors, mentees, most * steps // largest).table("stage", is_private=True)


def unit(who: Participants, most: int) -> Criterion | None:
    if who.policy.rules.unit == "different" or not all(side.values for side in who.units):
        return None
    if len(common(*who.units)[0]) > MOST_UNITS:
        return None
    return equality(*who.units, same=0, different=most).table("unit", is_private=True)


def region(who: Participants, most: int) -> Criterion | None:
    if who.policy.rules.region != "any" or not all(side.values for side in who.regions):
        return None
    is_across = who.policy.preferences.preferred_region == "across"
    same, different = (0, most) if is_across else (most, 0)
    return equality(*who.regions, same=same, different=different).table("region", is_private=True)


def ranking(who: Participants, most: int) -> Criterion | None:
    """Whom the two sides ranked, half of the points for each side's choice."""
    return listed("ranking", rankings(who), most)


PREFERENCES: dict[str, Callable[[Participants, int], Criterion | None]] = {
    "topics": topics,
    "hours": hours,
    "stage": stage,
    "unit": unit,
    "region": region,
    "ranking": ranking,
}
