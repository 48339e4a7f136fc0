"""What a small program must be like, told in plain Python that knows nothing of the software.

People are numbers into ``Model.people``, cohorts are 0 and 1. What a step does to the database is
predicted here, and compared afterwards.
"""

from dataclasses import dataclass, field
from itertools import count

NOTHING = "------"
"""Of whoever lets nothing count: a letter for each question."""
ASKED, ENROLLED, WAITING, OUT = "asked", "enrolled", "waiting", "out"
CAPACITY = {"mentor": 2, "mentee": 1}
GAP = 1


@dataclass
class Someone:
    """Somebody in the directory; managers are numbers."""

    height: int
    manager: int | None
    dotted: tuple[int, ...] = ()
    is_here: bool = True


@dataclass
class Seat:
    """Somebody in a cohort."""

    role: str
    state: str
    has_answered: bool = False
    asks_next: bool = False
    capacity: int | None = None
    texts: dict[str, str] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    """What they let count, by use."""

    @property
    def most(self):
        return CAPACITY[self.role] if self.capacity is None else self.capacity


@dataclass
class Model:
    people: list[Someone]
    seats: dict[tuple[int, int], Seat] = field(default_factory=dict)
    gates: set[tuple[int, str]] = field(default_factory=set)
    ended: set[int] = field(default_factory=set)
    """Cohorts whose enrollment has ended."""
    running: set[int] = field(default_factory=set)
    published: set[int] = field(default_factory=set)
    couples: list[tuple[int, int, int]] = field(default_factory=list)
    """Cohort, mentor and mentee of the pairs that were published."""
    blocks: dict[int, dict[str, int]] = field(default_factory=dict)
    mails: list[tuple[str, int, int]] = field(default_factory=list)
    """What people were told about their answer: the kind, the cohort and the person."""
    promised: list[tuple[int, int]] = field(default_factory=list)
    """Who was told that the place they waited for is theirs, by cohort and person."""
    secrets: list[str] = field(default_factory=list)
    numbers: count = field(default_factory=count)

    def secret(self, before=""):
        """Words that nobody else writes."""
        self.secrets.append(f"zq{next(self.numbers):04}hush")
        return f"{before}{self.secrets[-1]}"

    def of(self, cohort):
        """The seats of a cohort, by person."""
        return {person: seat for (which, person), seat in self.seats.items() if which == cohort}

    def takes_part(self, cohort, person):
        seat = self.seats.get((cohort, person))
        return seat is not None and seat.state == ENROLLED and self.people[person].is_here

    def held(self, cohort, person):
        """How many counterparts somebody has."""
        return sum(person in couple for which, *couple in self.couples if which == cohort)

    def is_late(self, cohort):
        return cohort in self.ended or cohort in self.published

    def may_start(self, cohort):
        """Whether somebody could be matched."""
        roles = {
            seat.role for person, seat in self.of(cohort).items() if self.takes_part(cohort, person)
        }
        is_free = cohort not in self.running and cohort not in self.published
        return is_free and (cohort, "match") in self.gates and roles == {"mentor", "mentee"}

    def say_yes(self, cohort, person):
        """Somebody whose side is open takes part, or waits where it is too late for that."""
        seat = self.seats[cohort, person]
        if seat.has_answered and seat.state in (ENROLLED, WAITING):
            return
        seat.state = WAITING if self.is_late(cohort) and seat.state != ENROLLED else ENROLLED
        seat.has_answered, seat.asks_next = True, False
        self.mails.append((seat.state, cohort, person))

    def say_no(self, cohort, person, *, asks_next):
        """What they told is forgotten, unless they had said just this before."""
        seat = self.seats[cohort, person]
        if (seat.state, seat.asks_next) != (OUT, asks_next):
            seat.state, seat.asks_next, seat.has_answered, seat.told = OUT, asks_next, True, {}

    def above(self, person):
        """Everybody above somebody by any line; where a manager has left, the next one counts."""
        seen, queue = set(), [person]
        while queue:
            one = self.people[queue.pop()]
            direct = {self.stand_in(other) for other in (one.manager, *one.dotted)} - {None}
            queue += direct - seen
            seen |= direct
        return seen

    def stand_in(self, person):
        passed = set()
        while person is not None and not self.people[person].is_here and person not in passed:
            passed.add(person)
            person = self.people[person].manager
        return person if person is not None and self.people[person].is_here else None

    def in_line(self, one, other):
        return one in self.above(other) or other in self.above(one)

    def too_close(self, mentor, mentee):
        return self.people[mentee].height - self.people[mentor].height < GAP

    def asked_apart(self, one, other):
        return (
            other in self.blocks.get(one, {}).values() or one in self.blocks.get(other, {}).values()
        )

    def why_not(self, mentor, mentee):
        """What forbids this pair today; "" where nothing does."""
        known = {frozenset(couple) for _cohort, *couple in self.couples}
        faults = {
            "a reporting line": self.in_line(mentor, mentee),
            "too close in level": self.too_close(mentor, mentee),
            "a private request": self.asked_apart(mentor, mentee),
            "a pair already": frozenset((mentor, mentee)) in known,
        }
        return ", ".join(name for name, is_so in faults.items() if is_so)

    def counting(self, cohort):
        """What a run made now may know of people's backgrounds, by person."""
        return {
            person: seat.told.get("matching", NOTHING)
            for person, seat in self.of(cohort).items()
            if seat.state == ENROLLED
        }
