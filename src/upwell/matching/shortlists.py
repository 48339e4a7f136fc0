"""Short lists to choose from: groups in which, as far as the rules allow, anybody may have anybody.

Whoever picks whom in a group where all pairs are allowed, everybody on its smaller side ends in a
pair: as long as one of them is free, so is somebody they may have. Nobody is on many more lists
than others, so popular people cannot drain the rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from upwell.matching.criteria import Ints
from upwell.matching.problem import Problem
from upwell.matching.scoring import Scorer
from upwell.matching.seats import Seats

LENGTH = 8
LEAST = 4
"""Whoever has fewer to choose from in their group gets others, as far as there are any."""
ROOM = 16
"""Where there are several groups, one place in so many stays free for whoever needs others."""
CHUNK = 512
"""So many are grouped at once; of more, those who fit one of them are taken together first."""
SWAPS = 8
"""At most so many exchanges between groups for each person of a chunk."""
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Group:
    """People by index, each side in order; ``allowed`` has the shape (mentors, mentees)."""

    mentors: Ints
    mentees: Ints
    allowed: Bools

    @property
    def is_whole(self) -> bool:
        """Whether all pairs in it are allowed."""
        return bool(self.allowed.all())

    @property
    def pairs(self) -> Ints:
        at, beside = np.nonzero(self.allowed)
        return np.column_stack([self.mentors[at], self.mentees[beside]])


@dataclass(frozen=True, eq=False)
class ShortLists:
    """``pairs`` has the shape (k, 2), mentor and mentee by index, ordered: who is on whose list.

    A mentor is on a mentee's list exactly where the mentee is on theirs. ``added`` are those of the
    pairs that are no pairs of a group.
    """

    groups: tuple[Group, ...]
    pairs: Ints
    added: Ints

    def sure_groups(self) -> list[Group]:
        """Those in which no choice can leave anybody of the smaller side over."""
        lent = {
            "mentors": set(self.added[:, 0].tolist()),
            "mentees": set(self.added[:, 1].tolist()),
        }
        return [
            one
            for one in self.groups
            if one.is_whole
            and lent["mentors"].isdisjoint(one.mentors.tolist())
            and lent["mentees"].isdisjoint(one.mentees.tolist())
        ]


def short_lists(problem: Problem, pairs: Ints, *, length: int = LENGTH) -> ShortLists:
    """Lists of at most ``length`` for everybody with a free seat, from an assignment of the best.

    ``pairs``, shape (k, 2), are those of the assignment: each of them is on both lists, so whoever
    could be paired has somebody to choose. Pinned pairs are on no list. People who were left over
    are spread over the groups. The same problem and pairs give the same lists on every machine.

    Raises ValueError where ``length`` is below 1.

    Notes
    -----
    A graph partition: a mentor with those who were assigned to them is a node, two nodes are worth
    the scores of their cross pairs, and a pair that is not allowed costs more than all others can
    bring. Groups grow one node at a time from whoever has the fewest to be with, then the best
    exchange between two groups is made until there is none (Kernighan and Lin, 1970).
    """
    if length < 1:
        raise ValueError(f"length is {length}; it must be 1 or more")
    seats, scorer = Seats.of(problem), Scorer.of(problem)
    rows, columns = np.flatnonzero(seats.row), np.flatnonzero(seats.column)
    free = scorer.take(rows, columns)
    nodes = nodes_of(rows, columns, pairs, length)
    groups = [group for chunk in chunks(free, nodes) for group in grouped(free, chunk, length)]
    listed = np.concatenate([np.empty((0, 2), np.int64), *(one.pairs for one in groups)])
    added = others_for_few(free, listed, length)
    named = [Group(rows[one.mentors], columns[one.mentees], one.allowed) for one in groups]
    both, more = (
        np.column_stack([rows[found[:, 0]], columns[found[:, 1]]])
        for found in (np.concatenate([listed, added]), added)
    )
    return ShortLists(tuple(named), ordered(both), ordered(more))


def ordered(pairs: Ints) -> Ints:
    return pairs[np.lexsort(pairs.T[::-1])]


@dataclass(frozen=True)
class Node:
    """People who stay together, by index among those with a seat: one mentor at most."""

    mentors: tuple[int, ...]
    mentees: tuple[int, ...]

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.mentors), len(self.mentees)


def nodes_of(rows: Ints, columns: Ints, pairs: Ints, length: int) -> list[Node]:
    """Mentors with the mentees who were assigned to them first, then mentees without a mentor."""
    with_mentees: dict[int, list[int]] = {int(row): [] for row in rows}
    places = {int(column): at for at, column in enumerate(columns)}
    for mentor, mentee in pairs.tolist():
        if mentee in places and len(with_mentees.get(mentor, range(length))) < length:
            with_mentees[mentor].append(places.pop(mentee))
    held = [Node((at,), tuple(mentees)) for at, mentees in enumerate(with_mentees.values())]
    return [*held, *(Node((), (at,)) for at in places.values())]


def chunks(free: Scorer, nodes: list[Node]) -> Iterator[list[Node]]:
    """All nodes, or, of very many, parts of those who are worth most to the first one left."""
    left = nodes
    while len(left) > CHUNK:
        worth = worths_of(free, [left[0]], left)[0][0]
        worth[0] = np.iinfo(np.int64).max
        order = np.argsort(-worth, kind="stable")
        taken = set(order[:CHUNK].tolist())
        yield [left[at] for at in sorted(taken)]
        left = [node for at, node in enumerate(left) if at not in taken]
    if left:
        yield left


def worths_of(free: Scorer, some: list[Node], others: list[Node]) -> tuple[Ints, Ints]:
    """What nodes bring to each other by their cross pairs, and how many of those are forbidden.

    Both int64, of shape (some, others).
    """
    worth = np.zeros((len(some), len(others)), np.int64)
    forbidden = np.zeros_like(worth)
    for one, other, is_turned in ((some, others, False), (others, some, True)):
        mentors, mentees = people_of(one, 0), people_of(other, 1)
        if not len(mentors[0]) or not len(mentees[0]):
            continue
        scores = matrix_of(free, mentors[0], mentees[0])
        is_allowed = scores > free.lowest
        at = np.ix_(mentors[1], mentees[1])
        if is_turned:
            at, scores, is_allowed = (at[1].T, at[0].T), scores.T, is_allowed.T
        np.add.at(worth, at, np.where(is_allowed, scores, 0))
        np.add.at(forbidden, at, ~is_allowed)
    return worth, forbidden


def people_of(nodes: list[Node], side: int) -> tuple[Ints, Ints]:
    """The mentors (0) or mentees (1) of nodes, and to which of the nodes each belongs."""
    found = [
        (person, at)
        for at, node in enumerate(nodes)
        for person in (node.mentees if side else node.mentors)
    ]
    people = np.array(found, np.int64).reshape(-1, 2)
    return people[:, 0], people[:, 1]


def matrix_of(free: Scorer, mentors: Ints, mentees: Ints) -> Ints:
    """Scores of these people, int64, of shape (mentors, mentees)."""
    scores = np.empty((len(mentors), len(mentees)), np.int64)
    for rows, block in free.take(mentors, mentees).blocks():
        scores[rows] = block
    return scores


def grouped(free: Scorer, nodes: list[Node], length: int) -> list[Group]:
    """Groups of one chunk, of about one size, with at most ``length`` on either side."""
    worth, forbidden = worths_of(free, nodes, nodes)
    most = int(np.abs(worth).max(initial=0)) * len(nodes) + 1
    value = worth - forbidden * most
    np.fill_diagonal(value, 0)
    labels = grow(value, forbidden, nodes, length)
    exchange(value, nodes, labels)
    groups = []
    for label in range(int(labels.max()) + 1):
        here = [node for node, own in zip(nodes, labels, strict=True) if own == label]
        mentors, mentees = (np.sort(people_of(here, side)[0]) for side in (0, 1))
        allowed = matrix_of(free, mentors, mentees) > free.lowest
        groups.append(Group(mentors, mentees, allowed))
    return groups


def grow(value: Ints, forbidden: Ints, nodes: list[Node], length: int) -> Ints:
    """A group for each node: begun by whoever is hardest to place, joined by who is worth most.

    Hardest are those who were left over, then those who can be with the fewest.
    """
    shapes = np.array([node.shape for node in nodes], np.int64)
    is_alone = (shapes == 0).any(1)
    count = group_count(int(shapes.sum(0).max()), length)
    labels, label = np.full(len(nodes), -1, np.int64), 0
    while (is_left := labels < 0).any():
        left = np.flatnonzero(is_left)
        bars = (forbidden[np.ix_(left, left)] > 0).sum(1) + len(nodes) * is_alone[left]
        joining = int(left[bars.argmax()])
        room = np.minimum(-(-shapes[left].sum(0) // max(count - label, 1)), length)
        room = np.maximum(room, shapes[joining])
        gain = np.zeros(len(nodes), np.int64)
        while joining >= 0:
            labels[joining] = label
            room = room - shapes[joining]
            gain += value[joining]
            fits = np.flatnonzero((labels < 0) & (shapes <= room).all(1))
            joining = int(fits[gain[fits].argmax()]) if len(fits) else -1
        label += 1
    return labels


def group_count(people: int, length: int) -> int:
    count = max(1, -(-people // length))
    is_full = ROOM * (count * length - people) < people
    return count + (is_full and count > 1)


def exchange(value: Ints, nodes: list[Node], labels: Ints) -> None:
    """Exchange two nodes of one shape between two groups as long as all groups gain by it."""
    shapes = np.array([node.shape for node in nodes], np.int64)
    codes = shapes[:, 0] * (shapes.max(initial=0) + 1) + shapes[:, 1]
    to_group = np.stack(
        [value[:, labels == label].sum(1) for label in range(int(labels.max()) + 1)], axis=1
    )
    everybody = np.arange(len(nodes))
    is_other = codes[:, None] != codes
    for _ in range(SWAPS * len(nodes)):
        loss = to_group[everybody, labels]
        change = to_group[:, labels] - loss[:, None]
        gain = change + change.T - 2 * value
        gain[is_other | (labels[:, None] == labels)] = 0
        one, other = divmod(int(gain.argmax()), len(nodes))
        if gain[one, other] <= 0:
            return
        for node, old, new in (
            (one, labels[one], labels[other]),
            (other, labels[other], labels[one]),
        ):
            to_group[:, old] -= value[:, node]
            to_group[:, new] += value[:, node]
        labels[one], labels[other] = labels[other], labels[one]


def others_for_few(free: Scorer, listed: Ints, length: int) -> Ints:
    """Pairs for those with fewer than LEAST on their list, with whom they may have and has room.

    Shape (k, 2). Who has the fewest comes first, and gets those who score best.
    """
    counts = [np.bincount(listed[:, side], minlength=free.shape[side]) for side in (0, 1)]
    there = set(map(tuple, listed.tolist()))
    added: list[tuple[int, int]] = []
    turned = free.transposed()
    for side, scorer in ((0, free), (1, turned)):
        few = np.flatnonzero(counts[side] < min(LEAST, length))
        for person in few[np.argsort(counts[side][few], kind="stable")].tolist():
            others = np.arange(free.shape[1 - side])
            scores = matrix_of(scorer, np.array([person]), others)[0]
            for other in np.argsort(-scores, kind="stable").tolist():
                pair = (other, person) if side else (person, other)
                is_enough = counts[side][person] >= min(LEAST, length)
                if is_enough or scores[other] <= scorer.lowest:
                    break
                if counts[1 - side][other] < length and pair not in there:
                    there.add(pair)
                    added.append(pair)
                    counts[0][pair[0]] += 1
                    counts[1][pair[1]] += 1
    return np.array(added, np.int64).reshape(-1, 2)
