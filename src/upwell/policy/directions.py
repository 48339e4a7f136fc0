"""Which of two people may mentor the other, where both could: a pair is made one way only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from upwell.matching.criteria import FORBIDDEN, Affinity, Exclusion, Ints, Table
from upwell.policy.participants import Participants
from upwell.policy.preferences import POINTS, topics

ONE_WAY = "one_way"
MOST_COUPLES = 2_000_000
"""Up to this many couples are compared by topics; of more, ids alone decide."""

PARTS = 63
"""Into about so many parts many people are cut: a table between them, lists within."""


def one_way(
    who: Participants, lists: Sequence[Exclusion] = ()
) -> tuple[list[Table], list[Exclusion]]:
    """What keeps two people who are on both sides from mentoring each other.

    The mentor is whoever a pin says, or a pair that stood; then whoever alone can be, by the seats
    that pins leave and the pairs that ``lists`` exclude; then whoever has the lower level; then
    whoever offers more of what the other wants; then, all ids standing in a ring, whoever has fewer
    steps ahead to the other. Levels that differ are left to the level gap. Of more than
    MOST_COUPLES wishes do not count: the ring goes by parts of one level, and within a part by the
    earlier id. Memory O(couples), or O(people²/PARTS).
    """
    peers = peers_of(who)
    if who.policy.rules.level_gap and np.all(peers.levels >= 0):
        return [], []
    ways = settled_ways(who, peers, lists)
    count = len(peers.levels)
    if count * (count - 1) // 2 > MOST_COUPLES:
        return by_parts(who, peers, ways)
    return [], peers.listed(*np.nonzero(losing_ways(who, peers, ways)))


@dataclass(frozen=True, eq=False)
class Peers:
    """The people on both sides: their indices in these, levels, and seats that pins leave."""

    ends: tuple[Ints, Ints]
    levels: Ints
    can_mentor: NDArray[np.bool_]
    can_learn: NDArray[np.bool_]

    def listed(self, mentors: Ints, mentees: Ints) -> list[Exclusion]:
        pairs = np.column_stack([self.ends[0][mentors], self.ends[1][mentees]])
        return [Exclusion(ONE_WAY, pairs, is_private=True)] if len(pairs) else []

    def could_swap(self, one: Ints, other: Ints, gap: int) -> NDArray[np.bool_]:
        """Whether levels let these mentor those and be mentored by them."""
        levels = self.levels[one], self.levels[other]
        is_unknown: NDArray[np.bool_] = (levels[0] < 0) | (levels[1] < 0)
        return is_unknown if gap else is_unknown | (levels[0] == levels[1])


def peers_of(who: Participants) -> Peers:
    mentor_at = {row: at for at, row in enumerate(who.sides.mentors)}
    rows = [row for row in who.sides.mentees if row in mentor_at]
    places = np.array([mentor_at[row] for row in rows], np.int64)
    ends = places, np.flatnonzero(np.isin(who.sides.mentees, rows))
    levels = np.array([who.sides.heights[row] for row in rows], np.int64)
    pins = set(who.policy.pairs.pin)
    mentors = who.seats("mentor") - pinned(who, who.sides.mentors, [pin[0] for pin in pins])
    mentees = who.seats("mentee") - pinned(who, who.sides.mentees, [pin[1] for pin in pins])
    return Peers(ends, levels, mentors[ends[0]] > 0, mentees[ends[1]] > 0)


def pinned(who: Participants, side: Sequence[int], people: Iterable[str]) -> Ints:
    """How many pins each of a side is in, of these people with a pin each."""
    place = {who.people.ids[row]: at for at, row in enumerate(side)}
    return np.bincount(np.array([place[one] for one in people], np.int64), minlength=len(side))


def settled_ways(who: Participants, peers: Peers, lists: Sequence[Exclusion]) -> Ints:
    """Who mentors whom, by place among the peers, where that is given; each couple once."""
    ids = [who.people.ids[who.sides.mentors[at]] for at in peers.ends[0].tolist()]
    place = {person: at for at, person in enumerate(ids)}
    stood, pins = (
        [(place[a], place[b]) for a, b in couples if a in place and b in place]
        for couples in (who.stood, who.policy.pairs.pin)
    )
    stood = [(a, b) for a, b in stood if peers.can_mentor[a] and peers.can_learn[b]]
    given = [*only_ways(peers, lists), *stood, *pins]
    last = {(min(way), max(way)): way for way in given}
    ways = np.array(list(last.values()), np.int64).reshape(-1, 2)
    return ways[peers.could_swap(ways[:, 0], ways[:, 1], who.policy.rules.level_gap)]


def only_ways(peers: Peers, lists: Sequence[Exclusion]) -> list[tuple[int, int]]:
    """Who mentors whom because these lists exclude the other way alone."""
    size = max(1, len(peers.levels))
    pairs = np.concatenate([np.zeros((0, 2), np.int64), *(one.pairs for one in lists)])
    is_peer = np.isin(pairs[:, 0], peers.ends[0]) & np.isin(pairs[:, 1], peers.ends[1])
    first, second = (
        np.searchsorted(end, side) for end, side in zip(peers.ends, pairs[is_peer].T, strict=True)
    )
    # The places ascend on both sides: both are in the order of ids.
    keys = np.setdiff1d(second * size + first, first * size + second)
    return [divmod(key, size) for key in keys.tolist()]


def losing_ways(who: Participants, peers: Peers, ways: Ints) -> NDArray[np.bool_]:
    """Of the people on both sides: who (row) must not mentor whom (column)."""
    more = topic_points(who, peers.ends)
    more -= more.T
    banned = (more < 0) | ((more == 0) & is_behind(len(more)))
    has_seats = peers.can_mentor[:, None] & peers.can_learn
    banned = np.where(has_seats == has_seats.T, banned, ~has_seats)
    banned[ways[:, 0], ways[:, 1]] = False
    banned[ways[:, 1], ways[:, 0]] = True
    everyone = np.arange(len(more))
    may_be_both = peers.could_swap(everyone[:, None], everyone, who.policy.rules.level_gap)
    np.fill_diagonal(may_be_both, val=False)
    losing: NDArray[np.bool_] = banned & may_be_both
    return losing


def topic_points(who: Participants, ends: tuple[Ints, Ints]) -> NDArray[np.float64]:
    """How much of what each (column) wants each other (row) offers, in points; exact."""
    weight = who.policy.preferences.topics
    found = topics(who, POINTS * weight) if weight else None
    if not isinstance(found, Affinity):
        return np.zeros((len(ends[0]), len(ends[0])))
    offers, wishes = found.mentors[ends[0]], found.mentees[ends[1]]
    return offers.astype(np.float64) @ wishes.T.astype(np.float64)


def is_behind(count: int) -> NDArray[np.bool_]:
    """In a ring of so many, who (row) has more steps ahead to whom (column) than the other has.

    Across an even ring the later one does.
    """
    places = np.arange(count)
    steps = (places - places[:, None]) % max(count, 1)
    is_across = (2 * steps == count) & (places[:, None] > places)
    behind: NDArray[np.bool_] = (2 * steps > count) | is_across
    return behind


def by_parts(who: Participants, peers: Peers, ways: Ints) -> tuple[list[Table], list[Exclusion]]:
    """The same for people of many levels, who are cut into parts of one level each.

    Whoever has seats on one side only is in no part: there is but one way to pair them. A mentor
    whom a given way leads against the ring has a row of the table to themselves.
    """
    part_of, level_of = parted(peers.levels)
    behind, size = behind_by_parts(level_of), len(part_of)
    is_free = peers.can_mentor & peers.can_learn
    places = np.where(is_free, part_of, -1)
    mentors, mentees = ways[is_free[ways].all(axis=1)].T
    is_against = behind[part_of[mentors], part_of[mentees]]
    mentors, mentees = mentors[is_against], mentees[is_against]
    own, row = np.unique(mentors, return_inverse=True)
    extra = behind[part_of[own]]
    extra[row, part_of[mentees]] = False
    scores = np.zeros((len(level_of) + len(own) + 1, len(level_of) + 1), np.int64)
    scores[1:, 1:] = np.where(np.concatenate([behind, extra]), FORBIDDEN, 0)
    members = [np.flatnonzero(places == part) for part in range(len(level_of))]
    keys = [ways @ (1, size)]
    for people in members:
        later, earlier = np.tril_indices(len(people), -1)
        keys.append(people[later] * size + people[earlier])
    for mentor, part in set(zip(mentors.tolist(), part_of[mentees].tolist(), strict=True)):
        keys.append(mentor * size + members[part])
    classes = [np.zeros(len(side), np.int64) for side in (who.sides.mentors, who.sides.mentees)]
    for member, end in zip(classes, peers.ends, strict=True):
        member[end] = places + 1
    classes[0][peers.ends[0][own]] = len(level_of) + 1 + np.arange(len(own))
    table = Table(ONE_WAY, classes[0], classes[1], scores, is_private=True)
    banned = np.setdiff1d(np.concatenate(keys), ways @ (size, 1))
    return [table], peers.listed(banned // size, banned % size)


def parted(levels: Ints) -> tuple[Ints, Ints]:
    """The part of each person, and the level of each part; an odd number of parts a level."""
    part_of, level_of = np.zeros(len(levels), np.int64), np.zeros(0, np.int64)
    for level in np.unique(levels):
        people = np.flatnonzero(levels == level)
        count = max(1, PARTS * len(people) // len(levels)) | 1
        part_of[people] = len(level_of) + np.arange(len(people)) * count // len(people)
        level_of = np.append(level_of, np.full(count, level))
    return part_of, level_of


def behind_by_parts(level_of: Ints) -> NDArray[np.bool_]:
    """Who of a part (row) must not mentor whom of another (column): each level is a ring."""
    is_unknown = level_of < 0
    behind = is_behind(len(level_of)) & (is_unknown[:, None] | is_unknown)
    for level in np.unique(level_of):
        parts = np.flatnonzero(level_of == level)
        behind[np.ix_(parts, parts)] = is_behind(len(parts))
    return behind
