"""Critical mass: how likely everybody of a roster can be paired, and how many more it takes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from upwell.matching.arrivals import Arrivals, Place
from upwell.matching.criteria import Ints
from upwell.matching.halls import Bools, Merged, classes_of, members, merged, slack
from upwell.matching.inviting import Invited, invite, invited_of, share_of
from upwell.matching.placing import Others, Plays
from upwell.matching.turnout import (
    Chances,
    Floats,
    Rates,
    drawn_chances,
    survivors,
    usual_chances,
)

DRAWS = 4_000
GOAL = 0.95
MOST_KINDS = 16
"""Kinds of people in one part of the organization, by whom they may have."""
MOST_SHOWN = 256
"""Where there are more kinds than so, as many people show what the part is like."""
MOST_PLACED = 40_000
"""Pairs up to which people are placed one by one for an exact number."""
GUIDING = 500
"""Draws in which classes say where to invite, before people are placed one by one."""
USUAL, DRAWN, INVITED, PLAYED = range(4)
"""Streams of chance, so that more of one changes nothing in the others."""


@dataclass(frozen=True, eq=False)
class Source:
    """Where more mentors can be asked: a part of the organization.

    Parts
    -----
    name : of the part.
    may : bool, shape (people, mentees), whom each of those who could be asked may have.
    seats : how many counterparts one of them takes.
    """

    name: str
    may: Bools
    seats: int

    @property
    def has_few_kinds(self) -> bool:
        return len(np.unique(self.may, axis=0)) <= MOST_KINDS

    def kinds(self) -> tuple[Bools, Ints]:
        """Kinds of its people, shape (kinds, mentees), and how many there are, shape (kinds,).

        Of many kinds, similar ones are one: of those whom all of them may have.
        """
        found, counts = np.unique(self.may, axis=0, return_counts=True)
        if len(found) > MOST_SHOWN:
            shown = np.linspace(0, len(self.may) - 1, MOST_SHOWN).astype(np.int64)
            found, counts = self.may[shown], np.ones(MOST_SHOWN, np.int64)
        inside = members(classes_of(found.T, np.ones(found.shape[1], np.int64), MOST_KINDS))
        inside = inside.astype(np.int64)
        may: Bools = inside.T @ (~found).astype(np.int64) == 0
        ends = np.cumsum(counts @ inside) * len(self.may) // max(int(counts.sum()), 1)
        return may, np.diff(ends, prepend=0)


@dataclass(frozen=True, eq=False)
class Roster:
    """Everybody who may turn up for a match.

    Parts
    -----
    may : bool, shape (mentors, mentees), whom the rules let be paired.
    seats : int64, shape (mentors,), how many counterparts each takes.
    mentor_enrolled, mentee_enrolled : bool; the others are asked or willing only.
    sources : where more mentors can be asked.
    """

    may: Bools
    seats: Ints
    mentor_enrolled: Bools
    mentee_enrolled: Bools
    sources: Sequence[Source] = ()

    def __post_init__(self) -> None:
        n, m = self.may.shape
        if not len(self.seats) == len(self.mentor_enrolled) == n:
            raise ValueError(f"there are {n} mentors in may, and not in seats or mentor_enrolled")
        if len(self.mentee_enrolled) != m or any(one.may.shape[1] != m for one in self.sources):
            raise ValueError(f"there are {m} mentees in may, and not in mentee_enrolled or sources")


@dataclass(frozen=True)
class Span:
    """A number that is not known exactly: in 9 of 10 cases from ``low`` to ``high``."""

    low: int
    middle: int
    high: int


@dataclass(frozen=True)
class Mass:
    """How likely everybody is paired, and what it takes for 95 %.

    Parts
    -----
    chance_usual, chance : with the rates as they usually are, and with what is not known of them.
    least, most : how many more mentors to invite, so that either is 95 %.
    is_reached : whether there are so many people to invite; else ``most`` are all there are.
    where : of ``most``, how many where.
    best : where as many do, and without which they do not; () where it does not matter.
    mentees, places, places_then : who is there at the match, and for how many mentees mentors have
        place, now and with ``most`` more invited.
    """

    chance_usual: float
    chance: float
    least: int
    most: int
    is_reached: bool
    where: dict[str, int]
    best: tuple[str, ...]
    mentees: Span
    places: Span
    places_then: Span

    @property
    def is_enough(self) -> bool:
        return self.most == 0 and self.is_reached


@dataclass(frozen=True, eq=False)
class Crowd:
    """A roster in classes of mentees, and kinds of mentors who are alike.

    ``is_exact`` where all who are together are alike.
    """

    mentee_counts: tuple[Ints, Ints]
    kind_counts: tuple[Ints, Ints]
    kind_seats: Ints
    kind_reached: Bools
    merged: Merged
    places: list[Place]
    is_exact: bool


def critical_mass(
    roster: Roster, rates: Rates, *, seed: int = 0, draws: int = DRAWS, goal: float = GOAL
) -> Mass:
    """Simulate the next match, and find the smallest number of more mentors to invite.

    Mentees are merged into at most eight classes, and Hall's condition decides whether everybody
    of a draw can be placed: exactly where mentees of a class are alike, and else never too kindly.
    Else people are placed one by one in a few draws, where there are not too many of them, or where
    classes find that not even everybody is enough.
    More mentors are added where they help most; whoever is invited is anybody of their part of the
    organization. The same roster and seed give the same answer.

    Parameters
    ----------
    goal : how likely everybody is to be paired, from 0 to 1.

    Notes
    -----
    O(draws · sets) for each mentor added, with at most 287 sets.
    """
    crowd = crowd_of(roster)
    usual = usual_chances(rates, draws)
    drawn = drawn_chances(rates, draws, np.random.default_rng([seed, DRAWN]))
    return told(
        *(
            worked_out(roster, chances, simulated(crowd, chances, [seed, USUAL]), goal, seed)
            for chances in (usual, drawn)
        )
    )


@dataclass(frozen=True, eq=False)
class Simulated:
    """``slack``, ``mentees`` and ``seats`` of each draw, and how likely each invited one comes."""

    crowd: Crowd
    slack: Ints
    mentees: Ints
    seats: Ints
    comes: Floats

    @property
    def chance(self) -> float:
        return share_of(self.slack)


def crowd_of(roster: Roster) -> Crowd:
    n, m = roster.may.shape
    found_kinds = [one.kinds() for one in roster.sources]
    # Of those who could be asked, about as many count as there are mentees: so many may be needed.
    weights = [
        one.seats * np.minimum(counts, m)
        for one, (_, counts) in zip(roster.sources, found_kinds, strict=True)
    ]
    found = merged(
        np.concatenate([roster.may, *(may for may, _ in found_kinds)]),
        np.concatenate([roster.seats, *weights]).astype(np.int64),
    )
    kinds, of_mentor = np.unique(
        np.column_stack([found.reached[:n], roster.seats]), axis=0, return_inverse=True
    )
    rest = iter(found.reached[n:])
    return Crowd(
        both_counts(found.of_mentee, roster.mentee_enrolled, found.may.shape[1]),
        both_counts(of_mentor.reshape(-1), roster.mentor_enrolled, len(kinds)),
        kinds[:, -1].astype(np.int64),
        kinds[:, :-1].astype(np.bool_),
        found,
        [
            place_of(one, counts, [next(rest) for _ in counts])
            for one, (_, counts) in zip(roster.sources, found_kinds, strict=True)
        ],
        not found.exceptions.any() and all(one.has_few_kinds for one in roster.sources),
    )


def place_of(source: Source, counts: Ints, reached: Sequence[Bools]) -> Place:
    """Kinds that reach the same are one."""
    kinds, of = np.unique(np.array(reached), axis=0, return_inverse=True)
    together = np.bincount(of.reshape(-1), weights=counts).astype(np.int64)
    return Place(source.name, kinds, together, source.seats)


def both_counts(of: Ints, is_enrolled: Bools, length: int) -> tuple[Ints, Ints]:
    """How many of each class are enrolled, and how many are asked only."""
    enrolled = np.bincount(of[is_enrolled], minlength=length)
    return enrolled, np.bincount(of, minlength=length) - enrolled


def simulated(crowd: Crowd, chances: Chances, seed: list[int]) -> Simulated:
    rng = np.random.default_rng(seed)
    mentor = chances.mentor_enrolled, chances.mentor_asked
    mentee = chances.mentee_enrolled, chances.mentee_asked
    mentees = survivors(*crowd.mentee_counts, mentee, rng)
    places = survivors(*crowd.kind_counts, mentor, rng) * crowd.kind_seats
    found = slack(crowd.merged, places, crowd.kind_reached, mentees)
    seats = places.sum(axis=1)
    return Simulated(crowd, found, mentees.sum(axis=1), seats, chances.mentor_asked)


@dataclass(frozen=True, eq=False)
class WorkedOut:
    """What was simulated, how likely everybody is paired in it, and who is to be invited."""

    simulated: Simulated
    chance: float
    invited: Invited


def worked_out(
    roster: Roster, chances: Chances, found: Simulated, goal: float, seed: int
) -> WorkedOut:
    places, stream = found.crowd.places, [seed, INVITED]
    arrivals = Arrivals(found.comes, places, stream)
    is_sure = found.crowd.is_exact
    is_final = is_sure or is_large(roster)
    draws = len(found.comes) if is_final else GUIDING
    guide = invite(found.slack[:draws], Arrivals(found.comes[:draws], places, stream), goal)
    if is_sure or (is_final and guide.is_reached):
        return WorkedOut(found, found.chance, guide)
    others = [Others(one.name, one.may, one.seats) for one in roster.sources]
    shares = [guide.where.get(one.name, 0) for one in roster.sources]
    sides = roster.mentor_enrolled, roster.mentee_enrolled
    plays = Plays(roster.may, roster.seats, *sides, others, shares, chances, [seed, PLAYED])
    if (fewest := plays.fewest(goal)) is None:
        everybody = [one.people for one in places]
        return WorkedOut(found, found.chance, invited_of(arrivals, everybody, is_reached=False))
    invited = invited_of(arrivals, fewest.numbers, best=fewest.best, is_reached=True)
    return WorkedOut(found, max(found.chance, fewest.chance), invited)


def is_large(roster: Roster) -> bool:
    n, m = roster.may.shape
    return bool(m * (n + 2 * m) > MOST_PLACED)


def told(usual: WorkedOut, drawn: WorkedOut) -> Mass:
    first, then = usual.invited, drawn.invited
    return Mass(
        chance_usual=usual.chance,
        chance=drawn.chance,
        least=min(first.total, then.total),
        most=then.total if then.is_reached else max(first.total, then.total),
        is_reached=then.is_reached,
        where=then.where,
        best=then.best,
        mentees=span(drawn.simulated.mentees),
        places=span(drawn.simulated.seats),
        places_then=span(drawn.simulated.seats + then.seats),
    )


def span(values: Ints) -> Span:
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95], method="nearest").tolist()
    return Span(int(low), int(middle), int(high))
