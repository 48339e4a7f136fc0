"""The people of both sides by what rules and preferences ask of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np

from upwell.matching.criteria import Ints, Side
from upwell.policy.classes import Classes, classes
from upwell.policy.overlap import WorkingTime, shared_minutes, working_times
from upwell.policy.policy import Policy
from upwell.policy.sides import Sides
from upwell.policy.values import minutes_of, same_name
from upwell.sheets.people import People

Value = TypeVar("Value", str, int, tuple[str, ...], WorkingTime)
Both = tuple[Classes[Value], Classes[Value]]


@dataclass(frozen=True)
class Participants:
    """Columns are empty where the table has none, so that a rule asks only who is known."""

    people: People
    sides: Sides
    stood: tuple[tuple[str, str], ...] = ()
    """Mentor and mentee by id, of pairs that are to remain possible."""

    @property
    def policy(self) -> Policy:
        return self.sides.policy

    @cached_property
    def rows(self) -> frozenset[int]:
        return frozenset((*self.sides.mentors, *self.sides.mentees))

    def seats(self, role: Side) -> Ints:
        """How many counterparts each takes in the role: what the table says of it, or of any role,
        or else the policy.
        """
        people, capacity = self.people, self.policy.capacity
        rows, of_role, default = (
            (self.sides.mentors, people.max_mentees, capacity.mentor)
            if role == "mentor"
            else (self.sides.mentees, people.max_mentors, capacity.mentee)
        )
        columns = [column for column in (of_role, people.capacities) if column]
        given = [next((c[row] for c in columns if c[row] is not None), default) for row in rows]
        return np.array(given, np.int64)

    def unknown(self, both: "Both[Value]") -> int:
        """Of how many participants this is not known; whoever is on both sides counts once."""
        mentors, mentees = both
        rows = {self.sides.mentors[index] for index in mentors.unknown}
        return len(rows | {self.sides.mentees[index] for index in mentees.unknown})

    def both(self, column: "Sequence[Value | None]") -> "Both[Value]":
        return classes(column, self.sides.mentors), classes(column, self.sides.mentees)

    def named(self, column: Sequence[str] | None) -> "Both[str]":
        """A column of names, in which spelling does not count."""
        form = {name: same_name(name) or None for name in {"", *(column or ())}}
        return self.both([form[name] for name in column or ("",) * len(self.people)])

    @cached_property
    def heights(self) -> "Both[int]":
        """Places in the order of levels, from 0, the lowest."""
        return self.both([None if height < 0 else height for height in self.sides.heights])

    @cached_property
    def units(self) -> "Both[str]":
        return self.named(self.people.units)

    @cached_property
    def teams(self) -> "Both[str]":
        return self.named(self.people.teams)

    @cached_property
    def regions(self) -> "Both[str]":
        return self.named(self.people.regions)

    @cached_property
    def languages(self) -> "Both[tuple[str, ...]]":
        spoken = self.people.languages or ((),) * len(self.people)
        return self.both([languages or None for languages in spoken])

    @cached_property
    def working_times(self) -> "Both[WorkingTime]":
        default = minutes_of(self.policy.hours.default)
        zones, hours = self.people.zones, self.people.hours
        return self.both(working_times(zones, hours, default, len(self.people)))

    @cached_property
    def shared_minutes(self) -> Ints:
        """Working hours in common, by class of ``working_times``."""
        mentors, mentees = self.working_times
        return shared_minutes(mentors.values, mentees.values)
