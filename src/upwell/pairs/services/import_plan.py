"""What a file of pairs would change, before anything is written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from upwell.pairs.models import Couple, EarlierPair
from upwell.pairs.services.current import within
from upwell.pairs.services.import_people import Directory, Known
from upwell.pairs.services.import_seats import Seats
from upwell.people.models import Person
from upwell.policy import Policy
from upwell.programs.models import Cohort
from upwell.sheets.pairs import PairRow, PairsReading

Two = tuple[UUID, UUID]


@dataclass(frozen=True)
class Planned:
    """A row whose two people are known."""

    row: PairRow
    mentor: Known
    mentee: Known

    @property
    def two(self) -> Two:
        return self.mentor.pk, self.mentee.pk


@dataclass(frozen=True)
class LeftOut:
    """A row that changes nothing, the code of why, and whom that is about, as far as one is."""

    row: PairRow
    why: str
    who: str = ""


@dataclass(eq=False)
class PairsPlan:
    """``known`` counts earlier pairs that are kept apart already; ``gone`` those with a leaver."""

    continuing: list[Planned] = field(default_factory=list)
    earlier: list[Planned] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    known: int = 0
    gone: int = 0

    @property
    def digest(self) -> str:
        """By which what is written is known to be what was shown."""
        rows = [
            *((one.row.number, *map(str, one.two)) for one in (*self.continuing, *self.earlier)),
            *((one.row.number, one.why) for one in self.left_out),
        ]
        return sha256(repr((rows, self.known, self.gone)).encode()).hexdigest()

    @property
    def already(self) -> int:
        """How many rows are of pairs that are here."""
        return sum(one.why == "already" for one in self.left_out)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "continuing": len(self.continuing),
            "earlier": len(self.earlier),
            "known": self.known,
            "already": self.already,
            "gone": self.gone,
            "left_out": len(self.left_out) - self.already,
        }


def plan_pairs(cohort: Cohort, reading: PairsReading, policy: Policy, *, by: Person) -> PairsPlan:
    """Compare a file with the cohort. Writes nothing; a constant number of queries.

    Whether one of the two has asked in private to be kept from the other does not count: they are
    a pair, and a row that is left out would tell.
    """
    plan = PairsPlan()
    found = list(found_rows(reading, plan))
    plan_earlier(cohort, [one for one in found if one.row.state == "former"], plan)
    plan_continuing(cohort, policy, [one for one in found if one.row.state == "current"], by, plan)
    plan.left_out.sort(key=lambda one: (one.why == "already", one.row.number))
    return plan


def found_rows(reading: PairsReading, plan: PairsPlan) -> Iterator[Planned]:
    """The rows whose two people are found; the others are left out."""
    directory = Directory.read()
    for row in reading.pairs:
        sides = {text: directory.find(text) for text in (row.mentor, row.mentee)}
        lost = next((text for text, found in sides.items() if not found.person), None)
        if lost is not None:
            plan.left_out.append(LeftOut(row, sides[lost].why, lost))
            continue
        mentor, mentee = (found.person for found in sides.values())
        if mentor and mentee and mentor == mentee:
            plan.left_out.append(LeftOut(row, "one", mentor.name))
        elif mentor and mentee:
            yield Planned(row, mentor, mentee)


def plan_earlier(cohort: Cohort, rows: Iterable[Planned], plan: PairsPlan) -> None:
    """Each couple once. Of somebody who has left nothing is kept: nobody will pair them."""
    kept = EarlierPair.objects.filter(program=cohort.program_id).values_list("mentor", "mentee")
    there, new = set(kept), set[Two]()
    for one in rows:
        if not (one.mentor.is_active and one.mentee.is_active):
            plan.gone += 1
        elif one.two in there:
            plan.known += 1
        elif one.two not in new:
            new.add(one.two)
            plan.earlier.append(one)


def plan_continuing(
    cohort: Cohort, policy: Policy, rows: list[Planned], by: Person, plan: PairsPlan
) -> None:
    """Row by row, as long as there are places."""
    active = Couple.objects.filter(is_active=True)
    paired = {(a, b): c for a, b, c in active.values_list("mentor", "mentee", "pair__cohort")}
    lines = set(within(None, (one.two for one in rows if are_here(one)))) if rows else set[Two]()
    managed = set(Cohort.objects.managed_by(by).values_list("pk", flat=True))
    seats, new = Seats.of(cohort, policy), set[Two]()
    for one in rows:
        left_out = (
            why_apart(one, by, lines, new)
            or why_paired(one, paired, cohort, managed)
            or why_no_place(one, seats)
        )
        if left_out:
            plan.left_out.append(left_out)
            continue
        new.add(one.two)
        seats.take(one.mentor, "mentor")
        seats.take(one.mentee, "mentee")
        plan.continuing.append(one)


def are_here(one: Planned) -> bool:
    return one.mentor.is_active and one.mentee.is_active


def why_apart(one: Planned, by: Person, lines: set[Two], new: set[Two]) -> LeftOut | None:
    """Where the two cannot go on whatever the cohort is like."""
    for person in (one.mentor, one.mentee):
        if not person.is_active:
            return LeftOut(one.row, "left", person.name)
        if person.pk == by.pk:
            return LeftOut(one.row, "oneself", person.name)
    if one.two in lines:
        return LeftOut(one.row, "apart", one.mentor.name)
    return LeftOut(one.row, "twice") if one.two in new else None


def why_paired(
    one: Planned, paired: dict[Two, UUID], cohort: Cohort, managed: set[UUID]
) -> LeftOut | None:
    """Where the two are a pair by now, in either role.

    Of a cohort that the reader does not run it says no more than of a reporting line.
    """
    where = paired.get(one.two) or paired.get((one.two[1], one.two[0]))
    if where is None:
        return None
    if where == cohort.pk:
        return LeftOut(one.row, "already", one.mentor.name)
    return LeftOut(one.row, "elsewhere" if where in managed else "apart", one.mentor.name)


def why_no_place(one: Planned, seats: Seats) -> LeftOut | None:
    for person, role in ((one.mentor, "mentor"), (one.mentee, "mentee")):
        if why := seats.why_not(person, role):
            return LeftOut(one.row, why, person.name)
    return None
